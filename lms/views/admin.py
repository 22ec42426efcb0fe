"""The admin's first page, and the audit trail."""

from pyramid.view import view_config

from lms.permissions import Permission
from lms.resources.site import Admin
from lms.services import audit


@view_config(
    context=Admin, renderer="lms:templates/people/admin.jinja2", permission=Permission.ADMIN_VIEW
)
def admin(context, request):
    """Where an admin's work is, and how well packages are kept apart."""
    return {
        "people_url": request.resource_url(request.root.people),
        "topics_url": request.resource_url(request.root.topics),
        "paths_url": request.resource_url(request.root.certificates.awards),
        "certificates_url": request.resource_url(request.root.certificates, "all"),
        "templates_url": request.resource_url(request.root.certificates.templates),
        "work_url": request.resource_url(request.root.outbox),
        "audit_url": request.resource_url(context, "audit"),
        "isolated": request.registry["settings"].origins.isolated,
    }


@view_config(
    context=Admin,
    name="audit",
    renderer="lms:templates/people/audit.jinja2",
    permission=Permission.ADMIN_VIEW,
)
def audit_trail(context, request):
    """What was done, the newest first, fifty at a time."""
    entries, further = audit.page(request.root.audit, before=request.GET.get("before") or None)
    people = request.root.people
    older = None
    if further is not None:
        older = request.resource_url(context, "audit", query={"before": further})
    return {
        "entries": [
            {
                "time": entry["time"],
                "actor": _person_words(people, entry["actor"]),
                "action": entry["action"],
                "subject": _person_words(people, entry["subject"]),
                "details": ", ".join(
                    f"{name}: {value}" for name, value in entry["details"].items()
                ),
            }
            for entry in entries
        ],
        "older": older,
        "later": "before" in request.GET,
    }


def _person_words(people, key: str) -> str:
    person = people.get(key)
    return key if person is None else person.username
