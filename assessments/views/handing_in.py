"""Handing in: what is not answered yet is said first, then one button ends the attempt."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from assessments.attempts.overview import Step
from assessments.attempts.receipt import receipt
from assessments.resources import Attempt
from assessments.views.arrival import arrived
from assessments.views.attempting import frame, page_url
from assessments.views.closing import close, hand_in
from assessments.views.handed import attachment

PAGE = "assessments:templates/taking/finish.jinja2"


@view_config(
    context=Attempt, name="finish", permission="attempt:write", request_method="GET", renderer=PAGE
)
def summary(context, request):
    """Before handing in."""
    now = arrived(request)
    close(request, context, now)
    if context.finished is not None:
        return HTTPSeeOther(request.resource_url(context, "review"))
    request.response.headers["Cache-Control"] = "no-store"
    shown = frame(context, request, now)
    lines = [line for line, _key, _words in shown["lines"]]
    return {
        **shown,
        "back_url": page_url(request, context, context.page if context.sequential else 0),
        "unanswered": sum(line.step is Step.UNANSWERED for line in lines),
        "flagged": sum(line.flagged for line in lines),
        "tried": sum(line.step is Step.TRIED for line in lines),
        "page_url": lambda line: page_url(request, context, line.page, f"q{line.position + 1}"),
    }


@view_config(context=Attempt, name="finish", permission="attempt:write", request_method="POST")
def finish_attempt(context, request):
    """Hand it in. A second time leads to the same place."""
    hand_in(request, context, arrived(request))
    return HTTPSeeOther(request.resource_url(context, "review"))


@view_config(context=Attempt, name="receipt", permission="attempt:view", request_method="GET")
def download_receipt(context, request):
    """The receipt as a text file."""
    if context.finished is None:
        return HTTPSeeOther(request.resource_url(context, "finish"))
    response = request.response
    response.text = receipt(context, request.registry["assessments"].secret)
    response.content_type = "text/plain"
    response.headers["Content-Disposition"] = attachment("receipt.txt")
    response.headers["Cache-Control"] = "no-store"
    return response
