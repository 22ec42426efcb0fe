"""The pages of a course in all its languages: one for each part, the quiz, and all sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lms.authoring import source
from lms.authoring.claims import Claim
from lms.authoring.course import Course, Part
from lms.authoring.draft import Draft
from lms.authoring.edition import SOURCES_PAGE, Edition, Page
from lms.authoring.errors import SourceError
from lms.authoring.folder import COURSE
from lms.authoring.remarks import Remark, of_course, of_page, of_translation
from lms.authoring.words import LanguageUnknown, Words, words


@dataclass(frozen=True)
class Item:
    """One entry of the course's contents.

    :param name: ``part-3``, ``quiz`` or ``sources``, lasting as long as the part has its number
    :param pages: in each language that it exists in, the course's own first
    """

    name: str
    pages: tuple[Page, ...]

    @property
    def title(self) -> str:
        return self.pages[0].title

    @property
    def path(self) -> str:
        return self.pages[0].path


@dataclass(frozen=True)
class Made:
    """All that a course's sources come to.

    :param items: in the order of the course, the page of all sources last
    :param claims: by language; :param remarks: what an author may want to look at
    """

    items: tuple[Item, ...]
    claims: dict[str, list[Claim]]
    remarks: tuple[Remark, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for item in self.items for page in item.pages)


def pages(course: Course, standard: str, spoken: Mapping[str, Words] | None = None) -> Made:
    """Every page in the order of the course.

    :param standard: ``2004`` or ``1.2``
    :param spoken: words around the text by language; None for those that come with the builder
    :raises SourceError: for a mistake in a text, a language without words, or a translation that
        asks something else than the original
    """
    editions = (course, *course.translations)
    if spoken is None:
        spoken = {each.language: _words(each, course) for each in editions}
    original, *others = (Edition(each, standard, spoken, editions) for each in editions)
    translated = list(zip(course.translations, others, strict=True))
    items = []
    for at, part in enumerate(course.parts):
        found = [original.part(part)]
        for translation, edition in translated:
            own = translation.parts[at]
            if own.language == translation.language:
                found.append(edition.part(own, original.drafts[part.page].originals))
                _compare(original.drafts[part.page], edition.drafts[part.page])
        items.append(Item(f"part-{part.number}", tuple(found)))
    _one_pretest(course, [original.drafts[part.page] for part in course.parts])
    page = course.quiz.page
    found = [original.quiz()]
    for translation, edition in translated:
        if translation.quiz.language == translation.language:
            found.append(edition.quiz(original.drafts[page].originals))
            _compare(original.drafts[page], edition.drafts[page])
    items.append(Item("quiz", tuple(found)))
    found = [
        edition.sources({**original.drafts, **edition.drafts}) for edition in (original, *others)
    ]
    items.append(Item(SOURCES_PAGE.removesuffix(".html"), tuple(found)))
    claims = {
        each.language: edition.claims
        for each, edition in zip(editions, (original, *others), strict=True)
    }
    remarks = tuple(_remarks(editions, (original, *others)))
    return Made(tuple(items), claims, remarks)


def claims(directory: Path) -> tuple[Course, dict[str, list[Claim]]]:
    """The course in a folder and all that it claims, by language.

    :raises SourceError: for a mistake in the sources
    """
    course = source.read(directory)
    return course, pages(course, "2004").claims


def _remarks(courses: tuple[Course, ...], editions: tuple[Edition, ...]) -> Iterator[Remark]:
    drafts = []
    for course, edition in zip(courses, editions, strict=True):
        for each in course.texts:
            if draft := edition.drafts.get(each.page):
                drafts.append(draft)
                yield from of_page(draft, each if isinstance(each, Part) else None)
                if edition is not editions[0]:
                    yield from of_translation(editions[0].drafts[each.page], draft)
    yield from of_course(courses[0], drafts)


def _one_pretest(course: Course, drafts: list[Draft]) -> None:
    """:raises SourceError: when the course has a pre-test that no part shows, or two do"""
    shown = [draft for draft in drafts if draft.pretest_line]
    if course.pretest and not shown:
        raise SourceError(
            COURSE,
            None,
            "No part shows the pre-test.",
            "Write an empty block ```pretest into a part, or take [pretest] out.",
        )
    for other in shown[1:]:
        raise SourceError(
            other.file,
            other.pretest_line,
            f"{shown[0].file} has the pre-test already.",
            "Take one of them out.",
        )


def _compare(original: Draft, translation: Draft) -> None:
    """:raises SourceError: when a translation asks something else, or has other right answers"""
    for one, other in zip(original.tasks, translation.tasks, strict=False):
        if (one.name, one.form) != (other.name, other.form):
            raise SourceError(
                translation.file,
                other.line,
                f"The {other.name} is not as in the original."
                if one.name == other.name
                else f"Here stands the {other.name}; in the original it is the {one.name}.",
                f"Give it the same names, order and right answers as in {original.file}, "
                f"line {one.line}.",
            )
    count, others = len(original.tasks), len(translation.tasks)
    if count != others:
        longer = original if count > others else translation
        task = longer.tasks[min(count, others)]
        raise SourceError(
            translation.file,
            task.line if longer is translation else None,
            f"Only the {'original' if longer is original else 'translation'} has the {task.name}.",
            f"Let both ask the same: compare {original.file}.",
        )


def _words(edition: Course, course: Course) -> Words:
    try:
        return words(edition.language)
    except LanguageUnknown as unknown:
        own = edition is course
        raise SourceError(
            COURSE if own else f"{edition.language}/{COURSE}",
            None,
            f"There are no words for buttons and results in “{edition.language}”.",
            f"Choose one of {', '.join(unknown.languages)}, or translate "
            f"lms/authoring/words/en.json into {edition.language}.json.",
        ) from None
