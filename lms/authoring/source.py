"""A course's sources on disk, read into plain frozen values; the first mistake is named by line."""

import re
from dataclasses import replace
from pathlib import Path

from lms.authoring import parts, pool, translations
from lms.authoring.course import Course, Quiz
from lms.authoring.errors import CourseError
from lms.authoring.folder import COURSE, Folder
from lms.authoring.references import glossary, references
from lms.authoring.tables import Table

IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+")
"""The dot keeps it apart from all other identifiers of a manifest."""

SOURCED = "sourced"


def read(directory: Path) -> Course:
    """The course in a folder, in all its languages.

    :raises SourceError: for the first mistake found, with its file and line
    :raises CourseError: when there is no such folder
    """
    if not directory.is_dir():
        raise CourseError(f"{directory} is not a folder. A course is a folder with a {COURSE}.")
    folder = Folder(directory)
    table = Table.parse(COURSE, folder.text(COURSE))
    heading = table.table("quiz")
    pretest = table.table("pretest") if table.has("pretest") else None
    language = table.matching("language", translations.TAG, "a language tag such as en, fr or ar")
    read_parts = parts.read(folder, language)
    questions = pool.questions(folder)
    pool.refuse_strange_groups(questions, {part.number for part in read_parts})
    course = Course(
        directory=directory,
        identifier=table.matching(
            "identifier", IDENTIFIER, "two names with a dot between them: centre-name.course-name"
        ),
        title=table.words("title"),
        language=language,
        summary=table.words("summary"),
        minutes=table.whole("minutes", 1, 6000),
        content_note=table.words("content_note", ""),
        notice=table.words("notice", ""),
        licence=table.words("licence"),
        version=table.words("version"),
        sourced=_sourced(table),
        pretest=0 if pretest is None else pool.draw(pretest, len(questions), None),
        references=references(folder),
        glossary=glossary(folder, language),
        parts=read_parts,
        quiz=Quiz(
            file=pool.QUIZ,
            language=language,
            title=heading.words("title"),
            minutes=heading.whole("minutes", 1, 60),
            mastery=table.whole("mastery", 1, 100),
            draw=pool.draw(heading, len(questions), len(questions)),
            questions=questions,
        ),
    )
    for each in (table, heading, *filter(None, [pretest])):
        each.nothing_left()
    takes = sum(part.minutes for part in course.parts) + course.quiz.minutes
    if course.minutes != takes:
        raise table.wrong(
            "minutes",
            f"The parts and the quiz take {takes} minutes, not {course.minutes}.",
            f"Write minutes = {takes}.",
        )
    return replace(course, translations=translations.read(folder, course))


def _sourced(table: Table) -> bool:
    claims = table.words("claims", "") if table.has("claims") else ""
    if claims not in ("", SOURCED):
        raise table.wrong(
            "claims",
            f"claims cannot be “{claims}”.",
            f'Write claims = "{SOURCED}" when every claim must carry its source, or leave it out.',
        )
    return claims == SOURCED
