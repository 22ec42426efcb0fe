"""Media types by a name's ending, the same on every machine."""

import mimetypes

import pytest

from scorm.packages.mediatypes import ENCODINGS, TYPES, content_encoding, content_type


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.html", "text/html"),
        ("a/B.HTM", "text/html"),
        ("a.xhtml", "application/xhtml+xml"),
        ("a.mjs", "text/javascript"),
        ("a.wasm", "application/wasm"),
        ("a.js.map", "application/json"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.vtt", "text/vtt"),
        ("a.srt", "application/x-subrip"),
        ("a.m3u8", "application/vnd.apple.mpegurl"),
        ("a.mpd", "application/dash+xml"),
        ("a.ts", "video/mp2t"),
        ("a.woff", "font/woff"),
        ("a.woff2", "font/woff2"),
        ("a.ttf", "font/ttf"),
        ("a.otf", "font/otf"),
        ("a.eot", "application/vnd.ms-fontobject"),
        ("a.svg", "image/svg+xml"),
        ("a.svgz", "image/svg+xml"),
        ("a.png", "image/png"),
        ("a.avif", "image/avif"),
        ("a.webp", "image/webp"),
        ("a.heic", "image/heic"),
        ("a.jxl", "image/jxl"),
        ("a.cur", "image/x-icon"),
        ("a.m4a", "audio/mp4"),
        ("a.opus", "audio/ogg"),
        ("a.flac", "audio/flac"),
        ("a.weba", "audio/webm"),
        ("a.glb", "model/gltf-binary"),
        ("a.gltf", "model/gltf+json"),
        ("a.md", "text/markdown"),
        ("a.csv", "text/csv"),
        ("a.swf", "application/x-shockwave-flash"),
        ("a.dtd", "application/xml-dtd"),
        ("a.ent", "application/xml-external-parsed-entity"),
        ("a.class", "application/java-vm"),
        ("noending", "application/octet-stream"),
        ("html", "application/octet-stream"),
        ("folder.html/noending", "application/octet-stream"),
        (".html", "text/html"),
        ("a.strange", "application/octet-stream"),
    ],
)
def test_a_file_has_its_media_type(name, media_type):
    assert content_type(name) == media_type


def test_what_the_machine_says_changes_nothing(monkeypatch):
    monkeypatch.setitem(mimetypes.types_map, ".strange", "text/strange")
    monkeypatch.setitem(mimetypes.types_map, ".js", "text/plain")
    assert content_type("a.strange") == "application/octet-stream"
    assert content_type("a.js") == "text/javascript"


def test_every_type_is_one_and_text_has_no_charset():
    for ending, media_type in TYPES.items():
        assert ending == ending.lower()
        kind, _, rest = media_type.partition("/")
        assert kind in {"text", "image", "audio", "video", "font", "model", "application"}
        assert rest
        assert ";" not in rest
    assert set(ENCODINGS) <= set(TYPES)


def test_a_file_that_is_packed_by_itself_says_how():
    assert content_encoding("a/B.SVGZ") == "gzip"
    assert content_encoding("a.svg") is None
    assert content_encoding("a.tar.gz") is None, "Who downloads it wants it packed."
