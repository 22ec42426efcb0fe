"""The pages of a course: one for each part and one for the quiz, each a SCO of its own."""

import json
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lms.authoring import text
from lms.authoring.errors import SourceError
from lms.authoring.gift import Question, same_name
from lms.authoring.source import COURSE, Course, Part
from lms.authoring.words import LanguageUnknown, Words, words

FOLDER = files("lms.authoring")
SHARED = ("course.css", "course.js")
"""Files that every page loads; they lie beside the pages in the package."""

SPOKEN = (
    "again",
    "choose_first",
    "right",
    "wrong",
    "missed",
    "result_words",
    "best_words",
    "passed",
    "failed",
    "done_words",
    "resumed",
    "to_start",
    "unsaved",
    "ended",
    "kept",
    "alone",
)
"""Words that the pages' script says; the rest stand in the pages themselves."""


@dataclass(frozen=True)
class Page:
    """One page of the package. ``source`` is the file it was made from, for errors."""

    path: str
    title: str
    html: bytes
    source: str


def shared_files() -> dict[str, bytes]:
    """The style sheet and the script of all pages, by their path in the package."""
    return {name: (FOLDER / "content" / name).read_bytes() for name in SHARED}


def pages(course: Course, standard: str, spoken: Words | None = None) -> tuple[Page, ...]:
    """Every page in the order of the course, the quiz last.

    :param standard: ``2004`` or ``1.2``
    :param spoken: words around the text; None for those of the course's language
    :raises SourceError: for a mistake in a text, or a language without words
    """
    return _Pages(course, standard, spoken or _words(course)).all()


def _words(course: Course) -> Words:
    try:
        return words(course.language)
    except LanguageUnknown as unknown:
        raise SourceError(
            COURSE,
            None,
            f"There are no words for buttons and results in “{course.language}”.",
            f"Choose one of {', '.join(unknown.languages)}, or translate "
            f"lms/authoring/words/en.json into {course.language}.json.",
        ) from None


class _Pages:
    """What all pages of one course have in common, and the templates."""

    def __init__(self, course: Course, standard: str, spoken: Words):
        self._course = course
        environment = Environment(
            loader=FileSystemLoader(str(FOLDER / "templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        names = [*(_path(part) for part in course.parts), "quiz.html"]
        titles = [*(part.title for part in course.parts), course.quiz.title]
        environment.globals.update(
            course=course,
            standard=standard,
            say=spoken.say,
            direction=spoken.direction,
            spoken=Markup(  # noqa: S704 (JSON of our own words, its "<" made harmless)
                json.dumps(
                    {name: spoken.sentences[name] for name in SPOKEN}, ensure_ascii=False
                ).replace("<", "\\u003c")
            ),
            contents=list(zip(names, titles, strict=True)),
        )
        self._environment = environment
        self._check = environment.get_template("check.jinja2")
        self._mark = environment.get_template("mark.jinja2")

    def all(self) -> tuple[Page, ...]:
        return (*(self._part(part) for part in self._course.parts), self._quiz())

    def _part(self, part: Part) -> Page:
        citations = text.Citations(self._course, part.file)
        asked: set[str] = set()

        def check(questions: tuple[Question, ...]) -> str:
            first = len(asked) + 1
            for question in questions:
                if question.identifier in asked:
                    raise same_name(part.file, question)
                asked.add(question.identifier)
            return self._check.render(
                questions=questions,
                first=first,
                prefix=f"p{part.number}-",
                marks=citations.marks,
            )

        body = text.render(
            part.text,
            citations,
            part.first_line,
            check=check,
            mark=lambda number: self._mark.render(number=number).strip(),
        )
        html = self._environment.get_template("part.jinja2").render(
            number=part.number,
            title=part.title,
            minutes=part.minutes,
            part=part,
            body=Markup(body),  # noqa: S704 (the renderer's own output, raw HTML is off)
            entries=citations.entries,
            here=_path(part),
        )
        return Page(_path(part), part.title, html.encode(), part.file)

    def _quiz(self) -> Page:
        quiz = self._course.quiz
        citations = text.Citations(self._course, quiz.file)
        html = self._environment.get_template("quiz.jinja2").render(
            number=len(self._course.parts) + 1,
            title=quiz.title,
            minutes=quiz.minutes,
            quiz=quiz,
            questions=quiz.questions,
            first=1,
            prefix="quiz-",
            marks=citations.marks,
            entries=citations.entries,
            here="quiz.html",
        )
        return Page("quiz.html", quiz.title, html.encode(), quiz.file)


def _path(part: Part) -> str:
    return f"part-{part.number}.html"
