"""Questions in and out: a file is read and reported on before anything of it is kept."""

import re
import secrets
from collections import Counter
from datetime import timedelta

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.response import Response
from pyramid.view import view_config, view_defaults

from assessments.bank import categories, formats
from assessments.bank.editor import Upload
from assessments.bank.layouts import LAYOUTS
from assessments.bank.refusals import BankRefused
from assessments.bank.take import entries_of, take
from assessments.exchange import gift
from assessments.exchange.entries import Entry, Kind, Taken, Unreadable
from assessments.exchange.work import Work
from assessments.quizzes.exchange import bring
from assessments.resources import Bank, BankImport, Category
from assessments.views.bank_page import (
    author,
    bank_of,
    done,
    edited,
    find_category,
    now,
    page,
    places,
    posted,
    seen,
    shown_path,
    tell,
)

_ = TranslationStringFactory("tutela")

KEPT = timedelta(days=1)
"""How long a file waits for its author to decide."""
LARGEST = 50_000_000
"""Bytes of a file of questions."""


@view_defaults(context=Bank, name="import", permission="bank:edit")
class ImportViews:
    """``/bank/import``: a file is sent in; ``/bank/import/<id>``: what it would bring."""

    def __init__(self, context: Bank, request):
        self.bank = context
        self.request = request

    @view_config(request_method="GET", renderer="assessments:templates/bank/import.jinja2")
    def show(self):
        if self.request.subpath:
            waiting = self._waiting()
            self.request.override_renderer = "assessments:templates/bank/report.jinja2"
            return self._report(waiting)
        return self._form({"category": self.request.GET.get("in", "")}, {})

    @view_config(request_method="POST", renderer="assessments:templates/bank/import.jinja2")
    def sent(self):
        """Read the file, and keep it until the author has seen the report."""
        if self.request.subpath:
            return self._decided(self._waiting())
        given = posted(self.request)
        upload = given.get("upload:questions")
        category = str(given.get("category", ""))
        path = categories.split_path(str(given.get("path", "")))
        if not path and find_category(self.request, category, "item:edit") is None:
            problem = _("Choose a category, or write the name of a new one.")
            return self._form(given, {"category": problem})
        if not isinstance(upload, Upload):
            return self._form(given, {"questions": _("Choose a file first.")})
        if len(upload.content) > LARGEST:
            return self._form(given, {"questions": _("This file is too large.")})
        try:
            formats.read(upload.content, upload.name, Work())
        except Unreadable as unreadable:
            return self._form(given, {"questions": unreadable.message}, unreadable.line)
        made = self._keep(upload, category, path)
        return HTTPSeeOther(self.request.resource_url(self.bank, "import", made.__name__))

    def _form(self, given, errors, line=0):
        if errors:
            self.request.response.status_int = 400
        return page(
            self.request,
            errors=errors,
            line=line,
            category=str(given.get("category", "")),
            path_text=str(given.get("path", "")),
            places=places(self.request, edited(self.request)),
            labels=[each.label for each in formats.READ.values()],
        )

    def _keep(self, upload: Upload, category: str, path: tuple[str, ...]) -> BankImport:
        mine = author(self.request)
        for key, old in list(self.bank.imports.items()):
            if old.owner == mine or old.created < now() - KEPT:
                del self.bank.imports[key]
        made = BankImport(
            secrets.token_hex(8), upload.name, upload.content, mine, category, path, now()
        )
        self.bank.imports[made.__name__] = made
        return made

    def _waiting(self) -> BankImport:
        """What the address names, when it is theirs."""
        found = self.bank.imports.get(self.request.subpath[0])
        if found is None or found.owner != author(self.request):
            raise HTTPNotFound
        return found

    def _report(self, waiting: BankImport):
        form, taken = formats.read(waiting.read(), waiting.file, Work())
        category = self.bank.get(waiting.category)
        path = list(shown_path(self.request, category)) if not waiting.path else []
        return page(
            self.request,
            waiting=waiting,
            form=formats.READ[form].label,
            where=" / ".join([*(each.name for each in path), *waiting.path]),
            **report_values(taken, codes_in(self.bank, self._target(waiting))),
        )

    def _target(self, waiting: BankImport) -> Category | None:
        """The category that the questions go into, when it is there."""
        if waiting.path:
            return categories.find(self.bank, waiting.path)
        return find_category(self.request, waiting.category, "item:edit")

    def _decided(self, waiting: BankImport):
        """Take the questions, or put the file away."""
        del self.bank.imports[waiting.__name__]
        if self.request.POST.get("do") != "take":
            return done(self.request, _("Nothing was taken from the file."), self.bank)
        _form, taken = formats.read(waiting.read(), waiting.file, Work())
        try:
            category = self._target(waiting)
            if category is None or waiting.path:
                category = categories.at(
                    self.bank,
                    waiting.path,
                    owner=author(self.request),
                    may=edited(self.request),
                )
            words = taken_words(self.request, self.bank, taken, category)
        except BankRefused as refused:
            self.request.tm.doom()
            return refused_page(self.request, refused, self.bank, "import")
        return done(self.request, words, category)


def refused_page(request, refused: BankRefused, *place):
    tell(request, refused.message, "wrong")
    return HTTPSeeOther(request.resource_url(*place))


def taken_words(request, bank: Bank, taken: Taken, category: Category):
    """Take the questions of a file into a category, and make quizzes of its tests; what to say
    about it."""
    found = take(bank, taken.entries, category, now(), author(request), may=edited(request))
    bring(
        request.registry["assessments.quizzes"](request),
        taken.tests,
        found.items,
        now=now(),
        owner=author(request),
        untitled=request.localizer.translate(_("Quiz")),
    )
    return _(
        "Questions that are new: ${added}. That got a new version: ${changed}. That were like this "
        "already: ${same}.",
        {"added": len(found.added), "changed": len(found.changed), "same": len(found.same)},
    )


def codes_in(bank: Bank, category: Category | None) -> frozenset[str]:
    """The codes of the questions of a category and what lies in it."""
    if category is None:
        return frozenset()
    return frozenset(
        item.code
        for each in categories.below(bank, category)
        for item in each.items.values()
        if item.code
    )


def report_values(taken: Taken, codes: frozenset[str]) -> dict:
    """What a file would bring, for a page: how many of each type, each question, each remark."""
    counted = Counter(entry.question.kind for entry in taken.entries)
    remarks = sorted(taken.remarks, key=lambda remark: (remark.file, remark.line))
    return {
        "taken": taken,
        "counts": [(kind, counted[kind]) for kind in LAYOUTS if counted[kind]],
        "left_out": [each for each in remarks if each.kind is Kind.LEFT_OUT],
        "changed": [each for each in remarks if each.kind is Kind.CHANGED],
        "known": codes & {entry.code for entry in taken.entries},
        "join": categories.join_path,
    }


@view_defaults(context=Category)
class ExchangeViews:
    """``/bank/<category>/gift`` and ``export``."""

    def __init__(self, context: Category, request):
        self.category = context
        self.request = request

    @view_config(
        name="gift",
        request_method="GET",
        permission="item:edit",
        renderer="assessments:templates/bank/gift.jinja2",
    )
    def write(self):
        return self._gift("", None, None)

    @view_config(
        name="gift",
        request_method="POST",
        permission="item:edit",
        renderer="assessments:templates/bank/gift.jinja2",
    )
    def read(self):
        """See what the text gives, or take it."""
        text = self.request.POST.get("text", "")
        try:
            taken = gift.read(text.encode(), Work())
        except Unreadable as unreadable:
            return self._gift(text, None, unreadable.message, unreadable.line)
        if self.request.POST.get("do") != "take" or not taken.entries:
            return self._gift(text, taken, None)
        bank = bank_of(self.request)
        try:
            words = taken_words(self.request, bank, taken, self.category)
        except BankRefused as refused:
            self.request.tm.doom()
            return self._gift(text, taken, refused.message)
        return done(self.request, words, self.category)

    def _gift(self, text: str, taken: Taken | None, problem, line=0):
        if problem:
            self.request.response.status_int = 400
        codes = codes_in(bank_of(self.request), self.category)
        return page(
            self.request,
            category=self.category,
            path=shown_path(self.request, self.category),
            text=text,
            problem=problem,
            line=line,
            **(report_values(taken, codes) if taken else {"taken": None}),
        )

    @view_config(
        name="export",
        request_method="GET",
        permission="item:use",
        renderer="assessments:templates/bank/export.jinja2",
    )
    def export(self):
        """What a file in a format would hold, and what it could not say."""
        form = self.request.GET.get("format", "")
        entries = self._entries()
        found = formats.WRITTEN.get(form)
        return page(
            self.request,
            category=self.category,
            path=shown_path(self.request, self.category),
            count=len(entries),
            formats=formats.WRITTEN,
            form=form if found else "",
            remarks=found.write(entries)[1] if found else (),
        )

    @view_config(name="download", request_method="GET", permission="item:use")
    def download(self):
        form = self.request.GET.get("format", "")
        return written(form, self._entries(), self.category.name)

    def _entries(self) -> list[Entry]:
        bank = bank_of(self.request)
        return list(entries_of(bank, self.category, may=seen(self.request)))


def written(form: str, entries: list[Entry], name: str) -> Response:
    """A file of questions.

    :raises HTTPNotFound: for a format that is not written
    """
    found = formats.WRITTEN.get(form)
    if found is None:
        raise HTTPNotFound
    content, _remarks = found.write(entries)
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower() or "questions"
    response = Response(
        content,
        content_type=found.type,
        content_disposition=f'attachment; filename="{stem}.{found.ending}"',
    )
    response.charset = None if found.type == "application/zip" else "utf-8"
    return response
