"""What every page is given: who is signed in, its language, the links of the header, words."""

import re
from urllib.parse import quote

from pyramid.events import BeforeRender, subscriber
from pyramid.i18n import TranslationStringFactory

from lms.addresses import here
from lms.languages import direction, language_name, text_language

_ = TranslationStringFactory("tutela")

STATUSES = {
    "not started": _("not started"),
    "in progress": _("in progress"),
    "completed": _("completed"),
    "passed": _("passed"),
    "failed": _("failed"),
    "valid": _("valid"),
    "expired": _("expired"),
    "suspended": _("suspended"),
    "revoked": _("revoked"),
    "open": _("open"),
    "closed": _("closed"),
}
ACTIONS = {
    "Start": _("Start"),
    "Resume": _("Resume"),
    "Review": _("Review"),
    "View": _("View"),
}
"""What a course's button says (:func:`lms.services.courses.action`)."""
ROLE_NAMES = {"member": _("member"), "author": _("author"), "admin": _("admin")}
HOLDERS = re.compile("/certificates/(mine|[^/]+/(print|forget-name))/")
"""Pages below a link of the header that leads to something else; no link leads to them."""
ADMINS = re.compile("/certificates/(all|awards|batches|templates|[^/]+/revoke)/")
"""Such pages that belong to the link for admins."""
FLASH_KINDS = ("wrong", "attention", "right", "note", "")


@subscriber(BeforeRender)
def give_layout(event):
    """Only what the layout and its pages use; nothing is read until a template asks for it."""
    request = event["request"]
    if request is None or not event["renderer_name"].endswith(".jinja2"):
        return
    translate = request.localizer.translate
    person = request.identity
    event.setdefault("person", person)
    event.update(
        site_name=request.registry["settings"].name,
        locale=request.locale_name,
        text_language=text_language(request.locale_name),
        direction=direction(request.locale_name),
        language_name=language_name,
        status_name=lambda status: translate(STATUSES.get(status, status)),
        action_name=lambda action: translate(ACTIONS[action]),
        role_name=lambda role: translate(ROLE_NAMES.get(role, role)),
        header=lambda: header(request, person),
        flashes=lambda: flashes(request),
        way_back=lambda: quote(here(request), safe="/"),
    )


def header(request, person) -> list[dict]:
    """The links of the header that lead somewhere for this person."""
    roles = () if person is None else person.roles
    links = [("/", _("Home"))]
    if person is not None:
        links += [("/courses/", _("Courses")), ("/learning/", _("My learning"))]
    if "author" in roles:
        links += [
            ("/packages/", _("Packages")),
            ("/bank/", _("Question bank")),
            ("/quizzes/", _("Quizzes")),
        ]
    if "admin" in roles:
        links.append(("/admin/", _("Admin")))
    links.append(("/certificates/", _("Verify a certificate")))
    at = place_of(path_of(request))
    return [
        {
            "href": href,
            "label": request.localizer.translate(label),
            "current": href == at or (href != "/" and at.startswith(href)),
        }
        for href, label in links
    ]


def place_of(path: str) -> str:
    """Where the header has a page stand: at its path, below ``/admin/``, or nowhere (empty)."""
    path = path.rstrip("/") + "/"
    if HOLDERS.match(path):
        return ""
    return "/admin/" if ADMINS.match(path) else path


def path_of(request) -> str:
    """The path asked for, which a stranger may have made unreadable."""
    try:
        return request.path_info
    except UnicodeDecodeError:
        return ""


def flashes(request) -> list[tuple[str, str]]:
    """``(kind, words)`` to show once. A visitor without any gets no cookie for it."""
    return [
        (kind or "note", words)
        for kind in FLASH_KINDS
        if request.session.peek_flash(kind)
        for words in request.session.pop_flash(kind)
    ]
