"""Issuing an award to many, or to one: who would get it is seen before anything is issued."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from certificates import batches
from certificates.events import WorkAsked
from certificates.issuing import CertificateRefused
from certificates.resources import Award
from lms.services import granting
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
        self.preview = granting.preview(request.root, context, self.now)

    def _page(self, problem: str | None = None) -> dict:
        show = self.request.params.get("show", "ready")
        show = show if show in granting.GROUPS else "ready"
        group = self.preview.group(show)
        pages = max(1, -(-len(group) // PER_PAGE))
        text = self.request.GET.get("page", "1")[:6]
        at = min(max(1, int(text) if text.isascii() and text.isdecimal() else 1), pages)
        if problem is not None:
            self.request.response.status_int = 400
        return {
            "award": self.award,
            "title": self.title,
            "groups": [
                (name, self.say(GROUP_NAMES[name]), len(self.preview.group(name)))
                for name in granting.GROUPS
            ],
            "show": show,
            "rows": [self._row(each) for each in group[(at - 1) * PER_PAGE : at * PER_PAGE]],
            "count": len(group),
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
        """Begin the batch for all who have earned it, or for those who are ticked."""
        sent, found = self.request.POST, self.preview
        ticked = set(sent.getall("person"))
        exceptions = [each for each in (*found.lack, *found.revoked) if each.person.id in ticked]
        earned = [each for each in found.ready if each.person.id in ticked]
        if sent.get("which") == "all":
            exceptions, earned = [], list(found.ready)
            if str(len(earned)) != sent.get("count"):
                words = _("The list has changed since you opened this page. Look again.")
                return self._page(self.say(words))
        chosen = [*earned, *exceptions]
        reason = sent.get("reason", "")
        if exceptions and not reason.strip():
            return self._page(self.say(_("Say why it is issued all the same.")))
        if not chosen:
            return self._page(self.say(_("Tick at least one person.")))
        try:
            batch = batches.begin(
                self.request.root.certificates,
                "issue",
                [each.person.learner_id for each in chosen],
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
