"""Manifests as bytes of any make."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.document import (
    MOST_ATTRIBUTES,
    MOST_VALUES,
    ManifestRefused,
    attribute,
    child,
    local,
    parse,
    text_of,
)

ROOT = Path(__file__).parents[3]
TEXT = '<?xml version="1.0" encoding="UTF-8"?>\n<manifest><title>Été — العربية</title></manifest>'
PLAIN = TEXT.replace("— العربية", "").replace("UTF-8", "{}")


def title_and_rules(content: bytes):
    root, findings = parse(content)
    return text_of(child(root, "title")), [finding.rule for finding in findings]


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (TEXT.encode(), []),
        (TEXT.encode("utf-8-sig"), []),
        (TEXT.encode("utf-16"), []),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), []),
        (TEXT.encode("utf-32"), []),
        (TEXT.replace("UTF-8", "UTF-16").encode("utf-16"), []),
        (TEXT.encode("utf-16-le"), ["manifest-encoding"]),
        (TEXT.encode("utf-16-be"), ["manifest-encoding"]),
        (TEXT.replace("UTF-8", "UTF-16").encode(), ["manifest-encoding"]),
        (TEXT.replace("UTF-8", "no-such-thing").encode(), ["manifest-encoding"]),
        (TEXT.replace("UTF-8", "UTF-7").encode(), ["manifest-encoding"]),
        (TEXT.replace("UTF-8", "IBM037").encode(), ["manifest-encoding"]),
        (TEXT.replace("UTF-8", "rot13").encode(), ["manifest-encoding"]),
        (b"\n \n" + TEXT.encode(), ["manifest-space"]),
        (TEXT.partition("\n")[2].encode(), []),
    ],
)
def test_a_manifest_is_read_in_whatever_encoding_it_is(content, rules):
    assert title_and_rules(content) == ("Été — العربية", rules)


@pytest.mark.parametrize(
    ("said", "encoding", "rules"),
    [
        ("ISO-8859-1", "iso-8859-1", []),
        ("windows-1252", "windows-1252", []),
        ("UTF-8", "windows-1252", ["manifest-encoding"]),
        ("US-ASCII", "utf-8", ["manifest-encoding"]),
    ],
)
def test_an_eight_bit_manifest_is_read(said, encoding, rules):
    assert title_and_rules(PLAIN.format(said).encode(encoding)) == ("Été", rules)


def test_bytes_of_no_encoding_are_read_as_far_as_can_be():
    content = b"<manifest><title>\x81\xff</title></manifest>"
    assert title_and_rules(content)[1] == ["manifest-encoding"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"<manifest>\n<a>\n</manifest>", 3),
        (b'\n<?xml version="1.0"\n?>\n<manifest>\n<a>\n</manifest>', 6),
        (b"<manifest>&unknown;</manifest>", 1),
    ],
)
def test_a_malformed_manifest_is_refused_with_its_line(content, line):
    with pytest.raises(ManifestRefused, match="not well-formed") as refused:
        parse(content)
    finding = refused.value.finding
    assert (finding.rule, finding.file, finding.line) == (
        "manifest-malformed",
        "imsmanifest.xml",
        line,
    )


@pytest.mark.parametrize("content", [b"", b"   ", b"\xff\xfe", b"hello"])
def test_what_is_no_xml_at_all_is_refused(content):
    with pytest.raises(ManifestRefused, match="not well-formed XML: it has no elements"):
        parse(content)


def test_a_fault_without_words_of_our_own_is_told_as_the_reader_says_it():
    with pytest.raises(ManifestRefused, match=r"its reader says “.+”") as refused:
        parse(b"<manifest identifier=a/>")
    assert "AttValue" in refused.value.finding.message.values["said"]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE manifest [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE manifest [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE manifest [<!ENTITY % p SYSTEM "http://example.org/x">%p;]>',
        '<!DOCTYPE manifest SYSTEM "a>b" [<!ATTLIST manifest a CDATA "b">]>',
        '<!-- <!DOCTYPE x> -->\n<!DOCTYPE manifest [<!ENTITY a "a">]>',
        "<!-- <!DOCTYPE x> <!DOCTYPE x> <!DOCTYPE x> <!DOCTYPE x> -->",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_rules_of_its_own_are_refused(doctype, encoding):
    with pytest.raises(ManifestRefused) as refused:
        parse(f"{doctype}<manifest/>".encode(encoding))
    assert refused.value.finding.rule == "manifest-entities"


def test_entities_hidden_in_a_strange_encoding_are_not_followed():
    text = '<?xml version="1.0" encoding="UTF-7"?><!DOCTYPE m [<!ENTITY a "b">]><m>&a;</m>'
    hidden = text.partition("?>")[0].encode() + b"?>" + text.partition("?>")[2].encode("utf-7")
    with pytest.raises(ManifestRefused):
        parse(hidden)


def test_a_reference_to_a_dtd_is_not_followed():
    content = b'<!DOCTYPE manifest SYSTEM "http://example.org/x.dtd"><manifest/>'
    assert local(parse(content)[0]) == "manifest"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("a & b", "a & b"),
        ("a&b;c &amp; d&#38;&", "a&b;c & d&&"),
        ("<![CDATA[a & b]]> &", "a & b &"),
        ("?a=1&b=2<!-- & -->", "?a=1&b=2"),
    ],
)
def test_a_lone_ampersand_is_taken_as_one(title, read):
    content = f"<manifest>\n<title>{title}</title></manifest>".replace("&b;", "&b ;").encode()
    assert title_and_rules(content) == (read.replace("&b;", "&b ;"), ["manifest-ampersand"])


@pytest.mark.parametrize("after", [b"x", b"</manifest>", b"<other/>"])
def test_what_follows_the_manifest_is_left_out(after):
    content = b"<manifest><title>a</title></manifest >\n" + after
    assert title_and_rules(content) == ("a", ["manifest-trailing"])


def test_names_of_characters_that_only_html_has_are_mended():
    content = b"<manifest><title>a&nbsp;b &amp; &eacute;</title></manifest>"
    assert title_and_rules(content) == ("a\xa0b & é", ["manifest-html"])


def test_prefixes_that_are_not_declared_are_mended():
    root, findings = parse(b'<manifest><a adlcp:scormtype="sco"/><imsss:b/></manifest>')
    assert attribute(child(root, "a"), "scormType") == "sco"
    assert child(root, "b") is not None
    assert [finding.rule for finding in findings] == ["manifest-namespace"] * 2


def test_there_is_an_end_to_mending():
    prefixes = "".join(f"<p{number}:a/>" for number in range(20))
    with pytest.raises(ManifestRefused, match="not well-formed"):
        parse(f"<manifest>{prefixes}</manifest>".encode())


def test_forbidden_characters_are_left_out():
    assert title_and_rules(b"<manifest><title>a\x0bb</title></manifest>") == (
        "ab",
        ["manifest-characters"],
    )


@pytest.mark.parametrize("content", [b"<a/>" * 400_000, b"<a " + b'b="" ' * (MOST_VALUES + 1)])
def test_a_manifest_that_would_fill_the_memory_is_refused(content):
    with pytest.raises(ManifestRefused) as refused:
        parse(b"<manifest>" + content + b"</manifest>")
    assert refused.value.finding.rule == "manifest-too-large"


def test_the_largest_manifest_takes_little_memory():
    code = (
        "from pathlib import Path; from scorm.packages.document import parse\n"
        "parse(b'<m>' + b'<a b=\"\" c=\"\">x</a>' * 69000 + b'</m>')\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(status.partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert int(done.stdout) < 200_000


def test_names_are_found_without_namespace_and_case():
    root, _ = parse(b'<m xmlns:x="u"><x:TITLE x:IsVisible=" true "/></m>')
    found = child(root, "title")
    assert attribute(found, "isvisible") == "true"
    assert child(root, "title", "nothing", "below") is None
    assert text_of(None) is None


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content):
    for begin in (b"", b"<manifest>", b"\xff\xfe<\0", b'<?xml version="1.0" encoding="'):
        try:
            parse(begin + content)
        except ManifestRefused:
            continue


@pytest.mark.parametrize("name", ["punycode", "-punycode", "_idna", "utf7", ".unicode_escape"])
def test_a_codec_that_is_none_for_documents_is_not_followed_under_any_of_its_names(name):
    content = TEXT.replace("UTF-8", name).encode()
    assert title_and_rules(content) == ("Été — العربية", ["manifest-encoding"])


def test_an_element_with_very_many_attributes_is_refused():
    def made(count):
        attributes = " ".join(f"a{n}='1'" for n in range(count))
        return f"<manifest {attributes}/>".encode()

    parse(made(MOST_ATTRIBUTES))
    with pytest.raises(ManifestRefused) as refused:
        parse(made(MOST_ATTRIBUTES + 1))
    assert refused.value.finding.rule == "manifest-too-large"
