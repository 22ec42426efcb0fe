"""My certificates: everything a learner holds, to print, to show and to take along."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from markupsafe import Markup
from pyramid.httpexceptions import HTTPForbidden
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config

from certificates import wording
from certificates.badges import art
from certificates.designs import design_of
from certificates.resources import Certificate, Certificates, Portfolio
from certificates.standing import Status, status_of
from certificates.views.page import address_of, page

_ = TranslationStringFactory("tutela")

STATUSES = {
    Status.VALID: _("valid"),
    Status.EXPIRED: _("expired"),
    Status.SUSPENDED: _("suspended"),
    Status.REVOKED: _("revoked"),
}
KINDS = {
    "participation": _("Certificate of participation"),
    "achievement": _("Certificate of completion"),
}
PORTFOLIO = {
    "context": Portfolio,
    "permission": "certificate:own",
    "renderer": "certificates:templates/portfolio.jinja2",
}


@dataclass(frozen=True)
class Held:
    """A row of the page. ``followed``: another took its place. ``file``: what its
    files are called."""

    certificate: Certificate
    title: str
    language: str
    kind: str
    status: str
    said: str
    followed: bool
    issued: str
    valid_until: str
    revoked: str
    suspended: str
    length: str
    hours: str
    url: str
    file: str
    emblem: Markup
    badge: bool
    printable: bool


@view_config(**PORTFOLIO, request_method="GET")
def mine(context, request):
    """Every certificate of whoever asks."""
    return portfolio_page(request, context)


def learner_of(request) -> str:
    """:raises HTTPForbidden: when the host knows no learner who asks"""
    learner = request.registry["certificates.learner"](request)
    if learner is None:
        raise HTTPForbidden
    return learner


def portfolio_page(request, portfolio: Portfolio, *, name: str = "", **more) -> dict:
    """The values of the page's template."""
    now = datetime.now(UTC)
    certificates = portfolio.of(learner_of(request))
    followed = {one.renews or one.replaces for one in certificates}
    rows = [
        held(request, portfolio.__parent__, one, now, one.code in followed) for one in certificates
    ]
    return page(
        request,
        portfolio=portfolio,
        rows=rows,
        any_badge=any(row.badge for row in rows),
        name=name,
        **more,
    )


def held(
    request, certificates: Certificates, certificate: Certificate, now: datetime, followed: bool
) -> Held:
    """A certificate as its holder sees it."""
    snapshot, language = certificate.snapshot, request.locale_name
    status = status_of(certificate, now)

    def date(moment: datetime | None) -> str:
        return wording.long_date(moment, language) if moment else ""

    design, _images = design_of(certificates, snapshot)
    emblem = art.emblem(snapshot["kind"], design).decode()
    return Held(
        certificate=certificate,
        title=snapshot["title"],
        language=snapshot["language"],
        kind=request.localizer.translate(KINDS[snapshot["kind"]]),
        status=status.value,
        said=request.localizer.translate(STATUSES[status]),
        followed=followed,
        issued=date(certificate.issued),
        valid_until=date(certificate.valid_until),
        revoked=date(certificate.revoked),
        suspended=date(certificate.suspended),
        length=wording.length(snapshot["minutes"], language) if snapshot.get("minutes") else "",
        hours=wording.number(Decimal(snapshot["hours"]), language) if snapshot.get("hours") else "",
        url=address_of(request, certificate),
        file=f"badge-{certificate.code[:6]}",
        emblem=Markup(emblem),  # noqa: S704, it is our own drawing
        badge=status is not Status.REVOKED,
        printable=status in (Status.VALID, Status.EXPIRED),
    )
