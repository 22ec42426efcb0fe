"""``/certificates/all``: every certificate, for admins; found, exported, changed in bulk."""

import csv
import io
from datetime import UTC, date, datetime

from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from certificates import batches, codes, listing, wording
from certificates.events import ListExported, WorkAsked
from certificates.issuing import CertificateRefused
from certificates.listing import Row, Wish, plain_cell
from certificates.resources import Certificates, Listing
from certificates.standing import Status
from certificates.views.page import HEADERS, download, page
from certificates.views.words import ERASED, KINDS, STATUSES

_ = TranslationStringFactory("tutela")

PER_PAGE = 50
FILTERS = ("words", "award", "kind", "status", "centre", "first", "last", "days")
"""The fields of the form above the list."""
LONGEST_PURPOSE = 500
ACTIONS = {
    "revoke": _("Revoke"),
    "suspend": _("Suspend"),
    "resume": _("Let them hold again"),
    "zip": _("Make PDFs, as one zip"),
}
COLUMNS = (
    "code", "title", "kind", "award", "who", "issued", "valid_until", "status",
)  # fmt: skip


def day(text: str) -> date | None:
    """A day as browsers send it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number(text: str, most: int = 99_999) -> int | None:
    return min(int(text[:9]), most) if text.isascii() and text.isdecimal() else None


@view_defaults(context=Listing, permission="certificate:list")
class ListingViews:
    """The list and what is done from it."""

    def __init__(self, context: Listing, request):
        self.context = context
        self.request = request
        self.certificates: Certificates = context.__parent__
        self.say = request.localizer.translate
        self.now = datetime.now(UTC)
        self.sent = request.POST if request.method == "POST" else request.GET

    def _texts(self) -> dict[str, str]:
        """What the filters say, without those that say nothing."""
        typed = {name: self.sent.get(name, "").strip()[:200] for name in FILTERS}
        return {name: text for name, text in typed.items() if text}

    def _wish(self) -> Wish:
        texts = self._texts()
        learners = None
        if "centre" in texts:
            learners = self.request.registry["certificates.holders_of"](
                self.request, texts["centre"]
            )
        return Wish(
            words=texts.get("words", ""),
            award=texts.get("award", ""),
            kind=texts.get("kind", ""),
            status=texts.get("status", ""),
            learners=learners,
            first=day(texts.get("first", "")),
            last=day(texts.get("last", "")),
            days=number(texts.get("days", "")),
            sort=self.sent.get("sort", "-issued"),
        )

    def _found(self) -> list[Row]:
        return listing.found(self.certificates, self._wish(), self.now)

    def _who(self, row: Row) -> str:
        if not row.learner_id:
            return self.say(ERASED)
        return self.request.registry["certificates.called"](self.request, row.learner_id)

    def _status(self, row: Row) -> Status:
        return row.status(self.now.isoformat(timespec="seconds"))

    def _day(self, moment: str) -> str:
        return wording.long_date(datetime.fromisoformat(moment), self.request.locale_name)

    def _address(self, *path: str, **query) -> str:
        kept = {**self._texts(), "sort": self.sent.get("sort", "-issued"), **query}
        return self.request.resource_url(self.context, *path, query=kept)

    def _awards(self) -> list[tuple[str, str]]:
        called = self.request.registry["certificates.award_called"]
        awards = self.certificates.awards.values()
        found = [(award.__name__, called(self.request, award)) for award in awards]
        return sorted(found, key=lambda pair: pair[1].casefold())

    def _page(self, **more) -> dict:
        return page(self.request, say=self.say, address=self._address, texts=self._texts(), **more)

    @view_config(request_method="GET", renderer="certificates:templates/all.jinja2")
    def show(self):
        """One page of the list; nothing but its rows is opened."""
        found = self._found()
        pages = max(1, -(-len(found) // PER_PAGE))
        at = min(max(1, number(self.request.GET.get("page", "")) or 1), pages)
        rows = [
            {
                "row": row,
                "url": self.request.resource_url(self.certificates, row.code),
                "issued": self._day(row.issued),
                "kind": self.say(KINDS.get(row.kind, row.kind)),
                "who": self._who(row),
                "status": self._status(row),
                "status_words": self.say(STATUSES[self._status(row)]),
                "ends": row.valid_until and self._day(row.valid_until),
            }
            for row in found[(at - 1) * PER_PAGE : at * PER_PAGE]
        ]
        return self._page(
            rows=rows,
            found=len(found),
            any=len(self.certificates) > 0,
            number=at,
            pages=pages,
            sort=self.request.GET.get("sort", "-issued"),
            awards=self._awards(),
            kinds={kind: self.say(words) for kind, words in KINDS.items()},
            statuses={status: self.say(words) for status, words in STATUSES.items()},
            actions=ACTIONS,
        )

    @view_config(
        name="export", request_method="GET", renderer="certificates:templates/export.jinja2"
    )
    def ask_purpose(self):
        return self._page(found=len(self._found()), purpose="")

    @view_config(
        name="export",
        request_method="POST",
        renderer="certificates:templates/export.jinja2",
        require_csrf=True,
    )
    def export(self):
        """The list as a file, when it is said what it is for: that is noted."""
        purpose, found = " ".join(self.sent.get("purpose", "").split()), self._found()
        if not purpose or len(purpose) > LONGEST_PURPOSE:
            words = self.say(_("Say in a few words what the table is for."))
            more = self._page(found=len(found), purpose=purpose)
            self.request.response.status_int = 400
            return {**more, "problem": words}
        self.request.registry.notify(ListExported(len(found), purpose, self.request))
        text = io.StringIO("\ufeff", newline="")
        text.seek(0, io.SEEK_END)
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for row in found:
            cells = (
                row.code, row.title, row.kind, row.award, self._who(row), row.issued,
                row.valid_until, self._status(row),
            )  # fmt: skip
            writer.writerow(map(plain_cell, cells))
        content = text.getvalue().encode()
        return download(content, "text/csv", "certificates.csv", charset="utf-8")

    def _concerned(self, what: str) -> tuple[list[Row], int]:
        """What was chosen, as far as it can be changed, and how many stay as they are."""
        if self.sent.get("which") == "all":
            rows = self._found()
        else:
            rows = listing.chosen(self.certificates, self.sent.getall("code"))
        concerned = [row for row in rows if self._status(row) in batches.CONCERNED[what]]
        return concerned, len(rows) - len(concerned)

    @view_config(
        name="change", request_method="GET", renderer="certificates:templates/change.jinja2"
    )
    def ask_reason(self):
        """What will happen, to how many, and how to undo it."""
        return self._change_page()

    @view_config(
        name="change",
        request_method="POST",
        renderer="certificates:templates/change.jinja2",
        require_csrf=True,
    )
    def change(self):
        """Begin the batch, when as many are concerned as the page said."""
        what = self._what()
        rows, _left = self._concerned(what)
        if str(len(rows)) != self.sent.get("count"):
            words = _("The list has changed since you opened this page. Look again.")
            return self._change_page(problem=self.say(words))
        try:
            batch = batches.begin(
                self.certificates,
                what,
                [row.code for row in rows],
                by=self.request.authenticated_userid or "",
                now=self.now,
                reason=self.sent.get("reason", ""),
                title=rows[0].title if len({row.title for row in rows}) == 1 else "",
            )
        except CertificateRefused as refused:
            return self._change_page(problem=refused.said(self.say))
        self.request.registry.notify(WorkAsked(batch, self.request))
        return HTTPSeeOther(self.request.resource_url(batch), headers=HEADERS)

    def _what(self) -> str:
        what = self.sent.get("what", "")
        if what not in ACTIONS:
            raise HTTPBadRequest
        return what

    def _change_page(self, problem: str | None = None) -> dict:
        what = self._what()
        rows, left = self._concerned(what)
        shown = self._page(
            what=what,
            rows=[
                (row.title, self._who(row), self._day(row.issued), codes.grouped(row.code))
                for row in rows[:PER_PAGE]
            ],
            count=len(rows),
            left=left,
            which="all" if self.sent.get("which") == "all" else "some",
            codes=[row.code for row in rows],
            reason=self.sent.get("reason", ""),
            needs_reason=what in batches.REASONED,
            sort=self.sent.get("sort", "-issued"),
        )
        if problem is not None:
            self.request.response.status_int = 400
        return {**shown, "problem": problem}
