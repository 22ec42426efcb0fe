"""The topics, for admins: the list, one topic's name, and taking one away."""

import colander
from deform import widget
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from lms.forms import create_form, handle_form_submission
from lms.permissions import Permission
from lms.resources.topics import Topic, Topics
from lms.services import topics

_ = TranslationStringFactory("tutela")


class TopicName(colander.Schema):
    """What a topic is called."""

    name = colander.SchemaNode(
        colander.String(),
        title=_("Name"),
        description=_("A few words that members would look for."),
        validator=colander.Length(max=topics.LONGEST_NAME),
        widget=widget.TextInputWidget(attributes={"autocomplete": "off", "dir": "auto"}),
    )


class TopicPages:
    """What the pages of all topics and of one have in common."""

    def __init__(self, context, request):
        self.context = context
        self.request = request

    def done(self, words) -> HTTPSeeOther:
        """To the list, which says what was done."""
        self.request.session.flash(self.request.localizer.translate(words), "right")
        return HTTPSeeOther(self.request.resource_url(self.request.root.topics))

    def courses(self):
        return self.request.root.courses.values()

    def submitted(self, form, on_success, page):
        return handle_form_submission(
            self.request, form, on_success, page, refusals=topics.TopicRefused
        )


@view_defaults(
    context=Topics,
    permission=Permission.TOPIC_CHANGE,
    renderer="lms:templates/courses/topics.jinja2",
)
class TopicsViews(TopicPages):
    """``/admin/topics``: all of them, and a form for one more."""

    def form(self):
        return create_form(self.request, TopicName(), buttons=((_("Add this topic"), "add"),))

    def page(self, html):
        counted = topics.counted(self.courses())
        rows = [
            {
                "name": topic.name,
                "url": self.request.resource_url(topic),
                "courses": counted[topic.id],
                "courses_url": self.request.resource_url(
                    self.request.root.courses, query={"topic": topic.id}
                ),
            }
            for topic in topics.in_order(self.context.values())
        ]
        return {"topics": rows, "form": html}

    @view_config(request_method="GET")
    def show(self):
        return self.page(self.form().render())

    @view_config(request_method="POST")
    def add(self):
        return self.submitted(self.form(), self.added, self.page)

    def added(self, values):
        topic = topics.add(self.context, values["name"])
        self.request.note("topic added", topic.id, {"name": topic.name})
        return self.done(_("The topic ${name} is added.", mapping={"name": topic.name}))


@view_defaults(context=Topic, permission=Permission.TOPIC_CHANGE)
class TopicViews(TopicPages):
    """``/admin/topics/<id>``: its name; taking it away asks on a page of its own."""

    def form(self):
        return create_form(self.request, TopicName(), buttons=((_("Save"), "save"),))

    def page(self, html):
        return {"topic": self.context, "form": html}

    @view_config(request_method="GET", renderer="lms:templates/courses/topic.jinja2")
    def show(self):
        return self.page(self.form().render({"name": self.context.name}))

    @view_config(request_method="POST", renderer="lms:templates/courses/topic.jinja2")
    def save(self):
        return self.submitted(self.form(), self.saved, self.page)

    def saved(self, values):
        before = self.context.name
        topics.rename(self.request.root.topics, self.context, values["name"])
        details = {"name": f"{before} → {self.context.name}"}
        self.request.note("topic renamed", self.context.id, details)
        return self.done(_("The topic is now called ${name}.", mapping={"name": self.context.name}))

    @view_config(
        name="remove",
        request_method="GET",
        renderer="lms:templates/courses/topic_remove.jinja2",
    )
    def ask(self):
        counted = topics.counted(self.courses())
        return {"topic": self.context, "courses": counted[self.context.id]}

    @view_config(name="remove", request_method="POST")
    def remove(self):
        name = self.context.name
        having = topics.remove(self.request.root.topics, self.context, self.courses())
        self.request.note("topic removed", self.context.id, {"name": name, "courses": having})
        return self.done(_("The topic ${name} is removed.", mapping={"name": name}))
