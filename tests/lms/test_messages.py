"""What translators are given is what the pages and views say now."""

from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

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
        for _, _, message, _, _ in extract_from_dir(ROOT / house, methods, options)
    }


def test_every_text_is_in_the_catalogue_for_translators_and_no_other():
    with (LOCALE / "tutela.pot").open("rb") as file:
        known = {message.id for message in read_po(file) if message.id}
    found = said()
    assert len(found) > 500
    assert sorted(map(str, found - known)) == [], "make messages"
    assert sorted(map(str, known - found)) == [], "make messages"
