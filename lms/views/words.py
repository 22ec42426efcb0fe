"""Figures and states as sentences, in the language of the request."""

from pyramid.i18n import TranslationStringFactory

from lms.resources.courses import Course
from lms.services.courses import Missing, lessons

_ = TranslationStringFactory("tutela")

MEGABYTE = 1_000_000


def size_words(request, size: int) -> str:
    """Bytes for a person: ``390 kB``, ``1.5 MB``."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / MEGABYTE:.1f} MB"


def rule_words(request, course: Course) -> str:
    """What completes the course."""
    kind = course.rule[0]
    if kind == "completed":
        text = _("Complete all parts of the course.")
    elif kind == "passed":
        text = _("Pass the course.")
    elif kind == "score":
        text = _("Score at least ${percent} %.", mapping={"percent": course.rule[1]})
    else:
        titles = {lesson.id: lesson.title for lesson in lessons(course)}
        names = ", ".join(titles.get(key, key) for key in course.rule[1])
        text = _("Complete these parts: ${titles}.", mapping={"titles": names})
    return request.localizer.translate(text)


def missing_words(request, missing: Missing) -> str:
    """What is still missing, or that nothing is."""
    translate, plural = request.localizer.translate, request.localizer.pluralize
    if missing.kind == "nothing":
        return translate(_("You have completed this course."))
    if missing.kind == "start":
        return translate(_("You have not started yet."))
    if missing.kind == "score" and missing.have is None:
        return translate(_("Still missing: a score of at least ${wanted} %.", mapping=_of(missing)))
    if missing.kind == "score":
        return translate(
            _("Still missing: score ${wanted} %, you have ${have} %.", mapping=_of(missing))
        )
    if missing.kind == "pass":
        return translate(_("Still missing: pass the course."))
    if missing.kind == "lessons":
        return plural(
            _("Still missing: ${n} part (${titles})."),
            _("Still missing: ${n} parts (${titles})."),
            missing.wanted,
            mapping=_of(missing),
        )
    return translate(_("Still missing: the course has not reported that it is complete."))


def _of(missing: Missing) -> dict:
    return {
        "wanted": missing.wanted,
        "have": missing.have,
        "n": missing.wanted,
        "titles": ", ".join(missing.titles[:5]) + ("…" if len(missing.titles) > 5 else ""),
    }


def duration_words(seconds: int) -> str:
    """``75 min``, ``2 h 5 min``, from seconds."""
    minutes = max(0, round(seconds / 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
