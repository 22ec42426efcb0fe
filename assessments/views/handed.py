"""What an attempt's pages load: pictures of its questions, and files that were handed in."""

from urllib.parse import quote

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from assessments.attempts.review import matrix
from assessments.attempts.shown import shown
from assessments.resources import Answer, Attempt
from assessments.views.arrival import arrived
from assessments.views.neutral import behind
from assessments.views.posting import number

HOUR = 3600
SHOWN_TYPES = ("image/", "audio/", "video/")
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@view_config(context=Attempt, name="files", permission="attempt:view", request_method="GET")
def question_file(context, request):
    """``files/<question>/<opaque name>``: while the question itself may be seen."""
    if len(request.subpath) != 2:
        raise HTTPNotFound
    position, name = number(request.subpath[0]) - 1, request.subpath[1]
    if not 0 <= position < len(context.answers):
        raise HTTPNotFound
    now = arrived(request)
    if shown(context, position, now, matrix(context, now)) is None:
        raise HTTPNotFound
    file = behind(context, position, name, request.registry["assessments"].secret)
    if file is None:
        raise HTTPNotFound
    inline = file.type.startswith(SHOWN_TYPES)
    response = sent(file.read(), file.type, "" if inline else "file")
    response.cache_control = f"private, max-age={HOUR}"
    return response


@view_config(context=Attempt, name="uploads", permission="attempt:view", request_method="GET")
@view_config(context=Attempt, name="handed-in", permission="quiz:mark", request_method="GET")
def uploaded_file(context, request):
    """``uploads/<id>`` for the learner whose it is, ``handed-in/<id>`` for those who mark. It is
    never shown in the site, only saved."""
    key = "/".join(request.subpath)
    file = next((found for each in context.answers if (found := _handed_in(each, key))), None)
    content = None if file is None else file.read()
    if file is None or content is None:
        raise HTTPNotFound
    response = sent(content, file.type, file.name)
    response.cache_control = "private, no-store"
    return response


def _handed_in(answer: Answer, key: str):
    return None if answer.files is None else answer.files.get(key)


def sent(content: bytes, media_type: str, name: str) -> Response:
    """:param name: to save it under; empty for what is shown"""
    response = Response(body=content)
    response.headers["Content-Type"] = media_type or "application/octet-stream"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    if name:
        response.headers["Content-Disposition"] = attachment(name)
    return response


def attachment(name: str) -> str:
    """The header by which a browser saves a file under this name (RFC 6266)."""
    plain = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
