"""The catalogue: a form to say what one looks for, and the courses that are like that."""

from collections.abc import Collection
from datetime import UTC, datetime

from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config

from lms.languages import language_name
from lms.permissions import Permission
from lms.resources.courses import Courses
from lms.services import awards, catalogue, courses, topics
from lms.services.catalogue import Wish
from lms.services.descriptions import told
from lms.services.folding import place_in_order
from lms.views import layout
from lms.views.award_words import certificate_words
from lms.views.words import MEGABYTE, size_words

_ = TranslationStringFactory("tutela")

MINUTES = (15, 30, 60, 120)
SIZES = (5, 25)
"""Megabytes."""
LONGEST_WORDS = 200
"""Characters to look for: each course is searched for all of them."""
LONGEST_SUMMARY = 240
LONGEST_NOTE = 300
"""Characters in a row; the course's page has all of it."""
STATUSES = {status: layout.STATUSES[status] for status in catalogue.STATUSES}
ORDERS = {"newest": _("newest first"), "shortest": _("shortest first")}


@view_config(
    context=Courses,
    renderer="lms:templates/courses/list.jinja2",
    permission=Permission.COURSE_LIST,
)
def show(context, request):
    """The courses that the person may take and that fit the wish, fifty at a time."""
    all_courses = [
        course
        for course in context.values()
        if request.has_permission(Permission.COURSE_ENROL, course)
    ]
    languages = {course.language for course in all_courses}
    wish = wish_of(request.GET, topics=request.root.topics, languages=languages)
    certified = awards.certified(request.root, datetime.now(UTC)) if wish.certificate else ()
    found = catalogue.find(
        all_courses, request.identity.enrolments, wish, request.locale_name, certified
    )
    shown, number, pages = catalogue.page_of(found, _number(request.GET.get("page")) or 1)
    fields = fields_of(request, wish, set(topics.counted(all_courses)), languages)
    with_certificate = request.localizer.translate(_("only with a certificate"))
    chosen = [field.chosen_words for field in fields if field.chosen_words]
    return {
        "rows": [_row(request, course) for course in shown],
        "any": bool(all_courses),
        "found": len(found),
        "number": number,
        "pages": pages,
        "page_url": lambda page: request.resource_url(context, query=_said(wish, page)),
        "wish": wish,
        "filtered": bool(wish.words or chosen or wish.certificate),
        "fields": fields,
        "with_certificate": with_certificate,
        "chosen": [*chosen, with_certificate] if wish.certificate else chosen,
    }


def wish_of(sent, *, topics: Collection[str], languages: Collection[str]) -> Wish:
    """What the form says; what it cannot say, or says of what is gone, counts as not said."""
    minutes, size = _number(sent.get("minutes")), _number(sent.get("size"))
    return Wish(
        words=sent.get("words", "").strip()[:LONGEST_WORDS],
        topic=_one_of(topics, sent.get("topic")),
        language=_one_of(languages, sent.get("language")),
        minutes=minutes if minutes in MINUTES else None,
        size=size * MEGABYTE if size in SIZES else None,
        certificate="certificate" in sent,
        status=_one_of(STATUSES, sent.get("status")),
        order=_one_of(ORDERS, sent.get("order")) or "title",
    )


def _one_of(known: Collection[str], value: str | None) -> str:
    return value if value is not None and value in known else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _said(wish: Wish, page: int = 0) -> dict[str, str]:
    """The form's fields for an address, without those that say nothing."""
    fields = {
        "words": wish.words,
        "topic": wish.topic,
        "language": wish.language,
        "minutes": wish.minutes,
        "size": wish.size and wish.size // MEGABYTE,
        "status": wish.status,
        "certificate": int(wish.certificate),
        "order": wish.order if wish.order in ORDERS else "",
        "page": page,
    }
    return {name: str(value) for name, value in fields.items() if value}


class Field:
    """A list of the form to choose one from.

    :param choices: ``(value, words)``; the first has no value, and nothing is chosen by it
    """

    def __init__(self, name: str, label: str, choices: list[tuple[str, str]], chosen: str):
        self.name = name
        self.label = label
        self.choices = choices
        self.chosen = chosen

    @property
    def chosen_words(self) -> str:
        return dict(self.choices)[self.chosen] if self.chosen else ""


def fields_of(request, wish: Wish, with_courses: set[str], languages: set[str]) -> list[Field]:
    """The lists of the form: of topics and languages, only those that there are courses of.

    :param with_courses: ids of the topics that courses have
    """
    translate = request.localizer.translate
    said = _said(wish)
    known = map(request.root.topics.get, with_courses | {wish.topic})
    of_topics = topics.in_order(topic for topic in known if topic is not None)
    names = sorted(((code, language_name(code)) for code in languages), key=_by_name)
    up_to_minutes = [(n, _("up to ${n} min", mapping={"n": n})) for n in MINUTES]
    up_to_size = [(n, _("up to ${n} MB", mapping={"n": n})) for n in SIZES]
    lists = (
        ("topic", _("Topic"), _("any topic"), [(topic.id, topic.name) for topic in of_topics]),
        ("language", _("Language"), _("any language"), names),
        ("minutes", _("Length"), _("any length"), up_to_minutes),
        ("size", _("Download"), _("any size"), up_to_size),
        ("status", _("Where you stand"), _("any"), list(STATUSES.items())),
        ("order", _("Order"), _("by title"), list(ORDERS.items())),
    )
    return [
        Field(
            name,
            translate(label),
            [("", translate(first)), *((str(value), translate(words)) for value, words in choices)],
            said.get(name, ""),
        )
        for name, label, first, choices in lists
        if choices
    ]


def _by_name(choice: tuple[str, str]) -> tuple[str, str]:
    return place_in_order(choice[1])


def _row(request, course) -> dict:
    enrolment = request.identity.enrolments.get(course.__name__)
    words = told(course, request.locale_name)
    given = awards.given_in(request.root, course, datetime.now(UTC))
    return {
        "course": course,
        "told": words,
        "summary": catalogue.clipped(words.summary, LONGEST_SUMMARY),
        "note": catalogue.clipped(course.content_note, LONGEST_NOTE),
        "url": request.resource_url(course),
        "size": size_words(request, catalogue.size_of(course)) if course.package else "",
        "certificate": certificate_words(request, course, given),
        "topics": [topic.name for topic in topics.of_course(request.root.topics, course)],
        "action": courses.action(enrolment),
        "status": None if enrolment is None else catalogue.status_of(enrolment),
    }
