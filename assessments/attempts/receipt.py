"""What a learner can keep and show: a signed list of everything that was saved.

Each line of it is chained to the one before by its SHA-256, so that none can be left out, added or
moved; the end of the chain is signed by the site (HMAC-SHA-256). A line names the answer by the
SHA-256 of the page's fields, as JSON with sorted names, a file in it by its own SHA-256: whoever
has the answer can find it, and nobody learns an author's key from it.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessments.attempts.asking import fields_of
from assessments.attempts.history import Entry, Kind, entries
from assessments.resources import Attempt

TITLE = "Receipt of an attempt at a quiz"
HEAD = 4
"""Lines between the title and the number of answers."""


@dataclass(frozen=True)
class Receipt:
    """What a receipt that is genuine says.

    :param count: of answers that were saved; :param chain: the last hash
    """

    attempt: str
    begun: datetime
    finished: datetime
    count: int
    chain: str


def seal(attempt: Attempt) -> dict[str, Any]:
    """What an attempt keeps of its receipt when it ends: a later change of its history shows, and
    another title of the quiz changes nothing."""
    lines = _lines(attempt)
    chain = _chain(_head(attempt), lines)
    return {"quiz": _title(attempt), "count": len(lines), "chain": chain}


def intact(attempt: Attempt) -> bool:
    """Whether the history of an attempt that has ended is still as it was then."""
    return attempt.seal is not None and attempt.seal == seal(attempt)


def receipt(attempt: Attempt, secret: str) -> str:
    """The receipt of an attempt that has ended, as plain text.

    :raises ValueError: while it is open
    """
    if attempt.finished is None:
        raise ValueError("The attempt is not handed in yet.")
    return _written(_head(attempt), _lines(attempt), secret)


def verify(text: str, secret: str) -> Receipt | None:
    """What the receipt says; None when it is not genuine, or was changed."""
    rows = [line.rstrip() for line in text.strip().splitlines()]
    head, lines = rows[1 : HEAD + 1], rows[HEAD + 2 : -2]
    genuine = _written(head, lines, secret)
    if not hmac.compare_digest("\n".join([*rows, ""]).encode(), genuine.encode()):
        return None
    _quiz, attempt, begun, finished = (line.partition(": ")[2] for line in head)
    return Receipt(
        attempt,
        datetime.fromisoformat(begun),
        datetime.fromisoformat(finished),
        len(lines),
        _chain(head, lines),
    )


def _written(head: list[str], lines: list[str], secret: str) -> str:
    chain = _chain(head, lines)
    end = [f"chain: {chain}", f"signature: {_sign(chain, secret)}", ""]
    return "\n".join([TITLE, *head, f"saved: {len(lines)}", *lines, *end])


def _head(attempt: Attempt) -> list[str]:
    word = "handed in" if attempt.state == "finished" else "closed"
    return [
        f"quiz: {_title(attempt)}",
        f"attempt: {attempt.__name__}",
        f"begun: {attempt.started.isoformat()}",
        f"{word}: {'' if attempt.finished is None else attempt.finished.isoformat()}",
    ]


def _title(attempt: Attempt) -> str:
    """What the quiz was called when the attempt ended."""
    title = attempt.quiz.title if attempt.seal is None else attempt.seal["quiz"]
    return " ".join(title.split())


def _lines(attempt: Attempt) -> list[str]:
    found = [
        (entry.at, position, entry.revision, _line(attempt, position, entry))
        for position, answer in enumerate(attempt.answers)
        for entry in entries(answer)
        if entry.kind is Kind.SAVED
    ]
    return [line for *_order, line in sorted(found)]


def _line(attempt: Attempt, position: int, entry: Entry) -> str:
    answer = attempt.answers[position]
    files = answer.files or {}
    fields = {
        name: [files[value].sha256 if value in files else value for value in values]
        for name, values in fields_of(attempt, answer, entry.response, entry.revision).items()
    }
    told = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(told.encode()).hexdigest()
    sure = f" certainty {entry.certainty}" if entry.certainty else ""
    return f"{entry.at.isoformat()} question {position + 1} version {entry.revision}{sure} {digest}"


def _chain(head: list[str], lines: list[str]) -> str:
    found = hashlib.sha256("\n".join(head).encode()).hexdigest()
    for line in lines:
        found = hashlib.sha256(f"{found}\n{line}".encode()).hexdigest()
    return found


def _sign(chain: str, secret: str) -> str:
    key = hashlib.sha256(f"receipt of an attempt\n{secret}".encode()).digest()
    return hmac.new(key, chain.encode(), hashlib.sha256).hexdigest()
