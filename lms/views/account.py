"""One's own account: name, language, passphrase, and where one is signed in."""

from datetime import UTC, datetime

import colander
from deform import widget
from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from lms.forms import UsernameWidget, create_form, handle_form_submission, render_refused
from lms.languages import LANGUAGES
from lms.resources import Site
from lms.services import people, sessions
from lms.services.rate import TooManyTries
from lms.views.auth import refuse_for_now

_ = TranslationStringFactory("tutela")


class Account(colander.Schema):
    """What a person decides about themselves."""

    display_name = colander.SchemaNode(
        colander.String(),
        title=_("Name"),
        description=_(
            "Other people on this site may see it. It need not be the name in your passport."
        ),
        validator=colander.Length(max=people.LONGEST_NAME),
        widget=widget.TextInputWidget(attributes={"autocomplete": "nickname", "dir": "auto"}),
    )
    language = colander.SchemaNode(
        colander.String(),
        title=_("Language"),
        validator=colander.OneOf(tuple(LANGUAGES)),
        widget=widget.SelectWidget(values=tuple(LANGUAGES.items())),
    )


class NewPassphrase(colander.Schema):
    """The current passphrase, and the one that takes its place."""

    username = colander.SchemaNode(colander.String(), missing="", widget=UsernameWidget())
    current = colander.SchemaNode(
        colander.String(),
        title=_("Current passphrase"),
        validator=colander.Length(max=4000),
        widget=widget.PasswordWidget(attributes={"autocomplete": "current-password"}),
    )
    new = colander.SchemaNode(
        colander.String(),
        title=_("New passphrase"),
        description=_(
            "At least 12 characters. Four or five words that have nothing to do with each other "
            "are easy to remember and hard to guess."
        ),
        validator=colander.Length(max=4000),
        widget=widget.PasswordWidget(attributes={"autocomplete": "new-password"}),
    )


class OwnViews:
    """Views of a person's own things: whoever is not signed in is asked to."""

    def __init__(self, context, request):
        if request.signed_in is None:
            raise HTTPForbidden
        self.site = context
        self.request = request
        self.person = request.signed_in.person
        self.key = request.signed_in.key
        self.now = datetime.now(UTC)

    def done(self, words) -> HTTPSeeOther:
        """Back to the account page, which says what was done."""
        self.request.session.flash(self.request.localizer.translate(words), "right")
        return HTTPSeeOther(self.request.resource_url(self.site, "account"))


@view_defaults(context=Site, name="account", renderer="lms:templates/people/account.jinja2")
class AccountViews(OwnViews):
    """``/account``."""

    def __init__(self, context, request):
        super().__init__(context, request)
        self.form = create_form(request, Account(), buttons=((_("Save"), "save"),))

    def page(self, html):
        """The form, and where the person is signed in."""
        return {
            "form": html,
            "sessions": sessions.listed(self.person, self.now),
            "current": self.key,
            "passphrase_url": self.request.resource_url(self.site, "passphrase"),
            "end_url": self.request.resource_url(self.site, "end-session"),
            "end_others_url": self.request.resource_url(self.site, "end-other-sessions"),
        }

    @view_config(request_method="GET")
    def show(self):
        values = {
            "display_name": self.person.display_name,
            "language": self.person.language or self.request.locale_name,
        }
        return self.page(self.form.render(values))

    @view_config(request_method="POST")
    def save(self):
        return handle_form_submission(self.request, self.form, self.saved, self.page)

    def saved(self, values):
        self.person.display_name = people.tidy_name(values["display_name"]) or self.person.username
        self.person.language = values["language"]
        return self.done(_("Your account is saved."))


@view_defaults(context=Site, name="passphrase", renderer="lms:templates/people/passphrase.jinja2")
class PassphraseViews(OwnViews):
    """``/passphrase``: changing it signs every other browser out."""

    def __init__(self, context, request):
        super().__init__(context, request)
        self.form = create_form(
            request, NewPassphrase(), buttons=((_("Change passphrase"), "change"),)
        )

    def page(self, html):
        return {"form": html, "temporary": self.person.temporary_until is not None}

    @view_config(request_method="GET")
    def show(self):
        return self.page(self.form.render({"username": self.person.username}))

    @view_config(request_method="POST")
    def change(self):
        try:
            return handle_form_submission(
                self.request, self.form, self.changed, self.page, refusals=people.PersonRefused
            )
        except TooManyTries as limit:
            words = refuse_for_now(self.request, limit.seconds)
            return self.page(render_refused(self.form, {"username": self.person.username}, words))

    def changed(self, values):
        """A wrong current passphrase counts as one at sign-in does: the page may stand open in
        somebody else's hands."""
        limits, client = self.request.registry["sign_in_limits"], self.request.remote_addr
        limits.check(client, self.person.username)
        try:
            people.change_passphrase(self.person, values["current"], values["new"])
        except people.WrongPassphrase:
            limits.wrong(client, self.person.username, self.person.id)
            raise
        ended = sessions.end_others(self.person, self.key)
        self.request.note("passphrase changed", self.person.id, {"other sessions ended": ended})
        return self.done(_("Your passphrase is changed. Other browsers are signed out."))


@view_defaults(context=Site, request_method="POST")
class SessionViews(OwnViews):
    """The buttons beside the list of browsers."""

    @view_config(name="end-session")
    def end(self):
        key = self.request.POST.get("session", "")
        session = self.person.sessions.get(key)
        if session is None:
            return self.done(_("That browser was signed out already."))
        self.request.note("session ended", self.person.id, {"browser": session.browser})
        sessions.end(self.person, key)
        return self.done(_("That browser is signed out."))

    @view_config(name="end-other-sessions")
    def end_others(self):
        ended = sessions.end_others(self.person, self.key)
        self.request.note("other sessions ended", self.person.id, {"count": ended})
        return self.done(_("Every other browser is signed out."))
