"""Addresses in pages and style sheets that lead nowhere."""

import pytest

from scorm.packages.checks import styles

GOOD = '<html lang="en"><title>A</title><meta name="viewport"><body>{}</body>'


def on_page(address: str) -> dict[str, str]:
    return {"a/page.html": GOOD.format(f'<script src="{address}"></script>')}


@pytest.mark.parametrize(
    ("rule", "address"),
    [
        ("reference-missing", "none.js"),
        ("reference-missing", "../none.js?v=1#a"),
        ("reference-missing", "../../index.html"),
        ("reference-missing", "n%C3%B6ne.js"),
        ("reference-case", "../INDEX.html"),
        ("reference-case", "../Index.HTML?x"),
        ("reference-absolute", "/index.html"),
        ("reference-disk", "file:///C:/course/a.js"),
        ("reference-disk", "C:\\course\\a.js"),
    ],
)
def test_what_leads_nowhere_is_told(found, rule, address):
    finding = found(on_page(address))[rule]
    assert (finding.file, finding.line) == ("a/page.html", 1)
    assert address in finding.message


@pytest.mark.parametrize(
    "address",
    [
        *("../index.html", "..\\index.html", "./../index.html?a=1", "/", "#a", "?a", "page.html"),
        *("javascript:go()", "mailto:a@b", "data:text/javascript,1", "blob:x", "folder/", "route"),
        *("{{x}}.js", "${x}.js", "<%= x %>.js", "__x__.js", "b%20c.js", "b c.js", "a" * 1500),
    ],
)
def test_what_leads_somewhere_or_is_not_certain_is_not_told(found, address):
    assert found({**on_page(address), "a/b c.js": ""}).keys() <= {"reference-absolute"}


@pytest.mark.parametrize(
    "body",
    [
        '<base href="../"><script src="none.js"></script>',
        '<link rel="icon" href="none.png"><link rel="canonical" href="none.html">',
        '<script>x = "<img src=none.png>"</script><!-- <img src=none.png> -->',
    ],
)
def test_what_no_browser_asks_for_is_not_told(found, body):
    assert found({"page.html": GOOD.format(body)}) == {}


def test_what_a_piece_of_a_page_asks_for_is_not_told_for_nobody_knows_where_it_is_put(found):
    assert found({"page.html": '<img alt="" src="none.png">'}) == {}


def test_each_size_of_a_picture_is_looked_for(found):
    sizes = "b.png, none.png 2x, ../b.png 300w"
    page = GOOD.format(f'<picture><source srcset="{sizes}"><img alt="" srcset="{sizes}"></picture>')
    finding = found({"a/page.html": page, "a/b.png": "", "b.png": ""})["reference-missing"]
    assert "(none.png)" in finding.message
    assert finding.message.startswith("One address")
    whole = '<img alt="" srcset="data:image/png;base64,AAAA.BBBB 2x, none.png 3x">'
    assert found({"page.html": GOOD.format(whole)}) == {}


def test_a_style_sheet_that_lacks_a_picture_makes_a_course_plainer(found):
    style = "/* url(a.png) */\nb { background: url( 'none.png' ) }\n@import \"none.css\";"
    finding = found({"s.css": style + "c { src: url(data:x) url({{x}}) url('s.css') url(zz"})
    assert finding.keys() == {"style-missing"}
    assert finding["style-missing"].line == 2
    assert finding["style-missing"].message.startswith("2 addresses")


def test_a_style_sheet_in_other_letters_is_told(found):
    assert found({"s.css": "a{b:url(S.CSS)}"}).keys() == {"reference-case"}


def test_there_is_an_end_to_looking_at_a_style_sheet(found, monkeypatch):
    monkeypatch.setattr(styles, "MOST", 3)
    finding = found({"s.css": "a{b:url(none.png)}" * 9})["style-missing"]
    assert finding.message.startswith("3 addresses")


def test_files_that_the_manifest_lists_in_other_letters_are_told(found):
    finding = found({"a.js": ""}, listed=["A.js", "a.js"])["file-case"]
    assert (finding.severity, finding.file) == ("note", "imsmanifest.xml")
    assert finding.message.endswith("(A.js). It is found here, but not on every server.")
