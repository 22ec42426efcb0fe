"""What an author may want to look at, though the course can be built."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lms.authoring import gift
from lms.authoring.course import Course, Part
from lms.authoring.draft import Draft
from lms.authoring.folder import COURSE, Folder
from lms.authoring.pictures import FIGURES
from lms.authoring.pool import QUIZ
from lms.authoring.references import GLOSSARY, SOURCES

WORDS_A_MINUTE = 200
QUESTIONS_A_MINUTE = 2
TOLERANCE = 1.25
"""How much longer than its minutes a part may be before it is remarked on."""


@dataclass(frozen=True)
class Remark:
    """:param line: of ``file``, or None when the file as a whole is meant"""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.message}"


def of_page(draft: Draft, part: Part | None) -> Iterator[Remark]:
    """Remarks on one page.

    :param part: None for the quiz
    """
    for question in draft.questions:
        for message in _of_question(question):
            remark = f"The question “{question.identifier}” {message}"
            yield Remark(draft.file, question.line, remark)
    if part is None:
        return
    takes = draft.read / WORDS_A_MINUTE + len(draft.questions) / QUESTIONS_A_MINUTE
    if takes > part.minutes * TOLERANCE:
        yield Remark(
            draft.file,
            None,
            f"With {draft.read} words and {len(draft.questions)} questions the part takes about "
            f"{round(takes)} minutes; it says {part.minutes}.",
        )


def of_translation(original: Draft, translation: Draft) -> Iterator[Remark]:
    """Remarks on sources and pictures that a page has and its translation has not.

    Places in a source are words, and may differ.
    """
    cited = {key for key, _place in translation.numbering.entries}
    for key in dict.fromkeys(key for key, _place in original.numbering.entries):
        if key not in cited:
            yield Remark(translation.file, None, f"The original names the source “{key}” too.")
    shown = {Path(path).name for path in translation.shown}
    for path in original.shown:
        if Path(path).name not in shown:
            yield Remark(translation.file, None, f"The original shows {path} too.")


def _of_question(question: gift.Question) -> Iterator[str]:
    if not question.named:
        yield "has no name of its own: results of another version cannot be compared with it."
    if not question.explanation:
        yield "has no explanation (####)."
    for choice in question.choices:
        if not choice.feedback:
            yield f"says nothing to the answer “{choice.text or choice.identifier}” (#)."


def _unread(course: Course) -> Iterator[Remark]:
    """Files and folders that nothing was made of, a package that was built there excepted."""
    read = {COURSE, SOURCES, GLOSSARY, QUIZ, FIGURES, *course.languages}
    read.update(part.file for part in course.parts)
    for name in Folder(course.directory).names():
        if name not in read and not name.endswith(".zip"):
            yield Remark(name, None, "The builder does not read this: its name is none it knows.")


def of_course(course: Course, drafts: list[Draft]) -> Iterator[Remark]:
    """Remarks on what no page uses.

    :param drafts: of all pages but that of the sources, in all languages
    """
    cited = {key for draft in drafts for key, _place in draft.numbering.entries}
    for key in course.references:
        if key not in cited:
            yield Remark("sources.toml", None, f"No text names the source “{key}”.")
    used = {key for draft in drafts for key in draft.words}
    for key, term in course.glossary.items():
        if key not in used:
            yield Remark(term.file, term.line, f"No text uses the word “{key}”.")
    yield from _unread(course)
    shown = {path for draft in drafts for path in draft.shown}
    folder = course.directory / FIGURES
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if f"{FIGURES}/{path.name}" not in shown and not path.name.startswith("."):
            yield Remark(f"{FIGURES}/{path.name}", None, "No text shows this picture.")
