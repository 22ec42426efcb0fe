"""The page of a certificate, for everybody who has its code."""

import threading

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import exception_view_config, view_config

from certificates.lookups import TooManyLookups, TooManyNames
from certificates.pdf.names import LONGEST_NAME, same_name
from certificates.resources import Certificate
from certificates.standing import name_can_be_checked
from certificates.views.page import HEADERS, certificate_page, page
from certificates.views.sent import FormBroken, FormTooLarge, fields_of

PAGE = "certificates:templates/certificate.jinja2"
_alone = threading.Lock()
"""A comparison of names takes much memory and a core: one at a time."""


@view_config(
    context=Certificate, renderer=PAGE, permission="certificate:view", request_method="GET"
)
def show(context, request):
    """Whether it holds, for what and since when: what a stranger with the code may know."""
    request.registry["certificates.lookups"].check(request.remote_addr)
    return certificate_page(request, context)


@view_config(context=Certificate, name="name", permission="certificate:view", request_method="GET")
def leave_name(context, request):
    """The address that a name was sent to, loaded again without one."""
    return HTTPSeeOther(request.resource_url(context), headers=HEADERS)


@view_config(
    context=Certificate,
    name="name",
    renderer=PAGE,
    permission="certificate:view",
    request_method="POST",
    require_csrf=False,
)
def check_name(context, request):
    """Whether a typed name is the one that the holder lets others check. It is not kept."""
    request.registry["certificates.lookups"].check(request.remote_addr)
    try:
        typed = fields_of(request).get("name", b"").decode("utf-8", "replace").strip()
    except (FormTooLarge, FormBroken):
        typed = ""
    if not typed or len(typed) > LONGEST_NAME:
        return certificate_page(
            request, context, status=400, name_check="missing", typed=typed[:LONGEST_NAME]
        )
    if not name_can_be_checked(context):
        return certificate_page(request, context, status=409, name_check="not offered")
    request.registry["certificates.names"].count(request.remote_addr, context.code)
    with _alone:
        same = same_name(context, typed)
    return certificate_page(request, context, name_check="same" if same else "other", typed=typed)


@exception_view_config(TooManyLookups, renderer="certificates:templates/wait.jinja2")
def wait(context, request):
    """Too many codes or files from one client."""
    request.response.headers["Retry-After"] = str(context.seconds)
    return page(request, status=429)


@exception_view_config(TooManyNames, renderer="certificates:templates/wait_names.jinja2")
def wait_with_names(context, request):
    """Too many names from one client, or with one certificate."""
    request.response.headers["Retry-After"] = str(context.seconds)
    return page(request, status=429)
