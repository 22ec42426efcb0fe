"""Looking at an attempt that has ended, as far as the author's rules let learners see it now."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from assessments.attempts.overview import overview
from assessments.attempts.receipt import receipt
from assessments.attempts.result import marks_of, result_of
from assessments.attempts.review import seen
from assessments.quizzes.plan import See
from assessments.resources import Attempt
from assessments.views import words
from assessments.views.arrival import arrived
from assessments.views.asked import Asked
from assessments.views.attempting import page_url
from assessments.views.closing import close

PAGE = "assessments:templates/taking/review.jinja2"


@view_config(
    context=Attempt, name="review", permission="attempt:view", request_method="GET", renderer=PAGE
)
def review(context, request):
    """The result, the questions, the receipt: each where it may be seen."""
    now = arrived(request)
    close(request, context, now)
    if context.finished is None:
        return HTTPSeeOther(page_url(request, context, context.page))
    request.response.headers["Cache-Control"] = "no-store"
    allowed = seen(context, now)
    result = result_of(context)
    marks = marks_of(context) if result and See.MARKS in allowed else None
    registry = request.registry
    asked = [Asked(request, context, each, now, allowed) for each in range(len(context.answers))]
    return {
        "layout": registry["assessments"].layout,
        "attempt": context,
        "quiz": context.quiz,
        "url": request.resource_url(context),
        "quiz_url": request.resource_url(context.quiz),
        "result": result and marks and words.result(result, context.quiz, request.localizer),
        "passed": result.passed if result and marks else None,
        "marks": marks,
        "waiting": bool(result and result.waiting),
        "late": "late" in request.GET,
        "band": result.band if result and See.OVERALL in allowed else "",
        "lines": [(each, *words.state_of(each)) for each in overview(context, now)],
        "questions": [each.page() for each in asked if each.shown is not None],
        "receipt": receipt(context, registry["assessments"].secret),
        "back": registry["assessments.back"](request, context.quiz),
        "words": words,
    }
