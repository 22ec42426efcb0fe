"""What translators are given is what the pages and views say now, and they lose nothing of it."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from lms.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "lms" / "locale"
HOUSES = ("lms", "scorm", "assessments", "certificates")


def said() -> set:
    """Every text that is marked for translation, as ``make messages`` collects them."""
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    return {
        message
        for house in HOUSES
        for _, _, message, _, _ in extract_from_dir(
            ROOT / house, methods, options, keywords=KEYWORDS
        )
    }


def test_every_text_is_in_the_catalogue_for_translators_and_no_other():
    with (LOCALE / "tutela.pot").open("rb") as file:
        known = {message.id for message in read_po(file) if message.id}
    found = said()
    assert len(found) > 500
    assert sorted(map(str, found - known)) == [], "make messages"
    assert sorted(map(str, known - found)) == [], "make messages"


KEYWORDS = {**DEFAULT_KEYWORDS, "pluralize": (1, 2)}
VALUE = re.compile(r"\$\{\w+\}|%\(\w+\)[sd]|</?[a-z]+")
"""What a translation must have as its text has it: values and marks."""
TRANSLATIONS = sorted(LOCALE.glob("*/LC_MESSAGES/tutela.po"))


def catalogue(path: Path):
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def language_of(path: Path) -> str:
    return path.parts[-3]


@pytest.mark.parametrize("path", TRANSLATIONS, ids=language_of)
def test_a_translation_has_the_values_and_marks_of_its_text(path):
    for message in catalogue(path):
        if not message.id:
            continue
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = [set(VALUE.findall(text)) for text in texts]
        for each in filter(None, said):
            assert set(VALUE.findall(each)) in wanted, each


@pytest.mark.parametrize("path", TRANSLATIONS, ids=language_of)
def test_every_text_is_translated_in_every_form(path):
    found = {}
    for message in catalogue(path):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        found[str(message.id)] = all(said) and not message.fuzzy
    with (LOCALE / "tutela.pot").open("rb") as file:
        missing = [message.id for message in read_po(file) if not found.get(str(message.id))]
    assert [each for each in missing if each] == [], "Texts without words in this language"


def test_the_site_speaks_the_languages_that_can_be_chosen():
    assert {language_of(path) for path in TRANSLATIONS} | {"en"} == set(LANGUAGES)


def test_french_sets_its_marks_apart_in_one_way():
    """A narrow space that does not break before ; ! and ?, a full one before : and inside « »
    (Lexique des règles typographiques en usage à l’Imprimerie nationale)."""
    wrong = re.compile(
        r"[ \N{NO-BREAK SPACE}](?=[;!?](?:\s|$))|[ \N{NARROW NO-BREAK SPACE}](?=[:»])"
        r"|(?<=«)(?!\N{NO-BREAK SPACE})|(?<!\N{NO-BREAK SPACE})(?=»)"
    )
    (path,) = (each for each in TRANSLATIONS if language_of(each) == "fr")
    for message in catalogue(path):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for each in filter(None, said if message.id else ()):
            assert not wrong.search(each), each
