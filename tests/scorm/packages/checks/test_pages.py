"""What pages keep from some learners."""

import pytest

from scorm.packages.checks.watch import LITTLE
from tests.scorm.packages.pages import GOOD_PAGE

HEAD = '<html lang="en"><head><title>A</title><meta name="viewport" content="w"></head><body>'


TEXT = f"<p>{'Text. ' * 200}</p>"
THANKS = f"<html><body><p>{'Thanks. ' * 100}You may close this window.</body></html>"


def page(body: str, head: str = HEAD) -> dict[str, str]:
    return {"page.html": f"{head}\n{body}\n{TEXT}</body></html>", "a.png": "", "v.mp4": ""}


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        ("image-alt", page('<img src="a.png">')),
        ("image-alt", page('<img data-src="a.png">')),
        ("image-alt", page('<IMG SRC=a.png title-x="1">')),
        ("image-alt", page('<input type="image" src="a.png">')),
        ("image-alt", page('<img src="a.png" onclick="if (a > b) go()">')),
        ("video-captions", page('<video src="v.mp4"></video>')),
        ("video-captions", page('<video controls><source src="v.mp4"></video>')),
        ("video-captions", page('<video src="v.mp4"><track kind="chapters" src="a.png"></video>')),
        ("audio-text", page('<audio src="v.mp4"></audio>')),
        ("media-autoplay", page('<video autoplay src="v.mp4"></video>')),
        ("media-autoplay", page("<audio autoplay=autoplay muted src=v.mp4></audio>")),
        ("page-language", page("", HEAD.replace('lang="en"', ""))),
        ("page-language", page("", HEAD.replace('"en"', '" "'))),
        ("page-title", page("", HEAD.replace("A</title>", " </title>"))),
        ("page-viewport", page("", HEAD.replace("viewport", "author"))),
        ("page-headings", page("<p>Words.</p>" * 8)),
        ("page-refresh", page('<meta http-equiv="Refresh" content="5; url=a.html">')),
        (
            "page-plugin",
            page('<object data="a.png" type="application/x-shockwave-flash"></object>'),
        ),
        ("page-plugin", page('<embed src="a.swf">')),
        ("page-plugin", page("<applet code=A></applet>")),
        ("link-leaves", page('<a href="https://example.org/">')),
        ("link-leaves", page('<base target="_self"><a href="//example.org/">')),
        ("link-above", page('<a href="index.html" target="_top">')),
        ("link-insecure", page('<a href="http://example.org/" target="_blank">')),
    ],
)
def test_a_fault_is_told_once_with_its_place(found, rule, files):
    finding = found(files)[rule]
    assert finding.file == "page.html"
    assert finding.line in (1, 2)
    assert "page.html:" in finding.message


@pytest.mark.parametrize(
    "files",
    [
        page('<img src="a.png" alt="">'),
        page('<img id="filled-by-a-script" src=""><img>'),
        page('<img src="a.png" role="presentation"><img src="a.png" aria-hidden="true">'),
        page('<img src="a.png" :alt="words"><img src="{{src}}"><img width=1 src="a.png">'),
        page('<!-- <img src="a.png"> --><script>x = "<img src=\'a.png\'>"</script>'),
        page("<textarea><img></textarea><xmp><img></xmp><style><img></style>"),
        page('<input type="text"><a>nowhere</a><a href="#top" target="_top">Up</a>'),
        page('<video src="v.mp4"><track kind="captions" src="a.png"></video>'),
        page('<video src="v.mp4"><track src="a.png"></video>'),
        page('<video src="v.mp4"></video>') | {"captions/v.en.vtt": ""},
        page('<video src="v.mp4" muted autoplay></video>'),
        page('<video id="made-by-script"></video><video src="{{film}}"></video>') | {"v.srt": ""},
        page('<video src="v.mp4"></video><audio src="v.mp4"></audio>')
        | {"t.js": 'v.addTextTrack("captions")', "v.srt": ""},
        page("", HEAD.replace("html lang", "html xml:lang")),
        page("", HEAD.replace('html lang="en"', 'html lang="{{lang}}"')),
        page("", HEAD.replace(' lang="en"', "").replace("<body>", '<body lang="en">')),
        page('<meta http-equiv="content-language" content="en">', HEAD.replace(' lang="en"', "")),
        page("", "<html>") | {"s.js": 'e("lang",x);document.title = x;q("viewport")'},
        page('<meta http-equiv="refresh" content="0;url=index.html">'),
        page("<h1>A</h1>" + "<p>Words.</p>" * 8),
        page('<video src="v.mp4" muted><object data="a.png" type="application/x-shockwave-flash">'),
        page('<a href="https://example.org/" target="_blank"><a onclick="go()" href="//a.org">'),
        page('<base target="_blank"><a href="https://example.org/">'),
        {"part.html": '<img src="none.png">'},
        {"cut-off.html": f"{HEAD}<p>Text <img src='a.png'"},
        {"blank.html": "<html><head></head><body></body></html>"},
        {"goodbye.html": THANKS, "exit.js": "location = 'goodbye.html'"},
    ],
)
def test_there_is_no_false_alarm(found, files):
    assert found(files).keys() <= {"video-captions-unseen"}


def test_a_page_that_a_part_opens_is_looked_at_though_it_is_empty(found):
    files = {"index.html": f"<html><script>{GOOD_PAGE}</script></html>"}
    assert found(files).keys() == {"page-language", "page-title", "page-viewport"}


def test_a_little_page_is_looked_at_when_another_leads_to_it(found):
    assert len(THANKS) < LITTLE
    files = {"index.html": f"<a href=end.html>End</a>{GOOD_PAGE}", "end.html": THANKS}
    assert found({**files, "index.html": f"{HEAD}{files['index.html']}"}).keys() == {
        "page-language",
        "page-title",
        "page-viewport",
    }


def test_a_page_of_frames_needs_no_viewport_and_no_language(found):
    files = {"index.html": "<html><title>A</title><frameset><frame src=a.html></frameset>"}
    assert found({**files, "a.html": GOOD_PAGE}) == {}


def test_many_faults_are_one_finding_with_their_number_and_the_first_places(found):
    finding = found(page('<img src="a.png">\n' * 40))["image-alt"]
    assert finding.message.startswith("40 pictures have no text")
    assert "page.html:2, page.html:3," in finding.message
    assert finding.message.endswith(", ….")


def test_a_film_without_captions_in_sight_is_a_hint(found):
    finding = found({"films/One.mp4": "", "films/two.webm": "", "two.de.srt": ""})
    assert finding.keys() == {"video-captions-unseen"}
    assert finding["video-captions-unseen"].file == "films/One.mp4"


def test_captions_of_other_names_are_for_the_films_that_have_none(found):
    files = {"one.mp4": "", "two.mp4": "", "two.vtt": "", "a1b2.vtt": ""}
    assert found(files) == {}
    assert "video-captions-unseen" in found({**files, "three.mp4": ""})
