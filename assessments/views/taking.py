"""A quiz's own page for learners: its rules, what they have done so far, and one button."""

from fractions import Fraction
from random import SystemRandom

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config

from assessments.attempts.result import result_for, result_of
from assessments.attempts.review import matrix
from assessments.attempts.rules import rules_for
from assessments.attempts.size import questions_in
from assessments.attempts.start import Refused, attempts_of, current, refusal, start
from assessments.attempts.timing import Standing, standing
from assessments.events import AttemptStarted
from assessments.questions.html import safe
from assessments.quizzes.plan import Behaviour, See
from assessments.resources import Attempt, Quiz
from assessments.views import words
from assessments.views.arrival import arrived
from assessments.views.closing import close

_ = TranslationStringFactory("tutela")
RANDOM = SystemRandom()
PAGE = "assessments:templates/taking/quiz.jinja2"


@view_config(context=Quiz, permission="quiz:take", request_method="GET", renderer=PAGE)
def quiz_page(context, request):
    """Everything a learner should know before the button is pressed."""
    return page(context, request)


@view_config(context=Quiz, name="start", permission="quiz:take", request_method="POST")
def start_attempt(context, request):
    """Begin an attempt, or go on with the open one. An author's own look counts nowhere."""
    now = arrived(request)
    registry = request.registry
    preview = "preview" in request.POST and bool(request.has_permission("quiz:edit", context))
    learner = registry["assessments.learner"](request)
    before = None if preview else current(context, learner, now)
    for last in attempts_of(context, learner)[-1:]:
        close(request, last, now)
    try:
        attempt = start(
            registry["assessments.bank"](request),
            context,
            learner,
            registry["assessments.groups"](request),
            now,
            random=RANDOM,
            language=request.locale_name,
            preview=preview,
        )
    except Refused:
        # Why not is said on the page itself.
        return HTTPSeeOther(request.resource_url(context))
    if attempt is not before:
        registry.notify(AttemptStarted(request, attempt))
    return HTTPSeeOther(request.resource_url(attempt, query={"page": attempt.page + 1}))


@view_config(context=Quiz, name="start", permission="quiz:take", request_method="GET")
def start_again(context, request):
    """Somebody came back to the address of the button."""
    return HTTPSeeOther(request.resource_url(context))


def page(quiz: Quiz, request) -> dict:
    now = arrived(request)
    registry = request.registry
    learner = registry["assessments.learner"](request)
    groups = registry["assessments.groups"](request)
    bank = registry["assessments.bank"](request)
    for last in attempts_of(quiz, learner)[-1:]:
        close(request, last, now)
    translate = request.localizer.translate
    rules = rules_for(quiz, learner, groups)
    attempts = attempts_of(quiz, learner)
    open_one = current(quiz, learner, now)
    why_not = None if open_one else refusal(quiz, learner, groups, now)
    return {
        "layout": registry["assessments"].layout,
        "quiz": quiz,
        "intro": safe(quiz.intro),
        "rules": rules_in_words(rules, questions_in(bank, quiz), len(attempts), request.localizer),
        "certainty": _certainty(rules.settings),
        "earlier": [_line(request, each, now) for each in reversed(attempts)],
        "counted": _counted(request, quiz, attempts, now),
        "open_one": open_one,
        "why_not": why_not and translate(why_not),
        "opens": rules.opens and words.moment(rules.opens),
        "soon": bool(rules.opens and now < rules.opens),
        "may_preview": bool(request.has_permission("quiz:edit", quiz)),
        "back": registry["assessments.back"](request, quiz),
        "words": words,
    }


def rules_in_words(rules, questions: int, used: int, localizer) -> list[tuple[str, list[str]]]:
    """Each rule: what it is about, and its sentences."""
    settings, translate = rules.settings, localizer.translate
    attempts = [_("You can take it as often as you like.")]
    if rules.attempts:
        numbers = {"all": rules.attempts, "left": max(0, rules.attempts - used)}
        attempts = [_("In all: ${all}. Left: ${left}.", mapping=numbers)]
    if rules.attempts != 1 and not settings.practice:
        attempts.append(words.COUNTED[settings.counted])
    if any(settings.wait):
        first, later = (translate(words.span(each)) for each in settings.wait)
        attempts.append(
            _(
                "Between the first and the second you wait ${first}, between later ones ${later}.",
                mapping={"first": first, "later": later},
            )
            if first != later
            else _("Between two of them you wait ${first}.", mapping={"first": first})
        )
    back = (
        _("You cannot go back to a page that you have left.")
        if settings.sequential
        else _("You can go back to every question until you hand in.")
    )
    found = [
        (_("Questions"), [str(questions)]),
        (_("Attempts"), attempts),
        (_("Time"), words.time_rules(rules, translate)),
        (_("When it is open"), _open(rules)),
        (_("To pass"), _to_pass(settings, localizer.locale_name)),
        (_("Going back"), [back]),
        (_("While you work"), [words.BEHAVIOURS[settings.behaviour]]),
        (_("Your result"), [words.told_when(settings, rules.closes), *words.answers_when(rules)]),
    ]
    return [
        (translate(about), [translate(each) for each in sentences])
        for about, sentences in found
        if sentences
    ]


def _open(rules) -> list:
    said = []
    if rules.opens is not None:
        said.append(_("From ${time} on.", mapping={"time": words.moment(rules.opens)}))
    if rules.closes is not None:
        said.append(_("Until ${time}.", mapping={"time": words.moment(rules.closes)}))
    return said


def _to_pass(settings, language: str) -> list:
    if settings.practice:
        return [_("This is for practice. It counts for nothing.")]
    if settings.pass_percent is None:
        return []
    percent = words.mark(Fraction(settings.pass_percent), language)
    return [_("At least ${percent} %.", mapping={"percent": percent})]


def _certainty(settings) -> list:
    counts = settings.behaviour in (Behaviour.DEFERRED, Behaviour.IMMEDIATE)
    return list(words.CERTAINTIES.values()) if settings.certainty and counts else []


def _counted(request, quiz: Quiz, attempts: list[Attempt], now) -> str:
    """What several attempts brought together; empty where one of them may not be seen yet."""
    ended = [each for each in attempts if each.state == "finished"]
    found = result_for(quiz, ended[0].learner_id) if len(ended) > 1 else None
    if found is None or not all(See.MARKS in matrix(each, now) for each in ended):
        return ""
    return words.result(found, quiz, request.localizer)


def _line(request, attempt: Attempt, now) -> dict:
    """One earlier attempt, with its result as far as it may be seen."""
    result = result_of(attempt) if See.MARKS in matrix(attempt, now) else None
    return {
        "attempt": attempt,
        "url": request.resource_url(attempt, "review"),
        "open": standing(attempt, now) in (Standing.OPEN, Standing.OVERDUE),
        "result": result and words.result(result, attempt.quiz, request.localizer),
        "passed": result and result.passed,
        "waiting": result and result.waiting,
    }
