"""Figures and states as sentences, in the language of the request."""

import math
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from pyramid.i18n import TranslationString, TranslationStringFactory

from lms.languages import direction
from lms.resources.courses import Course
from lms.services.catalogue import SLOW_LINE
from lms.services.courses import Missing, asks, lessons
from lms.services.descriptions import pass_mark

_ = TranslationStringFactory("tutela")

MEGABYTE = 1_000_000
NOTHING_ASKED = _("Nothing in this course has to be done.")


def apart(request, text: str) -> str:
    """A title within a sentence. Where it or the page is written from right to left, it stands
    between marks, so that neither turns the other around (Unicode FSI and PDI)."""
    turned = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return f"\u2068{text}\u2069" if turned or direction(request.locale_name) == "rtl" else text


def listed(request, titles: Iterable[str]) -> str:
    """Titles in a row, each with its own direction, with commas as the page's language has them."""
    comma = "، " if request.locale_name == "ar" else ", "
    return comma.join(apart(request, each) for each in titles)


def size_words(request, size: int) -> str:
    """Bytes for a person: ``390 kB``, ``1.5 MB``, ``60 MB``."""
    if size < MEGABYTE:
        text = _("${amount} kB", mapping={"amount": max(1, round(size / 1000))})
    else:
        amount = f"{size / MEGABYTE:.{int(size < 9.95 * MEGABYTE)}f}"
        text = _("${amount} MB", mapping={"amount": amount})
    return request.localizer.translate(text)


def slow_line_words(request, size: int) -> str:
    """How long so many bytes take on the slowest line the site is made for."""
    return duration_words(request, max(60, math.ceil(size / SLOW_LINE)))


def rule_words(request, course: Course) -> str:
    """What completes the course."""
    kind = course.rule[0]
    if not asks(course):
        text = NOTHING_ASKED
    elif kind == "completed" or course.package is None:
        text = _("Complete all parts of the course.")
    elif kind in ("passed", "both"):
        text = _pass_words(kind, pass_mark(course))
    elif kind == "score":
        text = _("Score at least ${percent} %.", mapping={"percent": course.rule[1]})
    else:
        titles = {lesson.id: lesson.title for lesson in lessons(course.version)}
        names = listed(request, (titles.get(key, key) for key in course.rule[1]))
        text = _("Complete these parts: ${titles}.", mapping={"titles": names})
    return request.localizer.translate(text)


def _pass_words(kind: str, mark: Decimal | None) -> TranslationString:
    if mark is None and kind == "both":
        return _("Complete all parts of the course, and pass it.")
    if mark is None:
        return _("Pass the course.")
    mapping = {"mark": f"{mark.normalize():f}"}
    if kind == "both":
        return _(
            "Complete all parts of the course, and pass it. The pass mark is ${mark} %.",
            mapping=mapping,
        )
    return _("Pass the course. The pass mark is ${mark} %.", mapping=mapping)


def missing_words(request, missing: Missing) -> str:
    """What is still missing, or that nothing is."""
    translate = request.localizer.translate
    if missing.kind == "nothing":
        return translate(_("You have completed this course."))
    if missing.kind == "free":
        return translate(NOTHING_ASKED)
    if missing.kind == "start":
        return translate(_("You have not started yet."))
    if missing.kind == "score" and missing.have is None:
        return translate(
            _("Still missing: a score of at least ${wanted} %.", mapping=_of(request, missing))
        )
    if missing.kind == "score":
        return translate(
            _(
                "Still missing: score ${wanted} %, you have ${have} %.",
                mapping=_of(request, missing),
            )
        )
    if missing.kind == "pass":
        return translate(_("Still missing: pass the course."))
    if missing.kind == "untold":
        return translate(_("You have done all parts. The result of a quiz is not told yet."))
    if missing.kind == "lessons":
        return request.localizer.pluralize(
            "Still missing: ${n} part (${titles}).",
            "Still missing: ${n} parts (${titles}).",
            missing.wanted,
            domain="tutela",
            mapping=_of(request, missing),
        )
    return translate(_("Still missing: the course has not reported that it is complete."))


def _of(request, missing: Missing) -> dict:
    return {
        "wanted": missing.wanted,
        "have": missing.have,
        "n": missing.wanted,
        "titles": listed(request, missing.titles[:5]) + ("…" if len(missing.titles) > 5 else ""),
    }


def duration_words(request, seconds: int) -> str:
    """``75 min``, ``2 h 5 min``, from seconds."""
    minutes = max(0, round(seconds / 60))
    if minutes < 60:
        text = _("${minutes} min", mapping={"minutes": minutes})
    else:
        spent = {"hours": minutes // 60, "minutes": minutes % 60}
        text = _("${hours} h ${minutes} min", mapping=spent)
    return request.localizer.translate(text)
