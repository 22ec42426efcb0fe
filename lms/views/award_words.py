"""Awards as sentences, in the language of the request: what they ask for, what is still missing."""

from collections.abc import Sequence
from datetime import date

from pyramid.i18n import TranslationString, TranslationStringFactory

from certificates.pdf.phrases import HEADINGS
from certificates.resources import Award
from certificates.rules import Condition, Facts, Rule
from certificates.wording import long_date
from lms.resources.courses import Course
from lms.services.courses import titles_of
from lms.services.descriptions import told
from lms.services.earning import rule_for, subject_of
from lms.views.words import duration_words, listed, rule_words

_ = TranslationStringFactory("tutela")


def day_words(request, moment) -> str:
    """``24 November 2026`` as the reader's language has it."""
    return long_date(moment, request.locale_name)


def certificate_words(request, course: Course, awards: Sequence[Award]) -> str:
    """What the course's certificate is for, in a few words; of several the first that is one of
    achievement."""
    achievements = [each for each in awards if each.kind == "achievement"]
    chosen = (*achievements, *awards)[:1]
    text = _for_what(course, chosen[0]) if chosen else _("no certificate")
    return request.localizer.translate(text)


def _for_what(course: Course, award: Award) -> TranslationString:
    asked = {kind: rest for kind, *rest in award.rule}
    if "completed" in asked and course.package is not None:
        asked = {course.rule[0]: course.rule[1:], **asked}
    if "passed" in asked or "both" in asked:
        return _("certificate for passing")
    if "score" in asked:
        return _("certificate from ${percent} %", mapping={"percent": asked["score"][0]})
    if "lessons" in asked:
        return _("certificate for completing its main parts")
    if "completed" in asked:
        return _("certificate for completing it")
    return _("certificate of participation")


def kind_words(request, kind: str) -> str:
    """``Certificate of participation``"""
    return request.localizer.translate(HEADINGS[kind])


def validity_words(request, award: Award) -> str:
    """How long its certificates hold, and when they can be renewed."""
    kind, *rest = award.validity
    if kind == "forever":
        return request.localizer.translate(_("Valid for ever."))
    if kind == "until":
        day = day_words(request, date.fromisoformat(rest[0]))
        return request.localizer.translate(_("Valid until ${until}.", mapping={"until": day}))
    return request.localizer.pluralize(
        "Valid for ${n} month.",
        "Valid for ${n} months.",
        rest[0],
        domain="tutela",
        mapping={"n": rest[0]},
    )


def rule_lines(request, award: Award) -> list[str]:
    """What an award asks whoever is signed in for: a sentence for each condition."""
    rule = rule_for(request.root, award, request.identity)
    return [request.localizer.translate(_asked(request, award, condition)) for condition in rule]


def _asked(request, award: Award, condition: Condition) -> str:
    kind, *rest = condition
    if kind == "completed":
        return rule_words(request, request.root.courses[subject_of(award)[1]])
    if kind == "passed":
        return _("Pass the course.")
    if kind == "score":
        return _("Score at least ${percent} %.", mapping={"percent": rest[0]})
    if kind == "lessons":
        names = listed(request, lesson_titles(request, award, rest[0]))
        return _("Complete these parts: ${titles}.", mapping={"titles": names})
    if kind == "minutes":
        length = duration_words(request, rest[0] * 60)
        return _("Spend at least ${length} in the course.", mapping={"length": length})
    if kind == "between":
        return _between(request, *rest)
    if kind == "attended":
        return _("Attendance: at least ${percent} %.", mapping={"percent": rest[0]})
    names = listed(request, course_titles(request, rest[0]))
    return _("Complete these courses: ${titles}.", mapping={"titles": names})


def _between(request, first: str, last: str) -> TranslationString:
    days = {
        name: day_words(request, date.fromisoformat(day))
        for name, day in (("first", first), ("last", last))
    }
    return _("It can be earned from ${first} to ${last}.", mapping=days)


def missing_lines(request, award: Award, unmet: Rule, facts: Facts) -> list[str]:
    """What somebody still lacks for an award: a sentence for each condition. That the course is not
    completed is said elsewhere."""
    return [
        request.localizer.translate(_lacking(request, award, condition, facts))
        for condition in unmet
        if condition[0] != "completed"
    ]


def _lacking(request, award: Award, condition: Condition, facts: Facts) -> str:
    kind, *rest = condition
    if kind == "passed":
        return _("Still missing: pass the course.")
    if kind == "score" and facts.score is None:
        return _("Still missing: a score of at least ${wanted} %.", mapping={"wanted": rest[0]})
    if kind == "score":
        have = {"wanted": rest[0], "have": facts.score}
        return _("Still missing: score ${wanted} %, you have ${have} %.", mapping=have)
    if kind == "lessons":
        left = [each for each in rest[0] if each not in facts.lessons]
        return _parts(request, lesson_titles(request, award, left))
    if kind == "minutes":
        have = {
            "wanted": duration_words(request, rest[0] * 60),
            "have": duration_words(request, facts.minutes * 60),
        }
        return _("Still missing: ${wanted} in the course, you have ${have}.", mapping=have)
    if kind == "courses":
        left = [each for each in rest[0] if each not in facts.courses]
        return _parts(request, course_titles(request, left))
    return _asked(request, award, condition)


def _parts(request, titles: list[str]) -> str:
    return request.localizer.pluralize(
        "Still missing: ${n} part (${titles}).",
        "Still missing: ${n} parts (${titles}).",
        len(titles),
        domain="tutela",
        mapping={"n": len(titles), "titles": listed(request, titles)},
    )


def lesson_titles(request, award: Award, ids: Sequence[str]) -> list[str]:
    """Parts of an award's course by their titles, also those that it has no more."""
    package = request.root.courses[subject_of(award)[1]].package
    known = {} if package is None else titles_of(package)
    return [known.get(each, each) for each in ids]


def course_titles(request, slugs: Sequence[str]) -> list[str]:
    """Courses by their titles, as the reader's language has them."""
    known = request.root.courses
    return [
        told(known[slug], request.locale_name).title if slug in known else slug for slug in slugs
    ]
