"""Saving answers while somebody works, and the clock of the attempt. Both speak JSON.

An answer tells what was saved and what time is left, and nothing of what it is worth: that is not
known here, because nothing is marked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge
from pyramid.view import view_config

from assessments.attempts.history import TooMuch
from assessments.attempts.save import Conflict, Saved, save
from assessments.attempts.timing import left, standing
from assessments.resources import Attempt
from assessments.views.arrival import arrived

LARGEST = 4_000_000
"""Bytes of one request."""


@dataclass(frozen=True)
class Sent:
    """One answer of a request."""

    position: int
    revision: int
    fields: Mapping[str, list[str]]
    certainty: int | None
    flagged: bool | None
    flags: int


@view_config(
    context=Attempt,
    name="save",
    permission="attempt:write",
    request_method="POST",
    renderer="json",
)
def save_answers(context, request):
    """``{"post": id, "answers": [{"position", "revision", "fields", "certainty"?, "flagged"?,
    "flags"?}]}``.

    The answer has ``saved``, ``conflicts`` (with both versions, as the page's fields) and ``late``
    (kept, not counted: ``why`` is ``late``, ``done``, ``page``, or ``full`` for what is not kept).
    Each says whether the question is flagged now, and how often that was changed.

    :raises HTTPBadRequest: for anything else
    """
    now = arrived(request)
    if len(request.body) > LARGEST:
        raise HTTPRequestEntityTooLarge
    post, sent = read(request.body, len(context.answers))
    outcomes: dict[str, list[dict[str, Any]]] = {"saved": [], "conflicts": [], "late": []}
    for each in sent:
        kind, told = _save(context, each, post, now)
        answer = context.answers[each.position]
        flag = {"flagged": answer.flagged, "flags": answer.flags}
        outcomes[kind].append({"position": each.position, **told, **flag})
    return {**clock(context, now), **outcomes}


@view_config(
    context=Attempt,
    name="clock",
    permission="attempt:view",
    request_method="GET",
    renderer="json",
    http_cache=0,
)
def tell_time(context, request):
    """The server's time, the seconds that are left, and where the attempt is."""
    return clock(context, arrived(request))


def clock(attempt: Attempt, now: datetime) -> dict[str, Any]:
    return {
        "now": told(now),
        "left": left(attempt, now),
        "state": standing(attempt, now).value,
    }


def told(moment: datetime | None) -> str | None:
    """A time as pages get it, always of the same length."""
    return None if moment is None else moment.isoformat(timespec="milliseconds")


def _save(attempt: Attempt, sent: Sent, post: str, now: datetime) -> tuple[str, dict[str, Any]]:
    try:
        outcome = save(
            attempt,
            sent.position,
            revision=sent.revision,
            posted=sent.fields,
            now=now,
            certainty=sent.certainty,
            flagged=sent.flagged,
            flags=sent.flags,
            post=post,
        )
    except TooMuch:
        revision = attempt.answers[sent.position].revision
        return "late", {"revision": revision, "why": "full", "at": told(now)}
    found = {"revision": outcome.revision, "at": told(outcome.at)}
    if isinstance(outcome, Saved):
        return "saved", found
    if isinstance(outcome, Conflict):
        return "conflicts", {**found, "yours": outcome.yours, "theirs": outcome.theirs}
    return "late", {**found, "why": outcome.why.value}


def read(body: bytes, questions: int) -> tuple[str, list[Sent]]:
    """The post's id and its answers.

    :param questions: how many the attempt has
    :raises HTTPBadRequest: for what no page of ours sends
    """
    try:
        found = json.loads(body)
        post, answers = found["post"], found["answers"]
        sent = [_sent(each, questions) for each in answers]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise HTTPBadRequest from None
    if not isinstance(post, str) or not 0 < len(post) <= 100 or len(sent) > questions:
        raise HTTPBadRequest
    return post, sent


def _sent(plain: Mapping[str, Any], questions: int) -> Sent:
    """:raises ValueError: :raises TypeError: :raises KeyError: for any other shape"""
    position, revision, fields = plain["position"], plain["revision"], plain["fields"]
    certainty, flagged = plain.get("certainty"), plain.get("flagged")
    flags = plain.get("flags", 0)
    whole = all(type(each) is int for each in (position, revision, flags))
    named = isinstance(fields, dict) and all(
        isinstance(values, list) and all(isinstance(value, str) for value in values)
        for values in fields.values()
    )
    if not whole or not named or not 0 <= position < questions:
        raise ValueError("not an answer")
    if certainty is not None and type(certainty) is not int:
        raise ValueError("not a certainty")
    if flagged is not None and type(flagged) is not bool:
        raise ValueError("not a flag")
    clean = {name: [_whole(value) for value in values] for name, values in fields.items()}
    return Sent(position, revision, clean, certainty, flagged, flags)


def _whole(text: str) -> str:
    """The text, without halves of signs that no file could hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
