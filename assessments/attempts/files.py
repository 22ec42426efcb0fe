"""Files that are handed in with an answer. The answer's response holds the ids of those that count.

What is taken out again stays for the record: the newest :data:`TAKEN_OUT` wholly, of older ones the
name, the size and the SHA-256.
"""

import hashlib
import re
from datetime import datetime
from random import Random

from BTrees.OOBTree import OOBTree
from translationstring import TranslationStringFactory

from assessments.attempts.asking import asked_of
from assessments.attempts.save import Conflict, Kept, Saved, answer_at, put_on
from assessments.questions.controls import Attach
from assessments.resources import Answer, AnswerFile, Attempt

_ = TranslationStringFactory("tutela")

TAKEN_OUT = 10
MOST = 200
"""Files that one answer ever takes, those that were taken out among them."""
NAME = 120
"""Characters of a file's name that are kept."""
MEDIA_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,63}/[a-z0-9][\w.+-]{0,63}", re.ASCII)
"""What a header can hold: the file is sent with it when somebody fetches it."""


class FileRefused(Exception):
    """The file cannot be taken. The message is a translation string that says why."""


def attach(
    attempt: Attempt,
    position: int,
    name: str,
    media_type: str,
    content: bytes,
    now: datetime,
    *,
    random: Random,
    control: str = "",
) -> Saved | Conflict | Kept:
    """Hand in a file with an answer. One that comes too late is kept too, and does not count.

    :param media_type: as the browser says it
    :param random: for the file's id; one that nobody can foretell
    :param control: its name; empty for the question's only one
    :raises FileRefused: when it is too large, of another type, or one too many
    :raises TooMuch: when nothing more is kept for this question
    :raises IndexError: when there is no such question
    """
    answer = answer_at(attempt, position)
    place = _place(attempt, answer, control)
    here = answer.response.get(place.name, ())
    sort = kind_of(media_type)
    digest = hashlib.sha256(content).hexdigest()
    same = (called(name), digest)
    if any((each.name, each.sha256) == same for each in (_file(answer, key) for key in here)):
        return Saved(answer.revision, answer.saved or now, changed=False)
    if len(here) >= place.most:
        raise FileRefused(_("There are as many files as can be handed in. Take one out first."))
    if len(answer.files or ()) >= MOST:
        raise FileRefused(
            _("So many files were handed in here, one after the other, that no more is kept.")
        )
    if not content:
        raise FileRefused(_("The file is empty."))
    if len(content) > place.size:
        raise FileRefused(
            _(
                "The file is too large. It can have ${size} MB at most.",
                mapping={"size": f"{place.size / 1_000_000:g}"},
            )
        )
    if place.types and sort not in place.types:
        raise FileRefused(_("A file of this type cannot be handed in here."))
    key = f"{random.getrandbits(128):032x}"
    outcome = _put(attempt, position, place.name, (*here, key), now)
    if answer.files is None:
        answer.files = OOBTree()
    answer.files[key] = AnswerFile(called(name), sort, content, digest, now)
    _let_go(answer)
    return outcome


def detach(attempt: Attempt, position: int, key: str, now: datetime) -> Saved | Conflict | Kept:
    """Take a file out of an answer; one that is not in it changes nothing.

    :raises IndexError: when there is no such question
    """
    answer = answer_at(attempt, position)
    places = _places(attempt, answer)
    held = [name for name in places if key in answer.response.get(name, ())]
    if not held or key not in (answer.files or {}):
        return Saved(answer.revision, answer.saved or now, changed=False)
    (place,) = held
    here = tuple(each for each in answer.response[place] if each != key)
    return _put(attempt, position, place, here, now)


def called(name: str) -> str:
    """A file's name without folders and signs that no name needs; never empty."""
    last = re.split(r"[/\\]", name)[-1]
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split())
    stem, dot, end = clean.rpartition(".")
    if len(clean) > NAME:
        clean = f"{stem[: NAME - len(end) - 1]}.{end}" if dot and len(end) < 10 else clean[:NAME]
    return clean.lstrip(".") or "file"


def kind_of(media_type: str) -> str:
    """A media type as a browser says it, without parameters; what is none is unknown content."""
    sort = media_type.partition(";")[0].strip().lower()
    return sort if MEDIA_TYPE.fullmatch(sort) else "application/octet-stream"


def _places(attempt: Attempt, answer: Answer) -> dict[str, Attach]:
    """Where files are handed in: what is written elsewhere may look like the id of one."""
    controls = asked_of(attempt, answer).controls
    return {each.name: each for each in controls if isinstance(each, Attach)}


def _place(attempt: Attempt, answer: Answer, name: str) -> Attach:
    for control in _places(attempt, answer).values():
        if name in ("", control.name):
            return control
    raise FileRefused(_("No file can be handed in here."))


def _file(answer: Answer, key: str) -> AnswerFile:
    assert answer.files is not None  # a response names only what is there
    return answer.files[key]


def _put(attempt: Attempt, position: int, place: str, keys: tuple[str, ...], now: datetime):
    answer = attempt.answers[position]
    others = {name: values for name, values in answer.response.items() if name != place}
    response = {**others, place: keys} if keys else others
    return put_on(attempt, position, response, now)


def _let_go(answer: Answer) -> None:
    """Let go of the contents of what was taken out long ago."""
    assert answer.files is not None
    here = {key for values in answer.response.values() for key in values}
    out = [each for key, each in answer.files.items() if key not in here and each.blob is not None]
    for each in sorted(out, key=lambda file: file.added)[:-TAKEN_OUT]:
        each.blob = None
