"""One question of the bank: as a learner sees it, its versions, where it is asked, its settings."""

import secrets
from random import Random

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.response import Response
from pyramid.view import view_config, view_defaults

from assessments.attempts.result import shown_mark
from assessments.bank import items, usage
from assessments.bank.compare import differences
from assessments.bank.fields import Field, laid_out, read, shown
from assessments.bank.refusals import BankRefused
from assessments.bank.translating import direction
from assessments.questions.base import Question
from assessments.questions.texts import in_language
from assessments.resources import Item, ItemVersion
from assessments.views.bank import quizzes_of
from assessments.views.bank_page import (
    STATES,
    author,
    bank_of,
    done,
    edited,
    find_category,
    now,
    page,
    places,
    posted,
    shown_path,
    tell,
)
from assessments.views.rendering import render_question

_ = TranslationStringFactory("tutela")

PREFIX = "try"
SEEDS = 10**9
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a file may do that is opened by itself: an SVG is a document, and could hold a script."""


@view_defaults(context=Item, permission="item:use")
class ItemViews:
    """``/bank/<category>/<item>``."""

    def __init__(self, context: Item, request):
        self.item = context
        self.request = request

    @view_config(request_method="GET", renderer="assessments:templates/bank/item.jinja2")
    def show(self):
        """The question as a learner sees it, to be tried out; and all that is known of it."""
        return self._page(self._preview({}))

    @view_config(
        name="try", request_method="POST", renderer="assessments:templates/bank/item.jinja2"
    )
    def try_out(self):
        """What the answer would be worth. Nothing of it is kept."""
        return self._page(self._preview(self.request.POST, tried=True))

    def _page(self, preview, errors=None, texts=None):
        item = self.item
        quizzes = quizzes_of(self.request)
        found = usage.uses(quizzes, item)
        asked = usage.asked_in(quizzes, item)
        form = settings_form(self.request, item)
        return page(
            self.request,
            item=item,
            version=preview["version"],
            path=shown_path(self.request, item.category),
            preview=preview,
            uses=found,
            asked=asked,
            facility=usage.facility(quizzes, item) if asked[item.current.number] else None,
            share=lambda fraction: shown_mark(fraction * 100),
            form=laid_out(form, texts or shown(form, settings_of(item))),
            errors=errors or {},
            editable=self.request.has_permission("item:edit", item),
            mine=places(self.request, edited(self.request)),
            removable=not found and not asked,
        )

    def _preview(self, given, tried: bool = False):
        version = self._version(given.get("version") or self.request.GET.get("version", ""))
        language = given.get("language") or self.request.GET.get("language", "")
        return previewed(self.request, version, given, language=language, tried=tried)

    def _version(self, number: str) -> ItemVersion:
        if not number:
            return self.item.current
        found = self.item.version(number_of(number))
        if found is None:
            raise HTTPNotFound
        return found

    @view_config(
        name="describe",
        request_method="POST",
        permission="item:edit",
        renderer="assessments:templates/bank/item.jinja2",
    )
    def describe(self):
        """Code, tags, state and category: they make no version."""
        form, texts = settings_form(self.request, self.item), posted(self.request)
        values, errors = read(form, texts, {})
        if errors:
            self.request.response.status_int = 400
            return self._page(self._preview({}), errors, texts)
        items.describe(
            self.item,
            code=values["code"],
            tags=values["tags"].split(","),
            state=values["state"],
        )
        category = find_category(self.request, values["category"], "item:edit")
        if category is not None and category is not self.item.category:
            items.place(self.item, category)
        return done(self.request, _("The question’s settings are saved."), self.item)

    @view_config(name="duplicate", request_method="POST")
    def duplicate(self):
        """A new question that begins like this one, here or in a category of one's own."""
        category = self.item.category
        assert category is not None
        if not edited(self.request)(category):
            category = find_category(
                self.request, self.request.POST.get("category", ""), "item:edit"
            )
        if category is None:
            tell(self.request, _("Choose a category first."), "wrong")
            return HTTPSeeOther(self.request.resource_url(self.item))
        made = items.duplicate(
            bank_of(self.request), self.item, category, now=now(), by=author(self.request)
        )
        words = _("This is the copy. It is a draft until you make it ready.")
        return done(self.request, words, made, "edit")

    @view_config(
        name="versions",
        request_method="GET",
        renderer="assessments:templates/bank/versions.jinja2",
    )
    def versions(self):
        """All versions, and what is different between two of them."""
        given = self.request.GET
        newest = self.item.current
        new = self._version(given.get("new", ""))
        default = str(max(self.item.versions[0].number, new.number - 1))
        old = self._version(given.get("old", default))
        return page(
            self.request,
            item=self.item,
            path=shown_path(self.request, self.item.category),
            versions=self.item.versions[::-1],
            asked=usage.asked_in(quizzes_of(self.request), self.item),
            old=old,
            new=new,
            newest=newest,
            differences=differences(old, new),
            editable=self.request.has_permission("item:edit", self.item),
        )

    @view_config(name="restore", request_method="POST", permission="item:edit")
    def restore(self):
        """An older version becomes the newest."""
        number = self.request.POST.get("version", "")
        try:
            version = items.restore(
                self.item,
                number_of(number),
                now=now(),
                by=author(self.request),
            )
        except BankRefused as refused:
            tell(self.request, refused.message, "wrong")
            return HTTPSeeOther(self.request.resource_url(self.item, "versions"))
        if version is None:
            return done(self.request, _("The newest version is like this already."), self.item)
        words = _("Version ${number} is the newest now.", {"number": version.number})
        return done(self.request, words, self.item)

    @view_config(
        name="remove",
        request_method="GET",
        permission="item:edit",
        renderer="assessments:templates/bank/item_remove.jinja2",
    )
    def ask_remove(self):
        return page(
            self.request,
            item=self.item,
            path=shown_path(self.request, self.item.category),
            used=self._used(),
        )

    @view_config(name="remove", request_method="POST", permission="item:edit")
    def remove(self):
        category = self.item.category
        try:
            items.remove(bank_of(self.request), self.item, used=self._used())
        except BankRefused as refused:
            tell(self.request, refused.message, "wrong")
            return HTTPSeeOther(self.request.resource_url(self.item, "remove"))
        words = _("The question ${name} is removed.", {"name": self.item.current.name})
        return done(self.request, words, category)

    def _used(self) -> bool:
        quizzes = quizzes_of(self.request)
        named = usage.counted(quizzes)[self.item.__name__]
        return bool(named or usage.asked_in(quizzes, self.item))

    @view_config(name="file", request_method="GET")
    def file(self):
        """A file of a version: ``file/<number>/<name>``."""
        number, name = (*self.request.subpath, "", "")[:2]
        file = self._version(number).files.get(name) if number else None
        if file is None:
            raise HTTPNotFound
        return file_response(file.type, file.read())


def number_of(text: str) -> int:
    """The number of a version; 0, which none has, for what is no such number."""
    return int(text) if len(text) < 10 and text.isdecimal() else 0


def file_response(media_type: str, content: bytes) -> Response:
    """A file that an author sent in: shown in a page, and harmless when opened by itself."""
    shown_here = media_type.split("/")[0] in ("image", "audio", "video")
    response = Response(
        content, content_type=media_type if shown_here else "application/octet-stream"
    )
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def settings_form(request, item: Item):
    """What is said about a question beside its text."""
    there = places(request, edited(request))
    assert item.category is not None
    if item.category.__name__ not in dict(there):
        there.insert(0, (item.category.__name__, item.category.name))
    return (
        Field("state", _("State"), "choose", options=tuple(STATES.items())),
        Field("tags", _("Tags"), hint=_("Words to find it by, with commas between them.")),
        Field(
            "code",
            _("Code"),
            hint=_("Your own short name for it. An import with the same code makes a new version."),
        ),
        Field("category", _("Category"), "choose", options=tuple(there)),
    )


def settings_of(item: Item) -> dict:
    assert item.category is not None
    return {
        "state": item.state,
        "tags": ", ".join(item.tags),
        "code": item.code,
        "category": item.category.__name__,
    }


def previewed(request, version: ItemVersion, given, *, language: str, tried: bool) -> dict:
    """A version as a learner sees it."""
    question = version.question
    item = version.item

    def file_url(name: str) -> str:
        return request.resource_url(item, "file", str(version.number), name)

    found = preview(request, question, given, file_url, language=language, tried=tried)
    return {"version": version, **found}


def preview(request, question: Question, given, file_url, *, language: str, tried: bool) -> dict:
    """A question as a learner sees it, with what an answer to it is worth.

    :param given: fields of the form that it is tried out with
    """
    languages = sorted(question.translations)
    language = language if language in question.translations else ""
    found = {"languages": languages, "language": language, "problems": question.problems()}
    if found["problems"]:
        return found
    text = given.get("seed", "")
    seed = int(text[:9]) if text.isascii() and text.isdecimal() else secrets.randbelow(SEEDS)
    question = in_language(question, language)
    arrangement = question.arrange(Random(seed))  # noqa: S311 (an order, no secret)
    asked = question.ask(arrangement)
    fields = {
        name.removeprefix(f"{PREFIX}-"): given.getall(name)
        for name in dict.fromkeys(given)
        if name.startswith(f"{PREFIX}-")
    }
    response = asked.read(fields)
    marked = question.mark_response(response, arrangement) if tried else None
    right = question.right_response(arrangement) if question.answerable else None
    return {
        **found,
        "seed": seed,
        "html": render_question(
            request,
            asked.for_learner(),
            prefix=PREFIX,
            values=asked.fields(response),
            file_url=file_url,
            number="1" if question.answerable else "",
            lang=question.language,
            direction=direction(question.language) if question.language else "",
        ),
        "marked": marked,
        "answered": bool(response),
        "right": question.summary(right, arrangement) if right is not None else "",
        "answerable": question.answerable,
        "automatic": question.automatic,
    }
