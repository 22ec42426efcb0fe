"""Every sentence that the check of a package says is marked for translation, and whole."""

import ast
import json
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from pyramid import testing

from scorm.packages.archive import Limits, size
from scorm.packages.check import check
from scorm.packages.findings import Report
from scorm.packages.words import NAME, Words, _, listed
from scorm.views.words import direction, speaker
from shared import SHARED, needs_shared

HOUSE = Path(__file__).resolve().parents[3] / "scorm"
MODULES = sorted((*(HOUSE / "packages").rglob("*.py"), HOUSE / "services.py"))
SAYS = {
    **dict.fromkeys(("Finding", "_add", "_tell", "tell", "_note"), 2),
    **dict.fromkeys(("ArchiveRefused", "ManifestRefused", "mended", "_warn", "_warning"), 1),
    **dict.fromkeys(("HostRefused", "VersionRefused"), 0),
}
"""What says something to an author, and which of its arguments is the message."""
WITH_REMEDY = ("Finding", "_add", "ArchiveRefused", "ManifestRefused", "_warning")
"""Those that take a remedy after it."""
PLAIN = (ast.Constant, ast.JoinedStr, ast.BinOp)

PROSE = re.compile("[a-z] [a-z0]|0 [a-z]")
"""Words side by side; 0 is the value of an f-string."""
NO_SENTENCES = {
    "serving.py": "values of HTTP headers",
    "apart.py": "a program, and what an admin reads in the log",
}
"""Modules whose texts are for programs, and what they are."""


def calls(module: Path) -> list[tuple[str, ast.Call]]:
    """Every call in a module, by the name of what is called."""
    found = []
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            found.append((name, node))
    return found


def by_name(module: Path) -> str:
    return module.name


@pytest.mark.parametrize("module", MODULES, ids=by_name)
def test_no_message_or_remedy_is_a_plain_text(module):
    for name, call in calls(module):
        if name not in SAYS:
            continue
        assert len(call.args) > SAYS[name], f"line {call.lineno}: a rule without a message"
        message, *remedy = call.args[SAYS[name] : SAYS[name] + 2]
        assert not isinstance(message, PLAIN), f"line {call.lineno}"
        for each in remedy if name in WITH_REMEDY else ():
            nothing = isinstance(each, ast.Constant) and each.value == ""
            assert nothing or not isinstance(each, PLAIN), f"line {call.lineno}"


@pytest.mark.parametrize("module", MODULES, ids=by_name)
def test_every_english_text_is_marked_for_translation(module):
    """Only a docstring, a pattern, or what a programmer reads may be English and unmarked."""
    if module.name in NO_SENTENCES:
        return
    tree = ast.parse(module.read_text("utf-8"))
    allowed: set[int] = set()
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        marked = called in ("_", "ngettext", "AssertionError") or called.startswith("re.")
        if marked or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            allowed.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if id(node) in allowed:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (getattr(part, "value", "") for part in node.values)
            text = "".join(part if isinstance(part, str) else "0" for part in parts)
        else:
            text = getattr(node, "value", "") if isinstance(node, ast.Constant) else ""
        assert not (isinstance(text, str) and PROSE.search(text)), f"line {node.lineno}: {text}"


@pytest.mark.parametrize("module", MODULES, ids=by_name)
def test_every_name_in_a_text_has_a_value_and_every_value_a_name(module):
    for name, call in calls(module):
        if name not in ("_", "ngettext"):
            continue
        texts = call.args[: 1 if name == "_" else 2]
        assert all(isinstance(text, ast.Constant) for text in texts), f"line {call.lineno}"
        named = [set(NAME.findall(text.value)) for text in texts]
        given = {keyword.arg for keyword in call.keywords}
        if name == "ngettext":
            assert len(call.args) == 3, f"line {call.lineno}"
            named = [names - {"n"} for names in named]
        assert all(names == given for names in named), f"line {call.lineno}: {given}"


@needs_shared
@pytest.mark.parametrize(
    "path", sorted((SHARED / "scorm" / "edge-cases").glob("*.zip")), ids=lambda path: path.stem
)
def test_each_finding_on_an_odd_package_is_in_words_with_a_remedy_for_what_is_wrong(path):
    report, _manifest = check(path, Limits())
    assert report.findings
    for finding in report.findings:
        assert isinstance(finding.message, Words)
        assert finding.message.endswith(".")
        if finding.severity in ("error", "warning"):
            assert isinstance(finding.remedy, Words)


ARABIC = {
    "The zip has two files named ${name}.": "في الملف المضغوط ملفان باسم ${name}.",
    "The file has ${size}; at most ${most} can be taken in.": "حجم الملف ${size}، والحد ${most}.",
    "${amount} MB": "${amount} م.ب",
    "${several} and ${last}": "${several} و${last}",
    "“${name}”": "«${name}»",
    ("${n} byte", "${n} bytes"): (
        *("لا شيء", "بايت واحد", "بايتان", "${n} بايتات", "${n} بايت", "${n} بايتًا"),
    ),
}


@pytest.fixture
def say(tmp_path):
    """Says sentences in a language that has the words of ``ARABIC``, and no others."""
    catalogue = Catalog(locale="ar")
    for english, arabic in ARABIC.items():
        catalogue.add(english, arabic)
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "tutela.mo").open("wb") as file:
        write_mo(file, catalogue)
    request = testing.DummyRequest(_LOCALE_="ar")
    with testing.testConfig(request=request) as config:
        config.add_translation_dirs(str(tmp_path))
        yield speaker(request)


@pytest.mark.parametrize(
    ("words", "arabic"),
    [
        (
            _("The zip has two files named ${name}.", name="a.js"),
            "في الملف المضغوط ملفان باسم \u2068a.js\u2069.",
        ),
        (size(2_500_000), "\u20682.5\u2069 م.ب"),
        (size(2), "بايتان"),
        (size(5), "5 بايتات"),
        (size(100), "100 بايت"),
        (listed(["a", "b"], 5), "«\u2068a\u2069» و«\u2068b\u2069»"),
        (_("Leave it out of the package."), "Leave it out of the package."),
        ("A report kept in English.", "A report kept in English."),
        ("", ""),
    ],
)
def test_a_sentence_is_said_in_another_language_as_far_as_that_is_known(say, words, arabic):
    assert say(words) == arabic


def test_a_finding_that_was_kept_is_said_in_another_language_with_all_in_it(say, package):
    path = package()
    whole = path.stat().st_size
    report, _manifest = check(path, Limits(packed=whole - 1))
    kept = json.loads(json.dumps(report.to_stored()))
    (finding,) = Report.from_stored(kept).findings
    sizes = say(size(whole)), say(size(whole - 1))
    assert "byte" not in "".join(sizes)
    assert say(finding.message) == "حجم الملف {}، والحد {}.".format(*sizes)


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("fr", "ltr"), ("zxx", "ltr")])
def test_sentences_are_written_the_way_of_their_language(language, way):
    assert direction(language) == way
