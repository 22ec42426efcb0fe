"""Forms: colander says what is right, deform carries it, our own templates draw it.

No script, no style and no template of deform's is used: fields are drawn from
``templates/deform``, which the page's Content-Security-Policy allows.
"""

import io
import re
from collections.abc import Callable, Iterable

import colander
import deform
import peppercorn
from deform import widget
from markupsafe import Markup
from pyramid.csrf import get_csrf_token
from pyramid.events import NewRequest
from pyramid.httpexceptions import HTTPBadRequest, HTTPForbidden, HTTPRequestEntityTooLarge
from pyramid.i18n import TranslationString, TranslationStringFactory
from pyramid_jinja2 import IJinja2Environment

from certificates.refusals import Refused
from lms.form_limits import DROPPED, limit

_ = TranslationStringFactory("tutela")

WORDS = {
    "Required": _("Fill in this field."),
    "Shorter than minimum length ${min}": _("This is too short. Use at least ${min} characters."),
    "Longer than maximum length ${max}": _("This is too long. Use at most ${max} characters."),
    "${val} is less than minimum value ${min}": _("This is too small. The least is ${min}."),
    "${val} is greater than maximum value ${max}": _("This is too large. The most is ${max}."),
    '"${val}" is not a number': _("Write a number, in digits only."),
    '"${val}" is not one of ${choices}': _("Choose one of the answers."),
    "One or more of the choices you made was not acceptable": _("Choose from the answers."),
    "Invalid date": _("Write a date that exists, such as 2027-03-31."),
}
"""What colander says, in the words of our pages."""
FILES = frozenset({"package"})
"""Fields that hold a file."""
UPLOAD = "upload:"
"""How the names of other fields begin that hold one."""
OF_QUESTION = re.compile(r"q\d+-[a-z0-9-]+")
"""Fields of a quiz's questions, which may hold one."""
CHOICE_WORDS = {"Required": _("Choose one of the answers.")}


class DateWidget(widget.TextInputWidget):
    """The browser's own date field; ``YYYY-MM-DD`` where it has none."""

    template = "date"


class NumberWidget(widget.TextInputWidget):
    """A short field for figures, with the figures' keyboard on a phone."""

    template = "number"


class UsernameWidget(widget.HiddenWidget):
    """The username beside a new passphrase, unseen, for the browser's password manager."""

    template = "username"


class Renderer:
    """Draws a field or a form from ``templates/deform`` (deform's renderer interface)."""

    def __init__(self, request):
        self._environment = request.registry.getUtility(IJinja2Environment, name=".jinja2")
        self._request = request

    def __call__(self, template: str, **values) -> Markup:
        name = "readonly" if template.startswith("readonly/") else template
        found = self._environment.get_template(f"lms:templates/deform/{name}.jinja2")
        values["translate"] = self._request.localizer.translate
        values["messages"] = self.messages
        values["described"] = self.described
        values["wrong"] = self.wrong
        values["csrf_token"] = lambda: get_csrf_token(self._request)
        return Markup(found.render(**values))  # noqa: S704 (the templates escape)

    def messages(self, field) -> list[str]:
        """What is wrong with a field, in words of the request's language."""
        if field.error is None:
            return []
        translate = self._request.localizer.translate
        words = WORDS | CHOICE_WORDS if hasattr(field.widget, "values") else WORDS
        return [
            translate(_in_our_words(message, words))
            for message in field.error.messages()
            if message
        ]

    def wrong(self, fields) -> list:
        """The fields with something to check, those in groups too, in the order of the page."""
        return [
            found
            for field in fields
            for found in (self.wrong(field.children) if _is_group(field) else [field])
            if self.messages(found)
        ]

    def described(self, field) -> dict[str, str | None]:
        """Attributes that tie a field to its hint and to what is wrong with it."""
        wrong = bool(self.messages(field))
        parts = [f"{field.oid}-hint"] if field.description else []
        parts += [f"{field.oid}-problem"] if wrong else []
        return {
            "aria-describedby": " ".join(parts) or None,
            "aria-invalid": "true" if wrong else None,
        }


def _is_group(field) -> bool:
    return isinstance(field.typ, colander.Mapping)


def _in_our_words(message: str, words: dict) -> str:
    ours = words.get(message)
    if ours is None:
        return message
    return TranslationString(ours, mapping=getattr(message, "mapping", None))


def create_form(
    request,
    schema: colander.Schema,
    buttons: Iterable[tuple[str, str]],
    *,
    action: str = "",
    formid: str = "form",
) -> deform.Form:
    """A form for a schema.

    :param buttons: ``(label, name)``; the first is the page's primary one
    :param action: where it is sent; the page's own address when empty
    :param formid: prefix of the fields' ids, to be given where a page has two forms
    """
    form = deform.Form(
        schema,
        action=action,
        formid=formid,
        buttons=[deform.Button(name=name, title=label) for label, name in buttons],
        renderer=Renderer(request),
    )
    _prepare(form.children, formid)
    return form


def _prepare(fields, prefix: str) -> None:
    """Ids that say where a field is, and our own widgets, in a form and in the groups in it."""
    for field in fields:
        field.oid = f"{prefix}-{field.name}"
        _prepare(field.children, field.oid)
        if isinstance(field.widget, widget.DateInputWidget):
            field.widget = DateWidget()
        elif (
            isinstance(field.typ, colander.Number) and type(field.widget) is widget.TextInputWidget
        ):
            field.widget = NumberWidget()


def handle_form_submission(
    request,
    form: deform.Form,
    on_success: Callable[[dict], object],
    on_failure: Callable[[Markup], object],
    refusals: type[Exception] | tuple[type[Exception], ...] = (),
):
    """Validate what was sent, and let one of two functions answer.

    :param on_success: called with the validated values; its answer is the view's
    :param on_failure: called with the form as HTML, filled in and with what is wrong; its answer
        is the view's, with status 400, so that nothing of the request is stored
    :raises pyramid.httpexceptions.HTTPBadRequest: for what no form of ours sends
    :param refusals: exceptions of ``on_success`` whose message belongs on the form
    """
    try:
        sent = peppercorn.parse(list(request.POST.items()))
    except ValueError:
        raise HTTPBadRequest
    try:
        values = form.validate_pstruct(sent)
    except deform.ValidationFailure as failure:
        request.response.status_int = 400
        return on_failure(failure.render())
    try:
        return on_success(values)
    except refusals as refused:
        request.response.status_int = 400
        return on_failure(render_refused(form, values, _why(request, refused)))


def _why(request, refused: Exception) -> str:
    """In the reader's language, as far as the house says it in others than English."""
    if isinstance(refused, Refused):
        return refused.said(request.localizer.translate)
    return str(refused)


def render_refused(form: deform.Form, values: dict, message: str) -> Markup:
    """The form as it was filled in, with a message that is about all of it."""
    form.error = colander.Invalid(form.schema, message)
    return form.render(values)


READ_APART = re.compile(r"/certificates/?|/certificates/[0-9a-z]+/name/?")
"""Addresses whose views read what anybody may send themselves, within limits
(:mod:`certificates.views.sent`)."""


def check_fields(event) -> None:
    """Every field of a form is text, but for :data:`FILES` and :data:`OF_QUESTION`; other views
    need not look again.

    :raises pyramid.httpexceptions.HTTPBadRequest: for a body that no browser sends
    :raises pyramid.httpexceptions.HTTPForbidden, pyramid.httpexceptions.HTTPRequestEntityTooLarge:
        for one that the server dropped, as it does what strangers send in
    """
    request = event.request
    if request.method in ("GET", "HEAD") or READ_APART.fullmatch(
        request.environ.get("PATH_INFO", "")
    ):
        return
    if DROPPED in request.environ:
        request.environ["wsgi.input"], request.content_length = io.BytesIO(), 0
        raise HTTPForbidden if request.identity is None else HTTPRequestEntityTooLarge
    try:
        # Of other methods too, for whoever looks for a field (a CSRF token, say) reads the body.
        limit(request)
        fields = list(request.POST.items())
    except (ValueError, LookupError, DeprecationWarning):  # the last two for an unknown charset
        raise HTTPBadRequest
    if any(not isinstance(value, str) and not _takes_file(name) for name, value in fields):
        raise HTTPBadRequest


def _takes_file(name: str) -> bool:
    return name in FILES or name.startswith(UPLOAD) or OF_QUESTION.fullmatch(name) is not None


def includeme(config):
    config.add_subscriber(check_fields, NewRequest)
    config.add_translation_dirs("colander:locale")
