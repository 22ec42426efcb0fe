"""What scripts do that goes wrong in a player."""

import pytest

from scorm.packages.checks.window import AHEAD

SPEAKS = "parent.API.LMSInitialize('');"


@pytest.mark.parametrize(
    ("rule", "line", "script"),
    [
        ("frame-busting", 2, "\nif (self != top) { top.location = self.location }"),
        ("frame-busting", 1, "top!==window&&top.location.replace(x)"),
        ("frame-busting", 1, "if (window.top != self) window.top.location.href = a"),
        ("unload-dialog", 1, "window.onbeforeunload = function () { return confirm('Sure?') }"),
        ("unload-dialog", 2, "\nfunction bye() { if (a) { b() } prompt('?') }; onunload = bye"),
        ("unload-dialog", 1, "bye = function () { confirm(1) }; on('unload', bye)"),
        ("unload-save", None, "window.onunload = bye; API.LMSFinish('')"),
        ("unload-request", None, "onunload = bye; x.open('POST', u + 'a', false)"),
        ("unload-request", None, 'addEventListener("unload",b);x.open("GET",u,!1)'),
        ("script-domain", 1, "document.domain = 'example.org'"),
        ("drag-only", None, "a.addEventListener('dragstart', f)"),
        ("drag-only", None, "$(a).draggable({})"),
        ("suspend-data", None, "set('cmi.suspend_data', JSON.stringify(all))"),
        ("suspend-data", None, "s = JSON.stringify(all);\nset('cmi.suspend_data', s)"),
    ],
)
def test_what_goes_wrong_is_told(found, rule, line, script):
    finding = found({"a/s.js": script})[rule]
    assert (finding.file, finding.line) == ("a/s.js", line)


@pytest.mark.parametrize(
    "script",
    [
        "top.location = url",
        "if (self != top) { show() }",
        "// document.domain = 'a'\n * document.domain = 'b'",
        "if (document.domain == 'a') {}",
        "onunload = bye; function bye() { alert('An error') }",
        "onunload = bye; function bye() { a } function other() { confirm('Sure?') }",
        "onunload = bye; onunload = bye2; function bye() { confirm('?'",
        "function ask() { confirm('Sure?') }",
        "// onunload = function () { API.LMSFinish() }",
        "onunload = bye; API.LMSFinish(''); on('visibilitychange', save)",
        "x.open('POST', u, false)",
        "onunload = bye; x.open('POST', u, true)",
        "dragstart; keydown",
        "set('cmi.suspend_data', LZ.compress(a)); set('suspend_data', JSON.stringify(all))",
        "t = JSON.stringify(all); set('cmi.suspend_data', page)",
        "if (s.length < 4096) set('cmi.suspend_data', JSON.stringify(all))",
        "window.open(address); window.open('none.html'); window.open('s.js')",
    ],
)
def test_there_is_no_false_alarm(found, script):
    assert found({"s.js": script}) == {}


def test_a_page_that_opens_another_of_the_course_in_a_window_is_told(found):
    page = f"<p>A<script>{SPEAKS}\nwindow.open( 'course/a.html', 'x')</script>"
    finding = found({"index.html": page, "course/a.html": ""})["popup"]
    assert (finding.file, finding.line) == ("index.html", 2)
    assert "(course/a.html)" in finding.message


def test_in_a_long_script_what_is_needed_may_come_much_later(found):
    long = " " * 3 * AHEAD
    assert found({"s.js": f"dragstart{long}keydown{long}onunload = bye{long}pagehide"}) == {}
    late = f"API.LMSCommit{long}onunload = bye"
    assert found({"s.js": late}).keys() == {"unload-save"}


def test_a_track_in_a_page_is_no_script_that_makes_tracks(found):
    page = '<html lang=en><title>A</title><meta name=viewport><video src="v.mp4"></video>'
    other = f"{page[:-8]}<track src=v2.x></video><p>"
    files = {"page.html": page, "other.html": other, "v.mp4": "", "v2.x": ""}
    assert "video-captions" in found(files)


def test_scorm_2004_has_room_for_the_whole_state(found):
    script = "set('cmi.suspend_data', JSON.stringify(all))"
    assert found({"s.js": script}, edition="4th") == {}
