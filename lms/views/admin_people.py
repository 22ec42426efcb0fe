"""People, for admins: the list, adding somebody, and one person's account."""

from datetime import UTC, datetime

import colander
from deform import widget
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from lms.forms import create_form, handle_form_submission
from lms.permissions import Permission
from lms.resources.people import ROLES, People, Person, normalised
from lms.services import erasure, passphrases, people, sessions
from lms.views.layout import ROLE_NAMES

_ = TranslationStringFactory("tutela")


def role_node() -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        title=_("Role"),
        description=_(
            "Members take courses. Authors also make them. Admins also look after people."
        ),
        validator=colander.OneOf(ROLES),
        widget=widget.RadioChoiceWidget(values=[(role, ROLE_NAMES[role]) for role in ROLES]),
        name="role",
    )


def centre_node() -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        title=_("Centre"),
        description=_("The short name by which reports group people."),
        missing=None,
        validator=colander.Length(max=100),
        name="centre",
    )


def name_node(**options) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        title=_("Name"),
        description=_("As the person wishes to be called. It need not be a real name."),
        validator=colander.Length(max=people.LONGEST_NAME),
        widget=widget.TextInputWidget(attributes={"autocomplete": "off", "dir": "auto"}),
        name="display_name",
        **options,
    )


def new_person() -> colander.Schema:
    """What is needed to add somebody: no e-mail address, no real name."""
    username = colander.SchemaNode(
        colander.String(),
        title=_("Username"),
        description=_("Letters, digits, dots and hyphens. The person types it to sign in."),
        validator=colander.Length(max=64),
        widget=widget.TextInputWidget(
            attributes={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        name="username",
    )
    name = name_node(missing="")
    return colander.Schema(children=[username, name, role_node(), centre_node()])


def person_settings() -> colander.Schema:
    return colander.Schema(children=[name_node(), role_node(), centre_node()])


@view_config(
    context=People,
    renderer="lms:templates/people/list.jinja2",
    permission=Permission.PERSON_LIST,
)
def list_people(context, request):
    """By username, a page at a time; a part of the username finds somebody."""
    search = request.GET.get("search", "").strip()
    found, further = people.page_of_people(
        context, search=search, first=request.GET.get("first", "")
    )
    next_page = None
    if further is not None:
        next_page = request.resource_url(context, query={"search": search, "first": further})
    return {"people": found, "search": search, "next_page": next_page}


@view_defaults(context=People, name="add", permission=Permission.PERSON_ADD)
class AddViews:
    """``/admin/people/add``: the passphrase is made by the site and shown once."""

    def __init__(self, context, request):
        self.people = context
        self.request = request
        self.form = create_form(request, new_person(), buttons=((_("Add this person"), "add"),))

    def page(self, html):
        title = self.request.localizer.translate(_("Add a person"))
        return {"title": title, "form": html}

    @view_config(request_method="GET", renderer="lms:templates/form.jinja2")
    def show(self):
        return self.page(self.form.render({"role": "member"}))

    @view_config(request_method="POST", renderer="lms:templates/people/add.jinja2")
    def add(self):
        return handle_form_submission(
            self.request, self.form, self.added, self.page, refusals=people.PersonRefused
        )

    def added(self, values):
        made = passphrases.temporary()
        person = people.add(
            self.people, passphrase=made, now=datetime.now(UTC), temporary=True, **values
        )
        self.request.note("person added", person.id, {"role": person.role})
        return {"added": person, "passphrase": made, "days": people.TEMPORARY_DAYS}


@view_defaults(context=Person, permission=Permission.PERSON_CHANGE)
class PersonViews:
    """``/admin/people/<id>``. What cannot be undone by one click asks on a page of its own."""

    def __init__(self, context, request):
        self.subject = context
        self.request = request
        self.people = request.root.people

    def done(self, words) -> HTTPSeeOther:
        """Back to the person's page, which says what was done."""
        self.request.session.flash(self.request.localizer.translate(words), "right")
        return HTTPSeeOther(self.request.resource_url(self.subject))

    def refused(self, refusal: Exception) -> HTTPSeeOther:
        self.request.session.flash(str(refusal), "wrong")
        return HTTPSeeOther(self.request.resource_url(self.subject))

    def settings_form(self):
        return create_form(self.request, person_settings(), buttons=((_("Save"), "save"),))

    def page(self, html):
        living = sessions.listed(self.subject, datetime.now(UTC))
        return {
            "subject": self.subject,
            "form": html,
            "sessions": living,
            "courses": len(self.subject.enrolments),
        }

    @view_config(request_method="GET", renderer="lms:templates/people/person.jinja2")
    def show(self):
        values = {
            "display_name": self.subject.display_name,
            "role": self.subject.role,
            "centre": self.subject.centre or "",
        }
        return self.page(self.settings_form().render(values))

    @view_config(request_method="POST", renderer="lms:templates/people/person.jinja2")
    def save(self):
        return handle_form_submission(
            self.request,
            self.settings_form(),
            self.saved,
            self.page,
            refusals=people.PersonRefused,
        )

    def saved(self, values):
        before = self.subject.role
        people.change_role(self.people, self.subject, values["role"])
        self.subject.display_name = (
            people.tidy_name(values["display_name"]) or self.subject.username
        )
        self.subject.centre = values["centre"]
        details = {"centre": values["centre"]}
        if before != values["role"]:
            details["role"] = f"{before} → {values['role']}"
        self.request.note("person changed", self.subject.id, details)
        return self.done(_("The account is saved."))

    @view_config(
        name="reset-passphrase",
        request_method="GET",
        renderer="lms:templates/people/reset.jinja2",
    )
    def ask_reset(self):
        return {"subject": self.subject, "passphrase": None}

    @view_config(
        name="reset-passphrase",
        request_method="POST",
        renderer="lms:templates/people/reset.jinja2",
    )
    def reset(self):
        made = people.reset_passphrase(self.subject, datetime.now(UTC))
        self.request.note("passphrase reset", self.subject.id, {})
        return {"subject": self.subject, "passphrase": made, "days": people.TEMPORARY_DAYS}

    @view_config(name="close", request_method="GET", renderer="lms:templates/people/close.jinja2")
    def ask_close(self):
        living = sessions.listed(self.subject, datetime.now(UTC))
        return {"subject": self.subject, "sessions": living}

    @view_config(name="close", request_method="POST")
    def close(self):
        try:
            people.close(self.people, self.subject)
        except people.LastAdmin as refusal:
            return self.refused(refusal)
        self.request.note("account closed", self.subject.id, {})
        return self.done(_("The account is closed."))

    @view_config(name="erase", request_method="GET", renderer="lms:templates/people/erase.jinja2")
    def ask_erase(self):
        return {"subject": self.subject, "problem": None}

    @view_config(name="erase", request_method="POST", renderer="lms:templates/people/erase.jinja2")
    def erase(self):
        """When the username is typed as well: nobody is erased by mistake."""
        username = self.subject.username
        if normalised(self.request.POST.get("username", "")) != normalised(username):
            self.request.response.status_int = 400
            words = _("This is not the username of this person. Nobody was erased.")
            return {"subject": self.subject, "problem": self.request.localizer.translate(words)}
        actor, now = self.request.identity.id, datetime.now(UTC)
        try:
            erasure.erase(self.request.root, self.subject, now, actor=actor)
        except people.LastAdmin as refusal:
            return self.refused(refusal)
        words = _("The account of ${username} is erased.", mapping={"username": username})
        self.request.session.flash(self.request.localizer.translate(words), "right")
        return HTTPSeeOther(self.request.resource_url(self.people))

    @view_config(name="reopen", request_method="POST")
    def reopen(self):
        people.reopen(self.people, self.subject)
        self.request.note("account opened again", self.subject.id, {})
        return self.done(_("The account is open again."))

    @view_config(name="end-sign-ins", request_method="POST")
    def end_sign_ins(self):
        ended = sessions.end_others(self.subject, None)
        self.request.note("sessions ended", self.subject.id, {"count": ended})
        return self.done(_("This person is signed out everywhere."))
