"""A course in other languages: folders named by a language tag, with files of the same names.

A translation brings words and nothing else. What it lacks stays in the course's own language.
"""

import re
from dataclasses import replace

from lms.authoring import parts, pool
from lms.authoring.course import Course
from lms.authoring.errors import SourceError
from lms.authoring.folder import COURSE, Folder
from lms.authoring.pictures import FIGURES
from lms.authoring.references import GLOSSARY, glossary
from lms.authoring.tables import Table

TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def read(folder: Folder, course: Course) -> tuple[Course, ...]:
    """Every translation of a course, in the order of their tags.

    :raises SourceError: for the first mistake, and for a file that the course itself has not
    """
    return tuple(
        _translation(Folder(folder.path / name, f"{name}/"), name, course)
        for name in folder.names()
        if TAG.fullmatch(name) and (folder.path / name).is_dir()
    )


def _translation(folder: Folder, language: str, course: Course) -> Course:
    if language == course.language:
        raise SourceError(
            folder.label(COURSE),
            None,
            f"The course itself is in “{language}”.",
            "Give the folder the tag of another language.",
        )
    original = {part.file for part in course.parts}
    has = set(folder.names())
    for name in sorted(has - {*original, COURSE, pool.QUIZ, GLOSSARY, FIGURES}):
        raise SourceError(
            folder.label(name),
            None,
            "The course itself has no such file to translate.",
            "Name a translated file as the original, or take it out.",
        )
    table = Table.parse(folder.label(COURSE), folder.text(COURSE))
    quiz = course.quiz
    if table.has("quiz") or pool.QUIZ in has:
        heading = table.table("quiz")
        title = heading.words("title")
        heading.nothing_left()
        if pool.QUIZ in has:
            file, questions = folder.label(pool.QUIZ), pool.questions(folder)
            quiz = replace(quiz, file=file, language=language, title=title, questions=questions)
    terms = glossary(folder, language)
    for key in terms.keys() - course.glossary.keys():
        raise SourceError(
            folder.label(GLOSSARY),
            terms[key].line,
            f"The course's own glossary has no “{key}”.",
            "Use the original's keys, or take it out.",
        )
    made = replace(
        course,
        language=language,
        title=table.words("title"),
        summary=table.words("summary"),
        notice=_as_original(table, "notice", course.notice),
        content_note=_as_original(table, "content_note", course.content_note),
        licence=table.words("licence", course.licence),
        glossary={**course.glossary, **terms},
        parts=tuple(
            parts.part(folder, part.file, language, part) if part.file in has else part
            for part in course.parts
        ),
        quiz=quiz,
    )
    table.nothing_left()
    return made


def _as_original(table: Table, key: str, original: str) -> str:
    """Words that a translation must have when the original has them, and only then."""
    if original:
        return table.words(key)
    if table.has(key):
        raise table.wrong(key, f"The course itself has no {key}.", "Take it out.")
    return ""
