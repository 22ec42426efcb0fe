"""Whether parts can find the API."""

import pytest

from scorm.packages.checks import speech

SILENT = "<p>Nothing"
PAGE = "<html lang=en><title>A</title><meta name=viewport><p>{}"
SCRIPTED = PAGE.format("<script src='a.js'></script>")
OF_12 = "function find(w) { while (!w.API) w = w.parent; w.API.LMSInitialize('') }"
OF_2004 = "for (w = window; !w.API_1484_11;) w = w.parent; w.API_1484_11.Initialize('')"


@pytest.mark.parametrize("edition", ["1.2", "4th"])
@pytest.mark.parametrize(
    "files",
    [
        {"index.html": SILENT},
        {"index.html": SCRIPTED, "a.js": "go()"},
        {"index.html": SILENT, "a.js": OF_12 + OF_2004},
        {"index.html": PAGE.format("<iframe src=b.html>"), "b.html": SILENT},
        {"index.html": SCRIPTED, "a.js": "// The public API. See http://api.example.org"},
    ],
)
def test_a_sco_that_cannot_find_the_api_is_told(found, edition, files):
    finding = found(files, edition=edition)["sco-silent"]
    assert (finding.severity, finding.file) == ("warning", "index.html")


def test_a_picture_cannot_find_it_either(found):
    assert "sco-silent" in found({"a.png": ""}, launch="a.png")


@pytest.mark.parametrize(
    "files",
    [
        {"index.html": SCRIPTED, "a.js": OF_12 + OF_2004},
        {"index.html": SCRIPTED, "a.js": 'w["API_1484_11"] || w["API"]; parent'},
        {"index.html": SCRIPTED, "a.js": "load('b.js')", "b.js": OF_12 + OF_2004},
        {"index.html": PAGE.format("<iframe src=b.html>"), "b.html": f"<script>{OF_12}{OF_2004}"},
        {"index.html": f"<base href='x/'><p>{SILENT}", "a.js": OF_12 + OF_2004},
    ],
)
def test_one_that_might_find_it_is_not_told(found, files):
    assert found(files, edition="3rd") == {}


def test_an_asset_need_not_speak(found):
    assert found({"index.html": SILENT}, type="asset") == {}


def test_a_part_of_a_kind_that_is_not_known_is_not_judged(found):
    assert found({"a.xml": "<x/>"}, launch="a.xml") == {}


@pytest.mark.parametrize(("edition", "script"), [("2nd", OF_12), ("1.2", OF_2004)])
def test_a_search_for_the_api_of_another_standard_is_told(found, edition, script):
    finding = found({"index.html": SCRIPTED, "a.js": script}, edition=edition)["api-edition"]
    assert finding.file == "a.js"


@pytest.mark.parametrize(
    ("rule", "script"),
    [
        ("api-top", "top.API"),
        ("api-top", "opener.API || window.top.API"),
        ("api-opener", "opener.API"),
    ],
)
def test_a_search_that_leaves_out_the_windows_above_is_told(found, rule, script):
    assert found({"index.html": SCRIPTED, "a.js": script}).keys() == {rule}


def test_a_search_of_unknown_ways_is_not_judged(found):
    assert found({"index.html": SCRIPTED, "a.js": "find('API')"}) == {}


def test_where_too_much_leads_anywhere_nothing_is_certain(found, monkeypatch):
    monkeypatch.setattr(speech, "MOST_EDGES", 1)
    body = PAGE.format("<a href=b.html>1</a><a href=c.html>2</a>")
    files = {"index.html": body, "b.html": SILENT, "c.html": SILENT, "a.js": OF_12}
    assert found(files) == {}
