"""Making a course, its settings, who is in it, how they stand: for authors and admins."""

import io
from datetime import UTC, datetime

import colander
from deform import widget
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.response import Response
from pyramid.view import view_config

from assessments.attempts.pairs import pre_test_of
from lms.forms import create_form, handle_form_submission
from lms.resources.courses import Course, Courses
from lms.services import awards, courses, descriptions, people, quiz_results, reports
from lms.views.award_words import kind_words
from lms.views.course_form import settings_schema

_ = TranslationStringFactory("tutela")


class NewCourse(colander.Schema):
    """What a course needs to exist."""

    title = colander.SchemaNode(
        colander.String(), title=_("Title"), validator=colander.Length(1, 200)
    )
    package = colander.SchemaNode(
        colander.String(),
        title=_("Package"),
        description=_("A course can also be of quizzes alone, or get its package later."),
        missing="",
    )


class Whom(colander.Schema):
    """People to enrol: by name, or everybody of a centre."""

    usernames = colander.SchemaNode(
        colander.String(),
        title=_("Usernames"),
        description=_("One on each line."),
        widget=widget.TextAreaWidget(rows=6),
        missing="",
        validator=colander.Length(max=100_000),
    )
    centre = colander.SchemaNode(
        colander.String(),
        title=_("Everybody of a centre"),
        description=_("Who joins the centre later is not enrolled by this."),
        missing="",
    )

    def validator(self, node, value):
        """Somebody has to be named."""
        if not value["usernames"].strip() and not value.get("centre"):
            problem = colander.Invalid(node)
            problem["usernames"] = _("Write usernames, or choose a centre.")
            raise problem


@view_config(
    context=Courses, name="add", renderer="lms:templates/form.jinja2", permission="course:create"
)
def add(context, request):
    """A new course on one of the packages, or on none."""
    packages = sorted(request.root.packages.values(), key=lambda p: p.created, reverse=True)
    schema = NewCourse().clone()  # the fields of a class are shared by all its schemas
    choices = [("", _("None")), *((package.__name__, package.title) for package in packages)]
    schema["package"].widget = widget.SelectWidget(values=choices)
    schema["package"].validator = colander.OneOf([key for key, _title in choices])
    form = create_form(request, schema, buttons=((_("Create the course"), "create"),))
    title = request.localizer.translate(_("New course"))

    def created(appstruct):
        key = appstruct["package"]
        course = courses.create(
            context,
            request.root.packages[key] if key else None,
            title=appstruct["title"],
            slug=None,
            now=datetime.now(UTC),
        )
        request.note("course created", course.__name__, {"package": key})
        return HTTPSeeOther(request.resource_url(course, "edit" if key else "parts"))

    if request.method == "POST":
        return handle_form_submission(
            request, form, created, lambda html: {"title": title, "form": html}
        )
    chosen = request.GET.get("package", "")
    named = dict(choices[1:]).get(chosen, "")
    html = form.render({"package": chosen, "title": named})
    return {"title": title, "form": html}


@view_config(
    context=Course, name="edit", renderer="lms:templates/form.jinja2", permission="course:edit"
)
def edit(context, request):
    """The course's settings."""
    schema = settings_schema(context, request.root.topics)
    form = create_form(request, schema, buttons=((_("Save"), "save"),))
    title = context.title

    def saved(appstruct):
        courses.change(context, appstruct)
        descriptions.describe(context, {"topics": (), **appstruct})
        request.note("course changed", context.__name__, {"published": context.published})
        newly = awards.reassess(
            request.root,
            context,
            request.registry["settings"].name,
            datetime.now(UTC),
            actor=request.identity.id,
        )
        request.session.flash(request.localizer.translate(_("The course is saved.")), "right")
        if newly:
            words = request.localizer.pluralize(
                "${n} person has completed it by what is decided now.",
                "${n} people have completed it by what is decided now.",
                newly,
                domain="tutela",
                mapping={"n": newly},
            )
            request.session.flash(words, "note")
        return HTTPSeeOther(request.resource_url(context))

    if request.method == "POST":
        return handle_form_submission(
            request, form, saved, lambda html: {"title": title, "form": html}
        )
    settings = courses.settings_of(context) | descriptions.description_of(context)
    return {"title": title, "form": form.render(settings)}


@view_config(
    context=Course,
    name="enrol",
    renderer="lms:templates/form.jinja2",
    permission="course:admit",
)
def enrol(context, request):
    """An admin enrols people by username or by centre: all of them, or nobody and the reason."""
    schema = Whom().clone()  # the fields of a class are shared by all its schemas
    known = people.centres(request.root.people)
    schema["centre"].widget = widget.SelectWidget(
        values=[("", _("None")), *((name, name) for name in known)]
    )
    schema["centre"].validator = colander.OneOf(known)
    if not known:
        del schema["centre"]
    form = create_form(request, schema, buttons=((_("Enrol"), "enrol"),))
    title = request.localizer.translate(
        _("Enrol people in ${course}", mapping={"course": context.title})
    )

    def enrolled(appstruct):
        everybody, names = request.root.people, appstruct["usernames"].splitlines()
        found = people.of_centre(everybody, appstruct["centre"]) if appstruct.get("centre") else []
        if any(name.strip() for name in names):
            named = people.all_named(everybody, names)
            found += [person for person in named if person not in found]
        issuer, now = request.registry["settings"].name, datetime.now(UTC)
        for person in found:
            courses.enrol(context, person, now)
            quiz_results.catch_up(request.root, context, person, issuer, now)
        request.note("people enrolled", context.__name__, {"people": [p.id for p in found]})
        words = request.localizer.pluralize(
            "${n} person is enrolled.",
            "${n} people are enrolled.",
            len(found),
            domain="tutela",
            mapping={"n": len(found)},
        )
        request.session.flash(words, "right")
        return HTTPSeeOther(request.resource_url(context, "report"))

    if request.method == "POST":
        return handle_form_submission(
            request,
            form,
            enrolled,
            lambda html: {"title": title, "form": html},
            refusals=people.PersonRefused,
        )
    return {"title": title, "form": form.render()}


@view_config(
    context=Course,
    name="report",
    renderer="lms:templates/courses/report.jinja2",
    permission="course:report",
)
def report(context, request):
    """Everybody in the course and where they stand, as a table on the page."""
    sort = request.GET.get("sort", "name")
    rows = reports.course_rows(request.root, context, datetime.now(UTC), sort=sort)
    return {
        "course": context,
        "rows": rows,
        "kind_words": lambda kind: kind_words(request, kind),
        "sort": sort,
        "quizzes": reports.quizzes_in(context),
        "compared": [quiz for quiz in reports.quizzes_in(context) if pre_test_of(quiz)],
    }


@view_config(context=Course, name="report.csv", permission="course:report")
def report_csv(context, request):
    """The same table for a spreadsheet."""
    rows = reports.course_rows(request.root, context, datetime.now(UTC))
    text = io.StringIO(newline="")
    reports.write_csv(text, rows)
    request.note("report exported", context.__name__, {"rows": len(rows)})
    return Response(
        body="\ufeff".encode() + text.getvalue().encode(),
        content_type="text/csv",
        charset="utf-8",
        content_disposition=f'attachment; filename="{context.__name__}.csv"',
    )
