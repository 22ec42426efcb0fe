"""What a course says of itself beside its title: other languages, topics, sources. No HTTP."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lms.resources.courses import Course
from scorm.runtime.course import course_of


@dataclass(frozen=True)
class Told:
    """A course's title and summary as a reader gets them, each with the language it is in."""

    title: str
    title_language: str
    summary: str
    summary_language: str


def told(course: Course, language: str) -> Told:
    """Title and summary in the reader's language where they are given in it, else in the course's
    own."""
    own = course.language
    here = {} if language == own else course.translations.get(language, {})
    return Told(
        title=here.get("title") or course.title,
        title_language=language if here.get("title") else own,
        summary=here.get("summary") or course.summary,
        summary_language=language if here.get("summary") else own,
    )


def texts(course: Course) -> str:
    """Title and summary in every language, to look for words in."""
    others = (text for each in course.translations.values() for text in each.values())
    return "\n".join((course.title, course.summary, *others))


def description_of(course: Course) -> dict:
    """What an author may say, in the shape of the settings form."""
    return {
        "topics": set(course.topics),
        "sources": course.sources,
        "licence": course.licence,
        "others": {
            f"{name}_{language}": text
            for language, translation in course.translations.items()
            for name, text in translation.items()
        },
    }


def describe(course: Course, description: dict) -> None:
    """Take over what an author says (shape: :func:`description_of`); the course's own language
    needs no translation."""
    course.topics = tuple(sorted(description["topics"]))
    course.sources = description["sources"]
    course.licence = description["licence"]
    others = description["others"]
    course.translations = {
        name.removeprefix("title_"): {
            "title": title,
            "summary": others.get(name.replace("title_", "summary_"), ""),
        }
        for name, title in others.items()
        if name.startswith("title_") and title and name != f"title_{course.language}"
    }


def source_lines(course: Course) -> list[str]:
    """The sources, one on each line."""
    return [line.strip() for line in course.sources.splitlines() if line.strip()]


def pass_mark(course: Course) -> Decimal | None:
    """The score in percent from which on the package counts as passed, where it has one mark.

    That of an item's primary objective (SN 3.10.1), or in SCORM 1.2 its ``masteryscore``.
    """
    if course.version is None:
        return None
    package = course_of(course.version)
    if package.standard == "2004":
        said = [
            str(primary.min_normalized_measure * 100)
            for primary in (package.tree[key].primary for key in package.tree.order)
            if primary.satisfied_by_measure
        ]
    else:
        said = [item.mastery_score or "" for item in package.items.values()]
    marks = set(filter(None, map(_percentage, said)))
    return marks.pop() if len(marks) == 1 else None


def _percentage(text: str) -> Decimal | None:
    try:
        found = round(Decimal(text), 2)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
