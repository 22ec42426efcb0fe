"""Work in the background: what waits, and what was given up."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from lms import zips
from lms.permissions import Permission
from lms.resources.outbox import Job, Outbox
from lms.services import certificate_work, imports, outbox


@view_config(
    context=Outbox, renderer="lms:templates/people/work.jinja2", permission=Permission.WORK_VIEW
)
def work(context, request):
    """Every job that is not done, the oldest first."""
    jobs = sorted(context.values(), key=lambda job: job.created)
    return {
        "jobs": [
            {
                "job": job,
                "address": f"{request.resource_url(context)}{job.__name__}/",
                "subject": _subject(request, job),
            }
            for job in jobs
        ]
    }


def _subject(request, job: Job) -> dict:
    """What the job is about, and where that is."""
    if job.kind in (certificate_work.KIND, zips.KIND):
        batch = request.root.certificates.batches.get(job.subject)
        url = None if batch is None else request.resource_url(batch)
        return {"name": job.subject, "url": url}
    found = request.root.packages.imports.get(job.subject) if job.kind == imports.KIND else None
    if found is None:
        return {"name": job.subject, "url": None}
    return {"name": found.name or job.subject, "url": request.resource_url(found)}


@view_config(context=Job, name="retry", request_method="POST", permission=Permission.WORK_CHANGE)
def retry(context, request):
    """Let a job that was given up be tried anew, at once."""
    if context.state != "failed":  # the page was older than what has become of it
        return HTTPSeeOther(request.resource_url(context.__parent__))
    now = datetime.now(UTC)
    imports.retried(request.root, context.subject, now)
    outbox.retry(context, now)
    request.note("job retried", context.__name__, {"kind": context.kind})
    return HTTPSeeOther(request.resource_url(context.__parent__))


@view_config(context=Job, name="drop", request_method="POST", permission=Permission.WORK_CHANGE)
def drop(context, request):
    """Take out a job that was given up: one that waits is somebody's package."""
    parent = context.__parent__
    if context.state == "failed":
        request.note("job dropped", context.__name__, {"kind": context.kind})
        parent.remove(context)
    return HTTPSeeOther(request.resource_url(parent))
