"""The vocabulary of topics: adding, renaming, removing, and the topics of a course. No HTTP."""

import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterable

from lms.resources.courses import Course
from lms.resources.topics import Topic, Topics
from lms.services.folding import folded, place_in_order

LONGEST_NAME = 80


class TopicRefused(ValueError):
    """A topic cannot be called like this; the message says why."""


def add(topics: Topics, name: str) -> Topic:
    """A new topic.

    :raises TopicRefused: when the name is empty, too long, or that of another topic
    """
    topic = Topic(secrets.token_hex(4), _accepted(topics, name))
    topics.add(topic)
    return topic


def rename(topics: Topics, topic: Topic, name: str) -> None:
    """Call a topic something else; its courses keep it.

    :raises TopicRefused: as :func:`add`
    """
    topic.name = _accepted(topics, name, present=topic)


def remove(topics: Topics, topic: Topic, courses: Iterable[Course]) -> int:
    """Take a topic out of the vocabulary and from its courses; how many had it."""
    having = [course for course in courses if topic.id in course.topics]
    for course in having:
        course.topics = tuple(key for key in course.topics if key != topic.id)
    topics.remove(topic)
    return len(having)


def _accepted(topics: Topics, name: str, present: Topic | None = None) -> str:
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy:
        raise TopicRefused("A topic needs a name.")
    if len(tidy) > LONGEST_NAME:
        raise TopicRefused(f"The name is too long. Use at most {LONGEST_NAME} characters.")
    for other in topics.values():
        if other is not present and folded(other.name) == folded(tidy):
            raise TopicRefused(f"There is a topic “{other.name}” already.")
    return tidy


def in_order(topics: Iterable[Topic]) -> list[Topic]:
    """Topics by name."""
    return sorted(topics, key=lambda topic: place_in_order(topic.name))


def of_course(topics: Topics, course: Course) -> list[Topic]:
    """The topics of a course, by name; those that are gone are left out."""
    found = map(topics.get, course.topics)
    return in_order(topic for topic in found if topic is not None)


def counted(courses: Iterable[Course]) -> Counter[str]:
    """How many of the courses have each topic, by id."""
    return Counter(key for course in courses for key in course.topics)
