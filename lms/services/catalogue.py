"""Finding courses: what somebody looks for, which courses are like that, in which order. No HTTP.

Nothing is stored: a few hundred courses are looked through when somebody asks. A package's size
is read only where it matters, since it lies in another object than the course.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from lms.resources.courses import Course, Enrolment
from lms.services.descriptions import texts, told
from lms.services.folding import has_words, place_in_order

PAGE = 50
STATUSES = ("not started", "in progress", "completed")
ORDERS = ("title", "newest", "shortest")
SLOW_LINE = 64_000 // 8
"""Bytes per second of the slowest line that the site is made for, 64 kbit/s."""


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; what is empty does not matter.

    :param topic: its id; :param minutes: at most; :param size: of the download in bytes, at most
    :param certificate: only courses that end in one
    :param status: one of :data:`STATUSES`; :param order: one of :data:`ORDERS`
    """

    words: str = ""
    topic: str = ""
    language: str = ""
    minutes: int | None = None
    size: int | None = None
    certificate: bool = False
    status: str = ""
    order: str = "title"


def status_of(enrolment: Enrolment | None) -> str:
    """One of :data:`STATUSES`: the words of the player's contents."""
    if enrolment is None or not (enrolment.completed or enrolment.started):
        return "not started"
    return "completed" if enrolment.completed else "in progress"


def size_of(course: Course) -> int:
    """What there is to download, in bytes: the quizzes of a course are pages."""
    return 0 if course.version is None else course.version.size


def fits(
    course: Course, enrolment: Enrolment | None, wish: Wish, certified: Container[str] = ()
) -> bool:
    """Whether a course is what somebody looks for. A length that nobody gave fits no limit.

    :param certified: the courses that end in a certificate
    """
    return (
        (not wish.topic or wish.topic in course.topics)
        and (not wish.language or wish.language == course.language)
        and (wish.minutes is None or (course.minutes or float("inf")) <= wish.minutes)
        and (not wish.certificate or course.__name__ in certified)
        and (not wish.status or wish.status == status_of(enrolment))
        and (wish.size is None or size_of(course) <= wish.size)
        and (not wish.words or has_words(texts(course), wish.words))
    )


def find(
    courses: Iterable[Course],
    enrolments: Mapping[str, Enrolment],
    wish: Wish,
    language: str,
    certified: Container[str] = (),
) -> list[Course]:
    """The courses that fit, in the order asked for; where that is even, by title.

    :param enrolments: the reader's own, by course
    :param language: the reader's, for the titles as they are shown
    :param certified: the courses that end in a certificate
    """
    found = [each for each in courses if fits(each, enrolments.get(each.__name__), wish, certified)]
    found.sort(key=lambda course: place_in_order(told(course, language).title))
    if wish.order == "newest":
        found.sort(key=lambda course: course.created, reverse=True)
    elif wish.order == "shortest":
        found.sort(key=lambda course: course.minutes or float("inf"))
    return found


def page_of(found: list, number: int) -> tuple[list, int, int]:
    """A page of what was found, the number it has, and how many pages there are, from one on.

    A page that does not exist is the last or the first one.
    """
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), pages)
    return found[(number - 1) * PAGE : number * PAGE], number, pages


def clipped(text: str, most: int) -> str:
    """A text in at most so many characters, cut between words and then ending in ``…``."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    whole, _, _ = text[:most].rpartition(" ")
    return (whole or text[: most - 1]) + "…"
