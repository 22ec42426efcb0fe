"""Issuing an award to many, or to one: who would get it is seen before anything is issued."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from certificates import batches
from certificates.events import WorkAsked
from certificates.issuing import CertificateRefused
from certificates.resources import Award
from lms.services import awards, granting
from lms.services.awards import Candidate
from lms.views.award_words import missing_lines

_ = TranslationStringFactory("tutela")

PER_PAGE = 50
GROUP_NAMES = {
    "ready": _("Have earned it"),
    "lack": _("Have not earned it"),
    "revoked": _("Had one that was revoked"),
    "have": _("Have it"),
}


@view_defaults(
    context=Award,
    name="issue",
    permission="certificate:issue",
    renderer="lms:templates/people/issue.jinja2",
)
class IssueViews:
    """``/certificates/awards/<id>/issue``."""

    def __init__(self, context: Award, request):
        self.award = context
        self.request = request
        self.say = request.localizer.translate
        self.now = datetime.now(UTC)
        self.title = request.registry["certificates.award_called"](request, context)

    def _page(self, problem: str | None = None) -> dict:
        preview = granting.preview(self.request.root, self.award, self.now)
        show = self.request.params.get("show", "ready")
        show = show if show in granting.GROUPS else "ready"
        group = preview.group(show)
        pages = max(1, -(-len(group) // PER_PAGE))
        text = self.request.GET.get("page", "1")[:6]
        at = min(max(1, int(text) if text.isascii() and text.isdecimal() else 1), pages)
        if problem is not None:
            self.request.response.status_int = 400
        return {
            "award": self.award,
            "title": self.title,
            "groups": [
                (name, self.say(GROUP_NAMES[name]), len(preview.group(name)))
                for name in granting.GROUPS
            ],
            "show": show,
            "rows": [self._row(each) for each in group[(at - 1) * PER_PAGE : at * PER_PAGE]],
            "count": len(group),
            "ticket": granting.ticket(
                self.request.root, self.award, [each.person.id for each in preview.ready]
            ),
            "number": at,
            "pages": pages,
            "address": lambda **query: self.request.resource_url(
                self.award, "issue", query={"show": show, **query}
            ),
            "reason": self.request.POST.get("reason", ""),
            "chosen": self.request.POST.getall("person") if self.request.method == "POST" else [],
            "needs_reason": show in ("lack", "revoked"),
            "problem": problem,
        }

    def _row(self, candidate: Candidate) -> dict:
        lacks = missing_lines(self.request, self.award, candidate.unmet, candidate.facts)
        if ("completed",) in candidate.unmet:
            lacks.insert(0, self.say(_("Has not completed the course.")))
        held = candidate.certificate
        return {
            "person": candidate.person,
            "lacks": lacks,
            "certificate": None if held is None else self.request.resource_url(held),
        }

    @view_config(request_method="GET")
    def show(self):
        """Who has earned it, who has not and what they lack, who has it."""
        return self._page()

    @view_config(request_method="POST")
    def issue(self):
        """Begin the batch for all who were seen to have earned it, or for those who are ticked."""
        sent = self.request.POST
        if sent.get("which") == "all":
            try:
                chosen = granting.shown_by(self.request.root, self.award, sent.get("ticket", ""))
            except granting.ListChanged:
                words = _("The list has changed since you opened this page. Look again.")
                return self._page(self.say(words))
            reason = ""
        else:
            ticked = self._ticked()
            chosen, reason = list(ticked), sent.get("reason", "")
            if set(ticked.values()) - {"ready"} and not reason.strip():
                return self._page(self.say(_("Say why it is issued all the same.")))
        if not chosen:
            return self._page(self.say(_("Tick at least one person.")))
        try:
            batch = batches.begin(
                self.request.root.certificates,
                "issue",
                chosen,
                by=self.request.identity.id,
                now=self.now,
                reason=reason,
                award=self.award.__name__,
                title=self.title,
            )
        except CertificateRefused as refused:
            return self._page(refused.said(self.say))
        self.request.registry.notify(WorkAsked(batch, self.request))
        return HTTPSeeOther(self.request.resource_url(batch))

    def _ticked(self) -> dict[str, str]:
        """The group of each who is ticked and can be issued one, by id."""
        root, sent = self.request.root, dict.fromkeys(self.request.POST.getall("person"))
        concerned = set(awards.concerned(root, self.award)) if sent else set()
        people = [root.people.get(each) for each in sent if each in concerned]
        found = {
            each.id: granting.group_of(awards.candidate(root, self.award, each, self.now), self.now)
            for each in people
            if each is not None
        }
        return {each: group for each, group in found.items() if group != "have"}
