"""Signing in and out, and choosing a language before and after."""

from datetime import UTC, datetime

import colander
from deform import widget
from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.security import forget, remember
from pyramid.view import view_config, view_defaults

from lms import languages
from lms.addresses import local_address
from lms.forms import create_form, handle_form_submission, render_refused
from lms.permissions import Permission
from lms.resources import Site
from lms.security import PAGE_COOKIE
from lms.services import audit, people, sessions
from lms.services.rate import TooManyTries

_ = TranslationStringFactory("tutela")


class SignInRefused(Exception):
    """The username and the passphrase do not belong together; which one is wrong is not told."""


class SignIn(colander.Schema):
    """What is asked for signing in. Passphrases may be pasted and kept by the browser."""

    username = colander.SchemaNode(
        colander.String(),
        title=_("Username"),
        validator=colander.Length(max=200),
        widget=widget.TextInputWidget(
            attributes={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "auto",
            }
        ),
    )
    password = colander.SchemaNode(
        colander.String(),
        title=_("Password"),
        validator=colander.Length(max=4000),
        widget=widget.PasswordWidget(attributes={"autocomplete": "current-password"}),
    )
    shared_computer = colander.SchemaNode(
        colander.Boolean(),
        title=_("This is a shared computer"),
        description=_("You are signed out when the browser is closed, and nothing stays behind."),
        missing=False,
    )
    next = colander.SchemaNode(colander.String(), missing="", widget=widget.HiddenWidget())


@view_defaults(
    context=Site,
    name="sign-in",
    renderer="lms:templates/people/sign_in.jinja2",
    permission=Permission.SITE_VIEW,
)
class SignInViews:
    """``/sign-in?next=<path>``."""

    def __init__(self, context, request):
        self.site = context
        self.request = request
        self.form = create_form(request, SignIn(), buttons=((_("Sign in"), "sign-in"),))

    @view_config(request_method="GET")
    def ask(self):
        """The form; whoever is signed in already goes on."""
        way = local_address(self.request.GET.get("next"))
        if self.request.identity is not None:
            return HTTPSeeOther(way)
        return self.page(self.form.render({"next": way}))

    @view_config(request_method="POST")
    def answer(self):
        """Sign in, or say that username and passphrase do not belong together."""
        try:
            return handle_form_submission(
                self.request, self.form, self.sign_in, self.page, refusals=SignInRefused
            )
        except TooManyTries as limit:
            return self.later(limit.seconds)

    def page(self, html):
        return {"form": html}

    def later(self, seconds: int):
        """429, with how long to wait in words and for machines."""
        words = refuse_for_now(self.request, seconds)
        username = self.request.POST.get("username", "")
        values = {"username": username, "next": local_address(self.request.POST.get("next"))}
        return self.page(render_refused(self.form, values, words))

    def sign_in(self, values):
        """The right passphrase opens a new session; a wrong one is counted, and nothing stored."""
        request, now = self.request, datetime.now(UTC)
        limits, client = request.registry["sign_in_limits"], request.remote_addr
        username = values["username"]
        limits.check(client, username)
        person = people.authenticate(self.site.people, username, values["password"], now)
        if person is None:
            known = self.site.people.by_username(username)
            limits.wrong(client, username, known.id if known is not None else None)
            raise SignInRefused(
                request.localizer.translate(
                    _("The username and the password do not belong together. Check both.")
                )
            )
        tries = limits.tries(person.id)
        request.tm.get().addAfterCommitHook(
            limits.right_when_done, args=(client, username, person.id)
        )
        self.end_the_browsers_old_session()
        cookie = sessions.open_session(
            person,
            now=now,
            shared_computer=values["shared_computer"],
            user_agent=request.user_agent,
        )
        audit.record(
            self.site.audit,
            now=now,
            actor=person.id,
            action="signed in",
            subject=person.id,
            details={
                "browser": sessions.browser_words(request.user_agent),
                "shared computer": values["shared_computer"],
                "wrong passphrases before": tries,
            },
        )
        headers = remember(
            request, person.id, cookie=cookie, shared_computer=values["shared_computer"]
        )
        request.session.invalidate()
        new_csrf_token(request)
        if tries:
            self.tell_about(tries)
        way = local_address(values["next"])
        if person.temporary_until is not None:
            way = request.resource_url(self.site, "passphrase")
        return HTTPSeeOther(way, headers=headers)

    def end_the_browsers_old_session(self):
        """Whoever signs in again leaves no second session behind."""
        old = self.request.signed_in
        if old is not None:
            sessions.end(old.person, old.key)

    def tell_about(self, tries: int):
        words = self.request.localizer.pluralize(
            "${n} wrong passphrase was tried since you last signed in.",
            "${n} wrong passphrases were tried since you last signed in.",
            tries,
            domain="tutela",
            mapping={"n": tries},
        )
        self.request.session.flash(words, "attention")


def refuse_for_now(request, seconds: int) -> str:
    """Make the answer a 429 that says when to come back; the same in words."""
    request.response.status_int = 429
    request.response.headers["Retry-After"] = str(seconds)
    minutes = -(-seconds // 60)
    return request.localizer.pluralize(
        "Too many wrong passphrases were tried from this network. Wait ${n} minute.",
        "Too many wrong passphrases were tried from this network. Wait ${n} minutes.",
        minutes,
        domain="tutela",
        mapping={"n": minutes},
    )


@view_config(context=Site, name="sign-out", request_method="POST", permission=Permission.SITE_VIEW)
def sign_out(context, request):
    """End this session. A shared computer is asked to forget everything about the site."""
    headers = list(forget(request))
    signed_in = request.signed_in
    if signed_in is not None:
        sessions.end(signed_in.person, signed_in.key)
        details = {"browser": signed_in.session.browser}
        request.note("signed out", signed_in.person.id, details)
        if signed_in.session.shared_computer:
            headers.append(("Clear-Site-Data", '"cache", "cookies", "storage"'))
    request.session.invalidate()
    return HTTPSeeOther(request.resource_url(context, "signed-out"), headers=headers)


@view_config(context=Site, name="sign-out", request_method="GET", permission=Permission.SITE_VIEW)
def sign_out_again(context, request):
    """Somebody came back to the address of the button: where they are signed in is listed."""
    return HTTPSeeOther(request.resource_url(context, "account"))


@view_config(
    context=Site,
    name="signed-out",
    renderer="lms:templates/people/signed_out.jinja2",
    permission=Permission.SITE_VIEW,
)
def signed_out(_context, request):
    """Where signing out ends: the cookie of forms and messages goes as well."""
    for name in request.cookies:
        if name.endswith(PAGE_COOKIE):
            request.response.set_cookie(
                name,
                None,
                path="/",
                secure=request.scheme == "https",
                httponly=True,
                samesite="Lax",
            )
    return {}


@view_defaults(
    context=Site,
    name="language",
    renderer="lms:templates/people/language.jinja2",
    permission=Permission.SITE_VIEW,
)
class LanguageViews:
    """``/language?next=<path>``: one button for each language."""

    def __init__(self, context, request):
        self.site = context
        self.request = request

    @view_config(request_method="GET")
    def ask(self):
        return {
            "languages": languages.LANGUAGES,
            "next": local_address(self.request.GET.get("next")),
        }

    @view_config(request_method="POST")
    def choose(self):
        """Kept with the person; for a visitor, until the browser is closed."""
        code = self.request.POST.get("language")
        if code not in languages.LANGUAGES:
            raise HTTPBadRequest
        if self.request.identity is not None:
            self.request.identity.language = code
        response = HTTPSeeOther(local_address(self.request.POST.get("next")))
        response.set_cookie(
            languages.COOKIE,
            code,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.request.scheme == "https",
        )
        return response
