"""Whatever is sent as a package: it is refused in plain words, or what is kept of it is whole.

``make fuzz`` looks for more of the same, for as long as one likes.
"""

import random
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import smallest
from scorm.packages.apart import MEMORY
from tests.fuzz.held import PAGES, hold, with_manifest

ROOT = Path(__file__).parents[3]

tried = settings(
    derandomize=True,
    max_examples=250,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

NAMES = st.one_of(
    st.sampled_from(
        ["imsmanifest.xml", "page.html", "PAGE.html", "a/imsmanifest.xml", "a\\page.html", "./b.js"]
    ),
    st.sampled_from(
        ["../a", "/a", "c:\\a", "a/", "", "a//b.css", ".DS_Store", "é.html", "e\u0301"]
    ),
    st.text(max_size=12),
)
RAW_NAMES = st.one_of(
    st.builds(
        lambda name, encoding: name.encode(encoding, "replace"),
        NAMES,
        st.sampled_from(["utf-8", "cp437", "windows-1251", "gbk", "shift_jis", "utf-16-le"]),
    ),
    st.binary(max_size=12),
)
NUMBERS = st.one_of(
    st.sampled_from([0, 1, 8, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF]),
    st.integers(0, 0xFFFFFFFF),
)
EXTRAS = st.one_of(
    st.just(b""),
    st.binary(max_size=40),
    st.builds(
        lambda kind, body: kind + len(body).to_bytes(2, "little") + body,
        st.sampled_from([b"\x01\x00", b"\x75\x70", b"\x55\x54"]),
        st.binary(max_size=32),
    ),
)
CONTENTS = st.one_of(
    st.sampled_from([smallest.MANIFEST_12.encode(), smallest.MANIFEST_2004.encode()]),
    st.sampled_from([smallest.PAGE.encode(), b"", b"<link href=//a.example>", bytes(3000)]),
    st.binary(max_size=200),
)


@st.composite
def members(draw):
    """An entry for ``raw_zip``: right, or with a fault or two."""
    content = draw(CONTENTS)
    method = draw(st.sampled_from([0, 8, 8, 8, 12]))
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(content) + deflater.flush() if method == 8 else content
    made = {"crc": zlib.crc32(content), "size": len(content), "data": packed}
    more = {}
    for fault in draw(st.lists(st.sampled_from(FAULTS), max_size=2)):
        fault(draw, made, more)
    return draw(RAW_NAMES), method, made["data"], made["crc"], made["size"], more


def wrong(name):
    def fault(draw, made, more):
        (made if name in made else more)[name] = draw(NUMBERS)

    return fault


def damaged(draw, made, more):
    data = bytearray(made["data"])
    if data:
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    made["data"] = bytes(data)


def trailing(draw, made, more):
    made["data"] += draw(st.binary(min_size=1, max_size=9))


def flagged(draw, made, more):
    more["flags"] = draw(st.sampled_from([1, 8, 0x800, 0x2000]))


def extra(draw, made, more):
    more["extra"] = draw(EXTRAS)


FAULTS = [wrong("crc"), wrong("size"), wrong("at"), wrong("packed"), wrong("attributes")]
FAULTS += [damaged, trailing, flagged, extra]

WHOLE = [
    (b"imsmanifest.xml", 0, manifest, zlib.crc32(manifest), len(manifest), {})
    for manifest in [smallest.MANIFEST_12.encode()]
]
ITS_PAGE = (b"page.html", 0, b"<p>", zlib.crc32(b"<p>"), 3, {})


@tried
@given(
    entries=st.lists(members(), max_size=5),
    whole=st.booleans(),
    end=st.one_of(st.just(b""), st.binary(max_size=80)),
)
def test_a_zip_with_faults_in_its_structures(raw_zip, entries, whole, end):
    base = [*WHOLE, ITS_PAGE] if whole else []
    hold(raw_zip([*base, *entries], end=end).read_bytes())


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    return [smallest.write(folder / f"{each}.zip", each).read_bytes() for each in ("1.2", "2004")]


def changed(content: bytes, chance: random.Random) -> bytes:
    """Some bytes set, put in, taken out, doubled, or made the largest number."""
    data = bytearray(content)
    for _time in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 1, 2, 4, 8, 40))
        piece = chance.choice(
            (chance.randbytes(length), b"\xff" * length, bytes(length), data[at : at + length] * 2)
        )
        data[at : at + chance.choice((0, length))] = piece
    return bytes(data)


@tried
@given(which=st.integers(0, 1), chance=st.integers(0, 2**32))
def test_a_good_package_of_which_bytes_are_changed(good, which, chance):
    assert hold(good[which]).accepted
    hold(changed(good[which], random.Random(chance)))


@tried
@given(
    text=st.sampled_from([smallest.MANIFEST_12, smallest.MANIFEST_2004]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "latin-1"]),
    said=st.sampled_from(["UTF-8", "punycode", "-idna", "utf7", "gbk", "hex", "undefined", "?"]),
    chance=st.none() | st.integers(0, 2**32),
)
def test_a_good_manifest_in_other_encodings_or_of_which_bytes_are_changed(
    text, encoding, said, chance
):
    content = text.replace("UTF-8", said).encode(encoding)
    hold(with_manifest(content if chance is None else changed(content, random.Random(chance))))


VOCABULARY = (
    *("manifest", "metadata", "schemaversion", "organizations", "organization", "item", "title"),
    *("resources", "resource", "file", "dependency", "adlcp:prerequisites", "adlcp:masteryscore"),
    *("adlcp:maxtimeallowed", "adlcp:timelimitaction", "adlcp:datafromlms", "adlcp:data"),
    *("adlcp:map", "adlcp:completionThreshold", "adlnav:presentation", "adlnav:hideLMSUI"),
    *("adlnav:navigationInterface", "imsss:sequencing", "imsss:sequencingCollection"),
    *("imsss:controlMode", "imsss:sequencingRules", "imsss:preConditionRule", "imsss:ruleAction"),
    *("imsss:ruleConditions", "imsss:ruleCondition", "imsss:limitConditions", "imsss:rollupRules"),
    *("imsss:rollupRule", "imsss:rollupConditions", "imsss:rollupCondition", "imsss:rollupAction"),
    *("imsss:objectives", "imsss:primaryObjective", "imsss:objective", "imsss:mapInfo"),
    *("imsss:minNormalizedMeasure", "imsss:randomizationControls", "imsss:deliveryControls"),
    *("adlseq:objectives", "adlseq:objective", "adlseq:mapInfo", "adlseq:rollupConsiderations"),
    "adlseq:constrainedChoiceConsiderations",
)
ATTRIBUTES = (
    *("identifier", "identifierref", "default", "href", "xml:base", "parameters", "isvisible"),
    *("adlcp:scormType", "adlcp:scormtype", "type", "ID", "IDRef", "choice", "flow", "condition"),
    *("objectiveID", "targetObjectiveID", "referencedObjective", "measureThreshold", "action"),
    *("attemptLimit", "attemptAbsoluteDurationLimit", "rollupObjectiveSatisfied", "minimumCount"),
    *("objectiveMeasureWeight", "childActivitySet", "minimumPercent", "selectCount", "operator"),
    *("minProgressMeasure", "completedByMeasure", "targetID", "conditionCombination"),
)
SAID = st.one_of(
    st.sampled_from(
        [
            *("r", "i", "o", "i-2", "page.html", "index.html?a=1#b", "sco", "asset", "true", "yes"),
            *("all", "skip", "not", "satisfied", "1.2", "2004 4th Edition", "CAM 1.3", "urn:x"),
            *("0.5", "-1", "1e999", "nan", "0,7", "80%", "9" * 20, "PT1H", "P1Y2M", "-PT0S", ""),
            *(
                "a&amp;b",
                "~i",
                "2*{i,o,r}",
                "i=&quot;passed&quot;|o",
                "(" * 60,
                "i&amp;(o|~r",
                "９",
            ),
            *("../" * 9, "/a/b/page.html", "C:\\page.html", "%00", "%zz", "//a.example/x", "${n}"),
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="<&'"), max_size=8),
)
TREES = st.recursive(
    SAID,
    lambda inner: st.builds(
        lambda name, attributes, children: (name, attributes, children),
        st.sampled_from(VOCABULARY),
        st.dictionaries(st.sampled_from(ATTRIBUTES), SAID, max_size=4),
        st.lists(inner, max_size=5),
    ),
    max_leaves=30,
)


def written(tree) -> str:
    if isinstance(tree, str):
        return tree
    name, attributes, children = tree
    said = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{name}{said}>{''.join(map(written, children))}</{name}>"


@tried
@given(
    items=st.lists(TREES, max_size=4),
    anywhere=st.lists(TREES, max_size=3),
    version=st.sampled_from(["1.2", "CAM 1.3", "2004 3rd Edition", "2004 4th Edition", "", "9th"]),
)
def test_a_manifest_that_uses_the_books_words_in_its_own_way(items, anywhere, version):
    hold(
        with_manifest(
            '<manifest identifier="m" xmlns:adlcp="urn:a" xmlns:adlseq="urn:adlseq"'
            ' xmlns:imsss="urn:b" xmlns:adlnav="urn:c">'
            f"<metadata><schemaversion>{version}</schemaversion></metadata>"
            '<organizations default="o"><organization identifier="o">'
            f'<item identifier="i" identifierref="r">{"".join(map(written, items))}</item>'
            f"{''.join(map(written, items))}</organization></organizations>"
            '<resources><resource identifier="r" href="page.html"/></resources>'
            f"{''.join(map(written, anywhere))}</manifest>".encode()
        )
    )


def course(items="", resources="", root="", before=""):
    return (
        f'<manifest identifier="m" {root}>{before}<organizations><organization identifier="o">'
        f'<item identifier="i" identifierref="r"/>{items}</organization></organizations><resources>'
        f'<resource identifier="r" href="page.html"/>{resources}</resources></manifest>'
    )


LARGE = {
    "many namespaces": course(
        root=" ".join(f'xmlns:a{n}="u{n}"' for n in range(90_000)), before="<a/>" * 90_000
    ),
    "punycode": '<?xml version="1.0" encoding="-punycode"?>' + "a" * 4_000_000 + "-" + "a9" * 10**6,
    "a base for many files": course(
        resources=f'<resource identifier="s" xml:base="/{"a/" * 940}">'
        + "".join(f'<file href="{n}"/>' for n in range(40_000))
        + "</resource>"
    ),
    "a base as long as a manifest may be": course(
        resources=f'<resource identifier="s" xml:base="{"a/" * 4_000_000}">'
        + '<file href="a"/>' * 40_000
        + "</resource>"
    ),
    "very deep": "<item>" * 200_000,
    "one long title": course(items=f"<item><title>{'x ' * 4_000_000}</title></item>"),
    "prerequisites": course(
        items=f"<item><prerequisites>{'i|' * 1500}i</prerequisites></item>" * 2_900
    ),
    "very many attributes": course(root=" ".join(f'a{n}=""' for n in range(190_000))),
}
"""Manifests as large as they may be, each made to take more than its due."""

BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[2]), int(sys.argv[2])))
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from tests.fuzz.held import hold
hold(open(sys.argv[1], "rb").read())
"""


@pytest.mark.parametrize("name", LARGE)
def test_a_manifest_made_to_fill_the_memory_is_read_in_what_the_process_may_hold(tmp_path, name):
    """A third of it; and an end comes, whatever the machine."""
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", LARGE[name])
        for page in PAGES:
            archive.writestr(page, "<p>A page")
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(path), str(MEMORY // 3)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
