"""The form of an attempt's page, as a browser sends it.

Each question ``n`` (from 1) has the fields of its controls (``q<n>-…``) and ``revision-<n>``, the
revision that the page was made from; perhaps ``certainty-<n>``, ``flags-<n>``, how often the flag
had been changed, with ``flag-<n>`` where it is set, ``tries-<n>``, how often it had been checked,
and ``files-<n>``, the ids of the files that the page showed. ``keep-<n>`` is there when two
versions were shown: ``saved`` leaves the question as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyramid.httpexceptions import HTTPBadRequest


@dataclass(frozen=True)
class Upload:
    """A file: the control that took it, its name, its type as the browser says it, its bytes."""

    control: str
    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Filled:
    """One question of the form.

    :param position: from 0
    :param flagged: None where the page has no flag
    :param taken_out: ids of files that the page showed and that were not kept
    :param tries: how many there had been when the page was made; None where it cannot be checked
    """

    position: int
    revision: int
    fields: dict[str, list[str]]
    certainty: int | None
    flagged: bool | None
    flags: int
    uploads: tuple[Upload, ...]
    taken_out: tuple[str, ...]
    tries: int | None


@dataclass(frozen=True)
class Sheet:
    """All of the form.

    :param page: from 0; :param post: the page's own name for what it sends
    :param what: the button that was pressed: ``save``, ``next``, ``check`` …
    :param where: the number that belongs to it, from 0; None when there is none
    """

    page: int
    post: str
    what: str
    where: int | None
    answers: tuple[Filled, ...]


def read(post, questions: int) -> Sheet:
    """:param post: the request's ``POST``; :param questions: how many the attempt has

    :raises HTTPBadRequest: for what no page of ours sends
    """
    what, _, where = post.get("do", "save").partition("-")
    name = post.get("post", "")
    if len(name) > 100:
        raise HTTPBadRequest
    answers = tuple(
        _filled(post, position)
        for position in range(questions)
        if f"revision-{position + 1}" in post and post.get(f"keep-{position + 1}") != "saved"
    )
    place = number(where) - 1 if where else None
    return Sheet(number(post.get("page", "1")) - 1, name, what, place, answers)


def number(text: str) -> int:
    """A number of a page or a question, from 0.

    :raises HTTPBadRequest: when it is none
    """
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise HTTPBadRequest
    return int(text)


def _filled(post, position: int) -> Filled:
    own = position + 1
    prefix = f"q{own}-"
    fields: dict[str, list[str]] = {}
    uploads = []
    for name, value in post.items():
        if not name.startswith(prefix):
            continue
        control = name.removeprefix(prefix)
        if isinstance(value, str):
            fields.setdefault(control, []).append(value)
        elif value != b"":  # what a browser sends where no file was chosen
            value.file.seek(0)  # a request that is done again has the same file, read already
            uploads.append(Upload(control, value.filename, value.type or "", value.file.read()))
    kept = {value for values in fields.values() for value in values}
    certainty = post.get(f"certainty-{own}", "")
    return Filled(
        position,
        number(post[f"revision-{own}"]),
        fields,
        int(certainty) if certainty in ("1", "2", "3") else None,
        f"flag-{own}" in post if f"flags-{own}" in post else None,
        number(post.get(f"flags-{own}", "0")),
        tuple(uploads),
        tuple(key for key in post.getall(f"files-{own}") if key not in kept),
        number(post[f"tries-{own}"]) if f"tries-{own}" in post else None,
    )


def hidden(filled: Filled) -> Iterator[tuple[str, str]]:
    """The same question as hidden fields of another form, without files and the flag: they are
    no part of what is chosen from."""
    own = filled.position + 1
    for control, values in filled.fields.items():
        yield from ((f"q{own}-{control}", value) for value in values)
    if filled.certainty is not None:
        yield f"certainty-{own}", str(filled.certainty)
