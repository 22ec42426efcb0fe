"""The vocabulary of topics, and the courses that have them."""

import pytest

from lms.resources.topics import Topics
from lms.services import topics
from lms.services.topics import TopicRefused


class Course:
    """Stands for a course: the ids of its topics."""

    def __init__(self, *topics):
        self.topics = topics


@pytest.fixture
def vocabulary():
    return Topics()


def test_a_name_is_tidied_and_its_id_does_not_tell_it(vocabulary):
    topic = topics.add(vocabulary, "  Psychological \n care ")
    assert topic.name == "Psychological care"
    assert vocabulary[topic.id] is topic
    assert "psych" not in topic.id


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("   ", "needs a name"),
        ("x" * 81, "at most 80 characters"),
        ("ETHIQUE", "“Éthique” already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(vocabulary, name, words):
    present = topics.add(vocabulary, "Éthique")
    other = topics.add(vocabulary, "Law")
    with pytest.raises(TopicRefused, match=words):
        topics.add(vocabulary, name)
    with pytest.raises(TopicRefused, match=words):
        topics.rename(vocabulary, other, name)
    assert {topic.name for topic in vocabulary.values()} == {present.name, "Law"}


def test_a_topic_can_be_written_another_way_and_keeps_its_id(vocabulary):
    topic = topics.add(vocabulary, "ethics")
    before = topic.id
    topics.rename(vocabulary, topic, "Ethics")
    assert (vocabulary[before].name, topic.id) == ("Ethics", before)


def test_topics_of_a_course_stand_by_name_without_those_that_are_gone(vocabulary):
    law, ethics = topics.add(vocabulary, "Law"), topics.add(vocabulary, "Éthique")
    of_course = topics.of_course(vocabulary, Course(law.id, "gone", ethics.id))
    assert [topic.name for topic in of_course] == ["Éthique", "Law"]


def test_a_removed_topic_leaves_its_courses(vocabulary):
    law, ethics = topics.add(vocabulary, "Law"), topics.add(vocabulary, "Ethics")
    courses = [Course(law.id, ethics.id), Course(ethics.id), Course()]
    assert topics.counted(courses) == {law.id: 1, ethics.id: 2}
    assert topics.remove(vocabulary, ethics, courses) == 2
    assert [course.topics for course in courses] == [(law.id,), (), ()]
    assert ethics.id not in vocabulary
