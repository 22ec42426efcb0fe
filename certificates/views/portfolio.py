"""My certificates: everything a learner holds, to print, to show and to take along."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.view import view_config

from certificates import wording
from certificates.badges import art, bundle
from certificates.badges.transcript import MOST as MOST_RECORDED
from certificates.badges.transcript import transcript
from certificates.fonts import MissingGlyphs
from certificates.host import address_of, place_in
from certificates.orders import printed
from certificates.pdf.names import NameRefused, checked_name
from certificates.pdf.phrases import HEADINGS
from certificates.pdf.workers import PrintingFailed
from certificates.resources import Certificate, Portfolio
from certificates.standing import Status, status_of
from certificates.views.badge import keys_of
from certificates.views.page import download, page
from certificates.views.pictures import look_of
from certificates.views.words import STATUSES

HOLDING = (Status.VALID, Status.EXPIRED)
"""What is printed and taken along; an expired one says so itself."""
MOST = 100
"""Certificates in a zip, which is made in memory while its holder waits."""

OWN = {"context": Portfolio, "permission": "certificate:own"}
PAGE = "certificates:templates/portfolio.jinja2"


@dataclass(frozen=True)
class Held:
    """A row of the page. ``followed``: another took its place. ``holding``: it can be printed and
    taken along. ``file``: what its files are called."""

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
    holding: bool


@view_config(**OWN, renderer=PAGE, request_method="GET")
def mine(context, request):
    """Every certificate of whoever asks."""
    return portfolio_page(request, context)


@view_config(**OWN, renderer=PAGE, name="all.zip", request_method="POST", require_csrf=True)
def all_as_zip(context, request):
    """Every badge and, where a name is typed, every certificate on paper. The name is used once."""
    typed, say = request.POST.get("name", ""), request.localizer.translate
    try:
        name = checked_name(typed) if typed.strip() else None
        content = bundle.zipped(_folders(request, context, name))
    except (NameRefused, MissingGlyphs) as refused:
        return portfolio_page(request, context, name=typed, status=400, problem=refused.said(say))
    except PrintingFailed as failed:
        return portfolio_page(request, context, name=typed, status=503, problem=failed.said(say))
    return download(content, "application/zip", "certificates.zip")


def _folders(request, portfolio: Portfolio, name: str | None):
    """Certificate by certificate, with its files."""
    registry, now = request.registry, datetime.now(UTC)
    place, keys = place_in(registry, portfolio), keys_of(request)
    fonts = registry["certificates"].fonts
    for certificate in holding(request, portfolio, now)[:MOST]:
        files = bundle.files(certificate, look_of(certificate), fonts, place, keys)
        if name is not None:
            files["certificate.pdf"] = printed(registry, certificate, name, now=now)
        yield certificate, files


@view_config(**OWN, name="transcript.json", request_method="GET")
def my_transcript(context, request):
    """Every badge in one signed record; there is none of none."""
    certificates = holding(request, context, datetime.now(UTC))
    if not certificates:
        raise HTTPNotFound
    issuer, place = request.registry["certificates"].issuer, place_in(request.registry, context)
    record = transcript(certificates, issuer, place, keys_of(request))
    content = json.dumps(record, ensure_ascii=False).encode()
    return download(content, "application/json", "transcript.json")


def holding(request, portfolio: Portfolio, now: datetime) -> list[Certificate]:
    """What whoever asks can print and take along."""
    held = portfolio.of(learner_of(request))
    return [certificate for certificate in held if status_of(certificate, now) in HOLDING]


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
    rows = [held(request, one, now, one.code in followed) for one in certificates]
    return page(
        request,
        portfolio=portfolio,
        rows=rows,
        ahead=request.registry["certificates.ahead"](request),
        holding=sum(row.holding for row in rows),
        most=MOST,
        most_recorded=MOST_RECORDED,
        name=name,
        **more,
    )


def held(request, certificate: Certificate, now: datetime, followed: bool) -> Held:
    """A certificate as its holder sees it."""
    snapshot, language = certificate.snapshot, request.locale_name
    status = status_of(certificate, now)

    def date(moment: datetime | None) -> str:
        return wording.long_date(moment, language) if moment else ""

    emblem = art.emblem(snapshot["kind"], look_of(certificate)).decode()
    return Held(
        certificate=certificate,
        title=snapshot["title"],
        language=snapshot["language"],
        kind=request.localizer.translate(HEADINGS[snapshot["kind"]]),
        status=status.value,
        said=request.localizer.translate(STATUSES[status]),
        followed=followed,
        issued=date(certificate.issued),
        valid_until=date(certificate.valid_until),
        revoked=date(certificate.revoked),
        suspended=date(certificate.suspended),
        length=wording.length(snapshot["minutes"], language) if snapshot.get("minutes") else "",
        hours=wording.decimal(snapshot["hours"], language) if snapshot.get("hours") else "",
        url=address_of(request.registry, certificate),
        file=f"badge-{certificate.code[:6]}",
        emblem=Markup(emblem),  # noqa: S704, it is our own drawing
        holding=status in HOLDING,
    )
