"""The guide for centres (docs/courses.md): whoever copies its examples has a course."""

import re

import pytest

from lms.authoring import build
from lms.authoring.pages import pages
from lms.authoring.source import read
from servers import ROOT

GUIDE = (ROOT / "docs" / "courses.md").read_text("utf-8")
FENCED = re.compile(r"(?ms)^(`{3,})(\w*)\n(.*?)^\1$")
PRETEST = "\n```pretest\n```\n"
QUESTION = "// [own]\n::q{0}:: Number {0}? {{\n=yes #Yes.\n~no #No.\n####So it is.\n}}\n\n"


def examples(kind):
    """What stands in the guide's blocks of a kind, in its order."""
    return [found[3] for found in FENCED.finditer(GUIDE) if found[2] == kind]


@pytest.fixture
def copied(tmp_path):
    """A course in which every example of the guide stands as it is."""
    course, sources, glossary = examples("toml")
    part, claim = (each for each in examples("") if "+++" in each or "Most of these" in each)
    exercises = "\n".join(each for each in examples("") if each.startswith("```"))
    files = {
        "course.toml": course.replace("minutes = 40", "minutes = 14"),
        "sources.toml": sources,
        "glossary.toml": glossary,
        "01-first-look.md": part.replace(
            "Text.", f"{claim}\n{exercises}\nA [[scar]]. [own]\n{PRETEST}"
        ),
        "quiz.gift": "".join(map(QUESTION.format, range(12))),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_examples_of_the_guide_make_a_course(copied, tmp_path):
    built = build(copied, tmp_path / "x.zip")
    assert built.course.identifier == "centre-name.wounds"
    assert built.remarks == ()


def test_the_guide_shows_one_of_every_exercise(copied):
    page = pages(read(copied), "2004").items[0].pages[0].html.decode()
    for element in ("course-check", "course-scenario", "course-reflection", "course-reveal"):
        assert f"<{element}" in page
    assert 'class="slot"' in page
