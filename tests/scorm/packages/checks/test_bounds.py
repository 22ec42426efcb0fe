"""No file, whatever is in it, takes long, much memory, or the checks down."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.checks.watch import FileWatch
from scorm.packages.manifest import Edition, Item, Manifest, Organization

SIZE = 8_000_000
PIECE = 1_000_000
TIMES = 8
"""A file so many times as long as a piece may take so many times as long, and no more than three
times that, whatever the machine does meanwhile."""
LEAST = 0.01
"""Seconds that are told from nothing."""

REPEATED = {
    "html": [
        *(b"<a ", b'<a "', b"<img src=x>", b"<!---->", b"<a href=n.js>", b"<img a b c d e f g h>"),
        *(b"<", b"</", b"<p>", b"<video src=a><track>", b'<a x="" y=\'>'),
        *(b"<img " + b"a " * 4000 + b">", b"<img " + b'"" ' * 9000),
    ],
    "js": [
        *(b"API ", b"onunload=a;", b"self!=top;top.location=a;", b".open('GET',", b"a.png "),
        *(b"function a(){", b"onunload=function(){", b"'eyJhbGci", b"'eyJ" + b"A" * 300),
        *(b"//a.b", b'src="//a.b', b"%41.png/", b"dragstart keydown"),
    ],
    "css": [b"url( ", b"url(a)", b"/* url(a)", b"@import '"],
    "json": [b'"a.png",', b'"a/b.png",', b'"' + b"a/" * 500, b'"a/a'],
}


def watch(sizes) -> FileWatch:
    names = {**sizes, **{f"{n}.png": 1 for n in range(50)}, "n.JS": 1}
    item = Item("i", "One", launch="a.html", sco=True)
    organization = Organization("o", "Test", items=(item,))
    return FileWatch(names, [], Manifest("m", Edition.SCORM_12, "Test", (organization,), "o"))


def pieces(repeated: bytes, size: int = SIZE):
    piece = repeated * (PIECE // len(repeated))
    for _piece in range(size // PIECE):
        yield piece


def seconds(ending: str, repeated: bytes, size: int) -> float:
    """Of the processor's time, that the checks take for a file of so many bytes."""
    name = f"a.{ending}"
    checks = watch({name: size})
    start = time.process_time()
    for _piece in checks.through(name, pieces(repeated, size)):
        pass
    checks.findings(size)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("ending", "repeated"),
    [(ending, text) for ending, texts in REPEATED.items() for text in texts],
    ids=lambda value: repr(value[:40]),
)
def test_a_hostile_file_takes_no_more_than_its_length(ending, repeated):
    short = max(LEAST, seconds(ending, repeated, PIECE))
    assert seconds(ending, repeated, SIZE) < 3 * TIMES * short


@pytest.mark.parametrize("ending", ["html", "js"])
def test_the_memory_that_a_file_takes_does_not_grow_with_it(ending):
    name, line = f"a.{ending}", b"<p>Some words <img src='a.png'> api.png onunload = a;\n"
    checks = watch({name: SIZE})
    tracemalloc.start()
    for _piece in checks.through(name, pieces(line)):
        pass
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000


def test_films_are_passed_on_without_being_looked_at():
    checks = watch({"a.mp4": 1})
    whole = [b"<img>", b"x"]
    assert list(checks.through("a.mp4", iter(whole))) == whole


fragments = st.sampled_from(
    [text for texts in REPEATED.values() for text in texts if len(text) < 100]
    + [b"<html>", b"<body lang=en>", b"</script>", b"-->", b"</title>", b"\xff\x00", b"'", b"/>"]
)


@given(
    st.sampled_from(["a.html", "a.js", "a.css", "a.svg"]),
    st.lists(st.one_of(fragments, st.binary(max_size=20)), max_size=40),
    st.integers(1, 200),
)
def test_any_file_passes_unchanged_and_nothing_breaks(name, parts, cut):
    content = b"".join(parts)
    checks = watch({name: len(content)})
    cuts = [content[at : at + cut] for at in range(0, len(content), cut)]
    assert b"".join(checks.through(name, iter(cuts))) == content
    for finding in checks.findings(len(content)):
        assert str(finding.message).endswith((".", "…"))
        assert finding.line is None or 1 <= finding.line <= content.count(b"\n") + 1
