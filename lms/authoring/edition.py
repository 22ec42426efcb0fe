"""A course's pages in one language, made from templates."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from lms.authoring import blocks, text
from lms.authoring.citations import KeyNumbering, Numbering
from lms.authoring.claims import Claim
from lms.authoring.course import Course, Part, Reference, Term
from lms.authoring.draft import Draft
from lms.authoring.folder import Folder
from lms.authoring.pictures import Pictures
from lms.authoring.references import GLOSSARY
from lms.authoring.words import FOLDER, Words

TEMPLATES = FOLDER.parent / "templates"
SOURCES_PAGE = "sources.html"
NO_ORIGINALS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Page:
    """One page of the package.

    :param path: in the package; :param source: the file it was made from, for errors
    :param pictures: what it shows, by path in the package
    """

    path: str
    title: str
    language: str
    html: bytes
    source: str
    pictures: dict[str, bytes]


class Edition:
    """A course in one language.

    :param words: of every language of the course, by tag
    :param others: the same course in all its languages, this one among them
    """

    def __init__(
        self,
        course: Course,
        standard: str,
        words: Mapping[str, Words],
        others: tuple[Course, ...],
    ):
        self._course = course
        self._words = words
        self._others = others
        self._own = words[course.language]
        self._folder = "" if course is others[0] else f"{course.language}/"
        self._to_root = "../" if self._folder else ""
        folders = [Folder(course.directory)]
        if self._folder:
            folders.insert(0, Folder(course.directory / course.language, self._folder))
        self._pictures = Pictures(*folders)
        self._common = {
            "course": course,
            "standard": standard,
            "language": course.language,
            "direction": self._own.direction,
            "direction_of": lambda tag: self._words[tag].direction,
            "to_root": self._to_root,
            "say": self._own.say,
            "put": self._own.put,
            "say_in": lambda tag: self._words[tag].say,
            "order": blocks.order,
            "last": max(part.number for part in course.parts),
            "spoken": Markup(  # noqa: S704 (JSON of our own words, its "<" made harmless)
                json.dumps(self._own.script, ensure_ascii=False).replace("<", "\\u003c")
            ),
        }
        self.drafts: dict[str, Draft] = {}

    def part(self, part: Part, originals: Mapping[str, str] = NO_ORIGINALS) -> Page:
        """The page of a part.

        :param originals: what is asked in the original, by identifier (:class:`.Draft`)
        """
        draft = self._draft(part.page, part.file, f"p{part.number}-", originals)
        body = text.write(draft, part.text, part.first_line)
        return self._page(
            "part",
            draft,
            part.page,
            part.title,
            number=part.number,
            minutes=part.minutes,
            part=part,
            first=part.number == self._course.parts[0].number,
            body=Markup(body),  # noqa: S704 (the renderer's own output, raw HTML is off)
        )

    def quiz(self, originals: Mapping[str, str] = NO_ORIGINALS) -> Page:
        quiz = self._course.quiz
        draft = self._draft(quiz.page, quiz.file, "quiz-", originals)
        blocks.note(draft, quiz.questions)
        return self._page(
            "quiz",
            draft,
            quiz.page,
            quiz.title,
            number=0,
            minutes=quiz.minutes,
            quiz=quiz,
            questions=quiz.questions,
            prefix=draft.prefix,
            marks=lambda cited: draft.numbering.numbers(draft.file, cited),
            originals=originals,
        )

    def sources(self, drafts: Mapping[str, Draft]) -> Page:
        """The page of all sources and words.

        :param drafts: of the pages before, by their names; where one is not translated, the
            original's
        """
        course = self._course
        keys = tuple(course.references)
        numbering = KeyNumbering(keys)
        draft = self._draft(SOURCES_PAGE, GLOSSARY, "", NO_ORIGINALS, numbering)
        glossary = [(term, self._meaning(draft, term)) for term in course.glossary.values()]
        uses: dict[str, list[tuple[str, str]]] = {key: [] for key in keys}
        for each in course.texts:
            for key in dict.fromkeys(key for key, _ in drafts[each.page].numbering.entries):
                uses[key].append((each.title, each.language))
        title = self._own.say("sources_page")
        return self._page(
            "sources",
            draft,
            SOURCES_PAGE,
            title,
            number=0,
            minutes=0,
            used=[(course.references[key], uses[key]) for key in keys],
            glossary=glossary,
        )

    @property
    def claims(self) -> list[Claim]:
        """Of all pages, in the order of the course; those of the glossary last, and once."""
        return [claim for draft in self.drafts.values() for claim in draft.claims]

    def _draft(
        self,
        page: str,
        file: str,
        prefix: str,
        originals: Mapping[str, str],
        numbering: Numbering | None = None,
    ) -> Draft:
        draft = Draft(
            course=self._course,
            file=file,
            prefix=prefix,
            to_root=self._to_root,
            fill=lambda name, **values: self._fill(draft, name, originals, values),
            pictures=self._pictures,
            numbering=numbering or Numbering(frozenset(self._course.references)),
        )
        self.drafts[page] = draft
        return draft

    def _fill(self, draft: Draft, name: str, originals: Mapping[str, str], values: Mapping) -> str:
        return _template(name).render(
            {
                **self._common,
                "prefix": draft.prefix,
                "originals": originals,
                "marks": lambda cited: draft.numbering.numbers(draft.file, cited),
                **values,
            }
        )

    def _meaning(self, draft: Draft, term: Term) -> str:
        return text.write(draft, term.meaning, term.line, within="glossary", file=term.file)

    def _explained(self, draft: Draft) -> list[tuple[Term, str]]:
        """The words that the page uses, also those that their meanings use."""
        claims = list(draft.claims)
        explained: dict[str, tuple[Term, str]] = {}
        while new := [key for key in draft.words if key not in explained]:
            for key in new:
                term = self._course.glossary[key]
                explained[key] = (term, self._meaning(draft, term))
        draft.claims[:] = claims  # they are counted once, with the page of all words
        return list(explained.values())

    def _page(self, template: str, draft: Draft, name: str, title: str, **values: object) -> Page:
        explained = [] if template == "sources" else self._explained(draft)
        body = _template(template).render(
            self._common,
            title=title,
            here=name,
            languages=self._languages(name),
            untranslated=self._untranslated(name),
            contents=self._contents(),
            explained=explained,
            entries=self._entries(draft),
            **values,
        )
        pictures = {path: picture.content for path, picture in draft.shown.items()}
        path = self._folder + name
        return Page(path, title, self._course.language, body.encode(), draft.file, pictures)

    def _entries(self, draft: Draft) -> list[tuple[Reference, str, bool]]:
        """Each source of a page with its place, and whether it is the first time that it is named:
        its whole title and its address stand there alone, for pages are to be small."""
        if isinstance(draft.numbering, KeyNumbering):
            return []
        entries = draft.numbering.entries
        first = {key: at for at, (key, _place) in reversed(list(enumerate(entries)))}
        return [
            (self._course.references[key], place, first[key] == at)
            for at, (key, place) in enumerate(entries)
        ]

    def _contents(self) -> list[tuple[str, str, str, int]]:
        """Address, title and language of every page, of the original's where there is no other;
        and the number of a part, 0 of what is not counted."""
        own = self._course.language
        found = [
            (
                each.page if each.language == own else self._to_root + each.page,
                each.title,
                each.language,
                each.number if isinstance(each, Part) else 0,
            )
            for each in self._course.texts
        ]
        return [*found, (SOURCES_PAGE, self._own.say("sources_page"), own, 0)]

    def _languages(self, name: str) -> list[tuple[str, str, str]]:
        """Tag, own name and address of each language that the page exists in."""
        original = self._others[0]
        return [
            (
                each.language,
                self._words[each.language].name,
                self._to_root + ("" if each is original else f"{each.language}/") + name,
            )
            for each in self._others
            if has_page(each, name)
        ]

    def _untranslated(self, name: str) -> list[tuple[str, str, str]]:
        """Tag, direction and sentence for each language that the page does not exist in."""
        return [
            (
                each.language,
                self._words[each.language].direction,
                self._words[each.language].say("untranslated", language=self._own.name),
            )
            for each in self._others
            if not has_page(each, name)
        ]


@cache
def _environment() -> Environment:
    """The templates, each compiled once for all courses."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.jinja2")


def has_page(course: Course, name: str) -> bool:
    """Whether a page exists in the language of a course."""
    return name == SOURCES_PAGE or any(
        each.page == name and each.language == course.language for each in course.texts
    )
