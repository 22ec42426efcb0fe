"""The first page, and the pages that machines ask for."""

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from lms.origins import LOOPBACK
from lms.resources import Site


@view_config(context=Site, renderer="lms:templates/home.jinja2", permission="site:view")
def home(context, request):
    """Who is signed in sees what to go on with; everybody else what this place is."""
    if request.identity is not None:
        return HTTPSeeOther(request.resource_url(context["learning"]))
    return {}


@view_config(name="healthz", context=Site, renderer="json")
def healthz(context, request):
    """200 when the database can be read, as it was to find ``context``."""
    return {"status": "ok"}


@view_config(name="metrics", context=Site, request_method="GET")
def metrics(context, request):
    """What this process counts, for Prometheus on the same machine; nobody else finds it."""
    if request.remote_addr not in LOOPBACK:
        raise HTTPNotFound
    return Response(request.registry["metrics"].text(), content_type="text/plain")
