"""Going through the pages of an attempt. A sequential one is gone through forwards, once."""

from datetime import datetime

from assessments.attempts.timing import accepts
from assessments.resources import Attempt


def may_see(attempt: Attempt, page: int) -> bool:
    """Whether the learner may look at a page (from 0) now."""
    if not 0 <= page < len(attempt.pages):
        return False
    return attempt.finished is not None or not attempt.sequential or page == attempt.page


def is_here(attempt: Attempt, position: int) -> bool:
    """Whether a question can be seen and answered where the attempt is, while it is open."""
    return not attempt.sequential or position in attempt.pages[attempt.page]


def go_on(attempt: Attempt, page: int, *, now: datetime) -> int:
    """Leave a page of a sequential attempt for good.

    :param page: the one that is left; when it was left already, nothing happens
    :returns: the page that the attempt is at
    """
    last = attempt.page + 1 >= len(attempt.pages)
    if attempt.sequential and page == attempt.page and not last and accepts(attempt, now):
        attempt.page += 1
    return attempt.page
