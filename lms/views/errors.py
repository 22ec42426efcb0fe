"""Errors as pages: what happened, whether anything was lost, and what to do."""

import logging
import secrets
from urllib.parse import urlencode

from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken, URLDecodeError
from pyramid.httpexceptions import HTTPError, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import exception_view_config, forbidden_view_config, notfound_view_config
from transaction.interfaces import TransientError

from lms.addresses import here

_ = TranslationStringFactory("tutela")
log = logging.getLogger(__name__)

NEVER_SHOWN = frozenset({"csrf_token", "password", "current", "new", "next"})
"""Fields that nobody writes, and those that nobody else may read."""
PAGE = "lms:templates/errors/error.jinja2"
RETRY_SECONDS = 5


def page(
    request, status: int, title, *sentences, code: str | None = None, written: tuple = ()
) -> dict:
    """What the error template shows.

    :param written: texts that were sent and not saved, to be copied
    """
    request.response.status_int = status
    translate = request.localizer.translate
    return {
        "title": translate(title),
        "sentences": [translate(sentence) for sentence in sentences],
        "code": code,
        "written": written,
    }


@notfound_view_config(renderer=PAGE)
def not_found(request):
    return page(
        request,
        404,
        _("This page does not exist"),
        _("The address may be mistyped, or what it led to was taken away."),
        _("Use the links above to find what you are looking for."),
    )


@forbidden_view_config(renderer=PAGE)
def forbidden(request):
    """Whoever is not signed in is asked to, and comes back here."""
    if request.identity is None and request.method == "POST":
        return page(
            request,
            403,
            _("You are not signed in any more"),
            _("What you sent was not saved. Nothing that was saved before is lost."),
            _("Sign in, then open the page again and send it once more."),
            written=written(request),
        )
    if request.identity is None:
        return HTTPSeeOther(f"/sign-in?{urlencode({'next': here(request)})}")
    return page(
        request,
        403,
        _("You cannot open this page"),
        _("You are signed in, but this page is for people with another role."),
        _("If you need it for your work, ask an admin of this site."),
    )


@exception_view_config(BadCSRFToken, renderer=PAGE)
@exception_view_config(BadCSRFOrigin, renderer=PAGE)
def stale_form(request):
    """A form whose token does not fit: open too long, signed in elsewhere, or forged."""
    return page(
        request,
        400,
        _("This page was open too long"),
        _(
            "What you sent was not saved, because you have signed in or out since the page was "
            "opened, or because the browser keeps no cookies for this site."
        ),
        _("Nothing that was saved before is lost. Open the page again and send it once more."),
        written=written(request),
    )


def written(request) -> tuple[str, ...]:
    """The texts in a form that was not saved, when it was a page of ours that sent it.

    A form of another site could put its own words into our page.
    """
    if request.headers.get("Origin") != request.registry["settings"].origins.site_url:
        return ()
    return tuple(
        text
        for name, text in request.POST.items()
        if name not in NEVER_SHOWN and isinstance(text, str) and len(text.split()) > 1
    )


@exception_view_config(URLDecodeError, renderer=PAGE)
@exception_view_config(UnicodeDecodeError, renderer=PAGE)
def unreadable(request):
    return page(
        request,
        400,
        _("This address cannot be read"),
        _("It has characters that are not text. It may have been cut when it was copied."),
    )


@exception_view_config(HTTPError, renderer=PAGE)
def refused_request(context, request):
    """Every other 4xx and 5xx that a view may raise."""
    if context.status_int >= 500:
        return fault(context, request)
    return page(
        request,
        context.status_int,
        _("This cannot be done"),
        _("The site does not understand what was sent to this address. Nothing was changed."),
        _("Go back, load the page again and try once more."),
    )


@exception_view_config(TransientError, renderer=PAGE)
def busy(request):
    """Others wrote the same thing at the same moment, several times over."""
    request.response.headers["Retry-After"] = str(RETRY_SECONDS)
    return page(
        request,
        503,
        _("The site is very busy"),
        _("What you sent was not saved."),
        _("Wait a few seconds, then load this page again to send it once more."),
    )


@exception_view_config(Exception, renderer=PAGE)
def fault(context, request):
    """A fault of ours: logged under a code that the person can quote."""
    code = secrets.token_hex(3).upper()
    log.error("Fault %s in %s", code, request.method, exc_info=context)
    return page(
        request,
        500,
        _("Something went wrong on our side"),
        _("What you sent just now was not saved. What was saved before is safe."),
        _("Try again in a few minutes. If it happens again, tell an admin this code:"),
        code=code,
    )
