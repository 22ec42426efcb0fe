"""The questions of a quiz: put in from the bank or by chance, moved, marked, taken out."""

from dataclasses import replace

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from assessments.bank import fields, items, search, usage
from assessments.bank.fields import Field
from assessments.bank.layouts import LAYOUTS
from assessments.bank.search import Wanted
from assessments.quizzes import arranging, checks, editing
from assessments.quizzes import sections as plan
from assessments.quizzes.plan import Section, Slot
from assessments.quizzes.refusals import QuizRefused
from assessments.resources import Quiz
from assessments.views.bank_page import (
    author,
    bank_of,
    done,
    find_item,
    now,
    places,
    posted,
    seen,
    tell,
)
from assessments.views.quiz_page import labels, page, quizzes_of

_ = TranslationStringFactory("tutela")

PER_PAGE = 50
MOST_BY_CHANCE = 100
"""Questions of chance that are put in at once."""
STATES = ("ready", "draft")
"""What may be put into a quiz: what is retired is not chosen any more."""


@view_defaults(context=Quiz, permission="quiz:edit")
class QuestionsViews:
    """``/quizzes/<quiz>/questions``, ``add`` and ``chance``."""

    def __init__(self, context: Quiz, request):
        self.quiz = context
        self.request = request
        self.bank = bank_of(request)
        self.sections = plan.sections_of(context)

    # The sections and what is in them

    @view_config(
        name="questions",
        request_method="GET",
        renderer="assessments:templates/quizzes/questions.jinja2",
    )
    def show(self):
        return self._questions(self.sections, arranging.opened(self.sections), {}, [])

    @view_config(
        name="questions",
        request_method="POST",
        renderer="assessments:templates/quizzes/questions.jinja2",
    )
    def arrange(self):
        """Keep what is typed, and do what the button says that sent the form."""
        texts = posted(self.request)
        button = str(texts.get("do", "save"))
        sections, errors = arranging.read(texts, self.sections)
        errors |= self._unreadable(sections)
        if errors:
            return self._questions(self.sections, texts, errors, [])
        try:
            sections = arranging.act(sections, button)
        except QuizRefused as refused:
            return self._questions(self.sections, texts, {}, [refused.message])
        changed = plan.keep(self.quiz, sections, now())
        what, _colon, key = button.partition(":")
        if what in ("add", "chance"):
            query = {"section": key}
            return HTTPSeeOther(self.request.resource_url(self.quiz, what, query=query))
        if what == "save" and changed:
            tell(self.request, _("The questions are saved."))
        place = f"slot-{key}" if what in ("up", "down") else f"section-{key}" if key else ""
        return HTTPSeeOther(self.request.resource_url(self.quiz, "questions", anchor=place))

    def _unreadable(self, sections) -> dict:
        """Another version of a question that its author keeps private is not to be had by it."""
        before = {slot.id: slot.version for slot in plan.slots(self.sections)}
        return {
            f"version-{slot.id}": _("Choose one of the versions.")
            for slot in plan.slots(sections)
            if slot.version != before[slot.id]
            and slot.item in self.bank.items
            and find_item(self.request, slot.item, "item:use") is None
        }

    def _questions(self, sections, texts, errors, problems):
        if errors or problems:
            self.request.response.status_int = 400
        numbers = {slot.id: place for place, slot in enumerate(plan.slots(sections), 1)}
        least, most = checks.total(self.bank, sections)
        return page(
            self.request,
            quiz=self.quiz,
            sections=[self._section(section, texts) for section in sections],
            findings=checks.check(self.bank, sections),
            numbers=numbers,
            least=least,
            most=most,
            errors=errors,
            problems=problems,
            labels=self._labels(sections),
            begun=editing.begun(self.quiz),
        )

    def _labels(self, sections) -> dict[str, str]:
        """What the fields are called where something is wrong in them."""
        say = self.request.localizer.translate
        found = {}
        for place, section in enumerate(sections, 1):
            for part in arranging.HEADING:
                words = _(
                    "Section ${number}: ${field}", {"number": place, "field": say(part.label)}
                )
                found[f"{part.name}-{section.id}"] = say(words)
        for place, slot in enumerate(plan.slots(sections), 1):
            for name in ("mark", "version"):
                found[f"{name}-{slot.id}"] = say(_("Question ${number}", {"number": place}))
        return found

    def _section(self, section: Section, texts) -> dict:
        named = {
            part.name: texts.get(f"{part.name}-{section.id}", "") for part in arranging.HEADING
        }
        shown = fields.laid_out(arranging.HEADING, named)
        heading = [replace(each, name=f"{each.name}-{section.id}") for each in shown]
        return {
            "section": section,
            "heading": heading,
            "slots": [self._slot(slot, texts) for slot in section.slots],
        }

    def _slot(self, slot: Slot, texts) -> dict:
        item = self.bank.items.get(slot.item) if slot.item else None
        category = self.bank.get(slot.category) if slot.category else None
        version = None if item is None else item.version(slot.version) or item.current
        asked = version is None or version.question.answerable
        return {
            "slot": slot,
            "item": item,
            "version": version,
            "category": category,
            "there": checks.available(self.bank, slot) if slot.category else 0,
            "url": self._address(item),
            "marked": asked,
            "own_mark": None if version is None else version.question.mark,
            "mark": texts.get(f"mark-{slot.id}", ""),
            "pinned": texts.get(f"version-{slot.id}", ""),
        }

    def _address(self, item) -> str:
        """Where an author may look at an item."""
        if item is None or not self.request.has_permission("item:use", item):
            return ""
        return self.request.resource_url(item)

    # From the bank

    @view_config(
        name="add",
        request_method="GET",
        renderer="assessments:templates/quizzes/choose.jinja2",
    )
    def choose(self):
        """The questions of the bank that may be asked, to be ticked."""
        given = self.request.GET
        wanted = Wanted(
            words=given.get("words", ""),
            kind=given.get("kind", ""),
            tag=given.get("tag", ""),
            state=given.get("state") if given.get("state") in STATES else "ready",
            sort=given.get("sort", "name"),
        )
        chosen = given.get("category", "")
        found = [
            item
            for category in self.bank.categories()
            if seen(self.request)(category)
            and (not chosen or chosen in {each.__name__ for each in category.path()})
            for item in category.items.values()
        ]
        used = usage.counted(quizzes_of(self.request))
        fitting = search.find(found, wanted, used)
        pages = max(1, -(-len(fitting) // PER_PAGE))
        text = given.get("page", "1")[:6]
        number = min(max(1, int(text) if text.isdecimal() else 1), pages)

        def address(**changes) -> str:
            query = {**given, **changes}
            query = {key: each for key, each in query.items() if each}
            return self.request.resource_url(self.quiz, "add", query=query)

        return page(
            self.request,
            quiz=self.quiz,
            section=given.get("section", ""),
            wanted=wanted,
            category=chosen,
            categories=places(self.request, seen(self.request)),
            tags=search.tags_of(found),
            kinds=[(kind, layout.label) for kind, layout in LAYOUTS.items()],
            states=STATES,
            rows=fitting[(number - 1) * PER_PAGE : number * PER_PAGE],
            used=used,
            bank=self.bank,
            total=len(found),
            count=len(fitting),
            there={slot.item for slot in plan.slots(self.sections)},
            address=address,
            number_of_page=number,
            pages=pages,
        )

    @view_config(name="add", request_method="POST")
    def add(self):
        """Put in what is ticked; each item is authorised by its own category."""
        ticked = self.request.POST.getall("item")[: plan.MOST_SLOTS]
        found = [
            key
            for key in ticked
            if (item := find_item(self.request, key, "item:use")) is not None
            and item.state in STATES
        ]
        section = self.request.POST.get("section", "")
        if not found:
            tell(self.request, _("Tick the questions first that the quiz is to ask."), "wrong")
            query = {"section": section}
            return HTTPSeeOther(self.request.resource_url(self.quiz, "add", query=query))
        try:
            sections = plan.add_items(self.sections, section, found)
        except QuizRefused as refused:
            return done(self.request, refused.message, self.quiz, "questions")
        plan.keep(self.quiz, sections, now())
        return done(self.request, _("The questions are in the quiz."), self.quiz, "questions")

    # By chance

    @view_config(
        name="chance",
        request_method="GET",
        renderer="assessments:templates/quizzes/chance.jinja2",
    )
    def ask_chance(self):
        texts = fields.shown(self._chance_form(), {"count": 1})
        return self._chance(texts, {}, self.request.GET.get("section", ""))

    @view_config(
        name="chance",
        request_method="POST",
        renderer="assessments:templates/quizzes/chance.jinja2",
    )
    def add_chance(self):
        """Put in questions of chance, or say how many there are to draw them from."""
        texts = posted(self.request)
        section = str(texts.get("section", ""))
        values, errors = fields.read(self._chance_form(), texts, {})
        if errors:
            return self._chance(texts, errors, section)
        drawn = Slot(
            "",
            category=values["category"],
            below=values["below"],
            tags=items.clean_tags(values["tags"].split(",")),
            by=author(self.request),
        )
        there = checks.available(self.bank, drawn)
        if texts.get("do") == "count":
            return self._chance(texts, {}, section, there)
        if not 0 < values["count"] <= MOST_BY_CHANCE:
            errors["count"] = _("Write a number from 1 to ${most}.", {"most": MOST_BY_CHANCE})
        if values["mark"] <= 0:
            errors["mark"] = _("Write a number above 0.")
        if errors:
            return self._chance(texts, errors, section, there)
        try:
            sections = plan.add_chance(
                self.sections,
                section,
                count=values["count"],
                category=drawn.category,
                below=drawn.below,
                tags=drawn.tags,
                mark=values["mark"],
                by=drawn.by,
            )
        except QuizRefused as refused:
            return self._chance(texts, {"count": refused.message}, section, there)
        if not checks.enough(self.bank, sections):
            words = _(
                "These are too few. Questions like this: ${there}. Other places of the quiz may "
                "ask some of them. Write a smaller number, or write more questions first.",
                {"there": there},
            )
            return self._chance(texts, {"count": words}, section, there)
        plan.keep(self.quiz, sections, now())
        words = _("The questions of chance are in the quiz.")
        return done(self.request, words, self.quiz, "questions")

    def _chance(self, texts, errors, section: str, there: int | None = None):
        if errors:
            self.request.response.status_int = 400
        shown = fields.laid_out(self._chance_form(), texts)
        return page(
            self.request,
            quiz=self.quiz,
            form=shown,
            errors=errors,
            labels=labels(shown, self.request.localizer.translate),
            section=section,
            there=there,
        )

    def _chance_form(self) -> tuple[Field, ...]:
        """:returns: with every category that they may use, and how many questions it has"""
        by = author(self.request)
        found = [
            (key, f"{words} ({checks.available(self.bank, Slot('', category=key, by=by))})")
            for key, words in places(self.request, seen(self.request))
        ]
        return (
            Field("count", _("How many questions"), "whole", needed=True, size=8),
            Field(
                "category",
                _("Drawn from the category"),
                "choose",
                _("With it stands how many questions it has that are ready."),
                options=tuple(found) or (("", _("There is none")),),
                needed=True,
            ),
            Field("below", _("Also from the categories that lie in it"), "tick", empty=True),
            Field(
                "tags",
                _("Only with these tags"),
                hint=_("With commas between them. A question must have all of them."),
            ),
            Field(
                "mark",
                _("Mark for each"),
                "fraction",
                _("Also as 1/3."),
                needed=True,
                size=8,
            ),
        )
