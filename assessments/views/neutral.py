"""Files of questions under addresses that say nothing: a file's own name may be the answer.

The name in the address is made from the attempt and the file's place with the site's secret: it is
another one in every attempt, and cannot be foretold. Whoever was not shown it yet cannot ask.
"""

import hashlib
import hmac

from assessments.resources import Attempt, ItemFile


def opaque(attempt: Attempt, position: int, name: str, secret: str) -> str:
    """The name of a question's file in an attempt's addresses."""
    told = f"file of a question\n{attempt.__name__}\n{position}\n{name}"
    return hmac.new(secret.encode(), told.encode(), hashlib.sha256).hexdigest()[:32]


def behind(attempt: Attempt, position: int, name: str, secret: str) -> ItemFile | None:
    """The file that an address of an attempt names; None for none."""
    for own, file in attempt.answers[position].version.files.items():
        if hmac.compare_digest(opaque(attempt, position, own, secret), name):
            return file
    return None
