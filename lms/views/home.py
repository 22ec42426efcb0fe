"""The first page, and the page a load balancer asks for."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from lms.resources import Site


@view_config(context=Site, renderer="lms:templates/home.jinja2", permission="site:view")
def home(context, request):
    """Who is signed in sees what to go on with; everybody else what this place is."""
    if request.identity is not None:
        return HTTPSeeOther(request.resource_url(context["learning"]))
    return {}


@view_config(name="healthz", context=Site, renderer="json")
def healthz(context, request):
    """200 when the database can be read."""
    return {"status": "ok", "database": request.zodb.db().getName() or "main"}
