"""When a request came: the time that decides about deadlines."""

from datetime import UTC, datetime

KEY = "assessments.arrived"


def arrived(request) -> datetime:
    """The server's time when the request was first looked at; call it before anything else.

    A request whose transaction met another one is done again, with the time of the first time.
    """
    return request.environ.setdefault(KEY, datetime.now(UTC))
