"""Hosts that pages call, seen in passing."""

import pytest

from scorm.packages import hosts
from scorm.packages.checks.window import AHEAD, Sight
from scorm.packages.hosts import HostWatch


def called(text: str, cut: int | None = None):
    watch, sight = HostWatch(), Sight("page.html")
    content = text.encode()
    for piece in [content] if cut is None else [content[:cut], content[cut:]]:
        if window := sight.push(piece):
            watch.look(window)
    watch.look(sight.finish())
    return [(finding.message.split()[3].rstrip("."), finding.line) for finding in watch.findings]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        "<img src=//cdn.example.org/x.png>",
        '<link rel="stylesheet" href="http://cdn.example.org/x.css">',
        '<video poster="https://CDN.example.org/x.jpg">',
        '<object data="https://cdn.example.org/x">',
        "body { background: url('https://cdn.example.org/x.png') }",
        '@import "https://cdn.example.org/x.css";',
        "fetch('https://cdn.example.org/x')",
        'x.open("GET", "https://cdn.example.org/x")',
        'new WebSocket("wss://cdn.example.org/x")',
        "import('https://cdn.example.org/x.js')",
        "navigator.sendBeacon('https://cdn.example.org/x', data)",
        "$.ajax({ type: 'POST', url: 'https://cdn.example.org/x' })",
        "jQuery.getJSON('https://cdn.example.org/x', show)",
        "axios.post(`https://cdn.example.org/x`)",
        "tag.setAttribute('src', 'https://cdn.example.org/x')",
        "(function(w,d,s,u){})(window,document,'script','//cdn.example.org/x.js')",
        '<form method="post" action="https://cdn.example.org/x">',
        'document.write("<script src=\\"https://cdn.example.org/x\\">")',
    ],
)
def test_a_host_that_would_be_called_is_seen(text):
    assert called(text) == [("cdn.example.org", 1)]


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://example.org">',
        '<html xmlns="http://www.w3.org/1999/xhtml">',
        "// see //example.org for more",
        "var a = 'http://example.org';",
        "links = { url: 'http://example.org' }; open({ get('http://example.org') })",
        '<img src="images/x.png">',
        "<link rel=icon href=x.png><a href='https://example.org'>",
    ],
)
def test_a_link_a_namespace_or_a_mention_is_none(text):
    assert called(text) == []


def test_the_first_line_of_each_host_is_told_once():
    text = "\n\n<img src='//a.example.org'>\n<img src='//b.example.org'><img src='//a.example.org'>"
    assert called(text) == [("a.example.org", 3), ("b.example.org", 4)]


def test_no_address_falls_between_two_pieces():
    tag = '<script src="https://cdn.example.org/x.js">'
    text = "\n" * AHEAD + tag + "\n" * (AHEAD + 5)
    for cut in range(AHEAD - 10, AHEAD + 50):
        assert called(text, cut + AHEAD) == called(text, cut) == [("cdn.example.org", AHEAD + 1)]


def test_there_is_an_end_to_looking(monkeypatch):
    many = "".join(f"<img src='//h{number}.example.org'>" for number in range(200))
    assert len(called(many)) == hosts.MOST_HOSTS
    monkeypatch.setattr(hosts, "MOST_LOOKS", 3)
    assert len(called(many)) == 3
