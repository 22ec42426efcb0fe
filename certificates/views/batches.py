"""``/certificates/batches``: what is done with many certificates at once, and how far it is."""

from functools import partial
from itertools import islice

from pyramid.httpexceptions import HTTPNotFound
from pyramid.i18n import TranslationString
from pyramid.response import FileResponse
from pyramid.view import view_config

from certificates import codes
from certificates.resources import Batch, Batches
from certificates.views.page import HEADERS, page, when

SHOWN = 200
"""Items that stayed as they were, on the page of a batch."""
NEWEST = 50


@view_config(
    context=Batches,
    permission="certificate:list",
    request_method="GET",
    renderer="certificates:templates/batches.jinja2",
)
def newest(context, request):
    """The newest first."""
    found = sorted(context.values(), key=lambda batch: batch.created, reverse=True)[:NEWEST]
    return page(request, batches=found, when=partial(when, request))


@view_config(
    context=Batch,
    permission="certificate:list",
    request_method="GET",
    renderer="certificates:templates/batch.jinja2",
)
def show(context, request):
    """How far it is; when it has ended, what stayed as it was and why."""
    called = request.registry["certificates.called"]
    named = partial(called, request) if context.kind == "issue" else codes.grouped
    items = [
        (named(item), _say(request, words))
        for item, words in islice(context.failed.values(), SHOWN)
    ]
    told = partial(when, request)
    return page(request, batch=context, items=items, when=told, over=over(context))


def _say(request, words: str) -> str:
    """Reasons are kept in English, which is what translations are found by."""
    return request.localizer.translate(TranslationString(words, domain="tutela"))


@view_config(
    context=Batch,
    name="state",
    permission="certificate:list",
    request_method="GET",
    renderer="json",
)
def state(context, request):
    """The same for a script that looks again and again."""
    request.response.headers.update(HEADERS)
    return {"seen": context.seen, "total": context.total, "over": over(context)}


@view_config(
    context=Batch, name="certificates.zip", permission="certificate:list", request_method="GET"
)
def fetch(context, request):
    """The file of a zip, as long as it is kept."""
    if not context.fetchable:
        raise HTTPNotFound
    response = FileResponse(
        context.file.committed(), request=request, content_type="application/zip"
    )
    response.content_disposition = 'attachment; filename="certificates.zip"'
    response.headers.update(HEADERS)
    return response


def over(batch: Batch) -> bool:
    """Whether nothing moves any more."""
    return batch.finished is not None or bool(batch.problem)
