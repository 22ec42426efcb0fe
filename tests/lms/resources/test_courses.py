"""Courses and sites as an older version left them."""

from datetime import UTC, datetime

import ZODB
from ZODB.DemoStorage import DemoStorage

from lms.evolution import STEPS
from lms.resources.courses import Course
from lms.resources.site import SITE, Site
from lms.services import topics
from lms.services.descriptions import description_of, texts, told
from lms.zodb import find_class
from scorm.resources import PackageVersion, ScormPackage

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GIVE_TOPICS = next(step for step in STEPS if step.name == "give-the-site-topics")


def test_a_course_from_before_there_were_topics_has_none_and_says_nothing_more():
    package = ScormPackage("p", "Package", "author", NOW)
    package.versions = (
        PackageVersion("v", index="{}", manifest="{}", report="{}", size=1, created=NOW),
    )
    course = Course("listening", "Listening", package, NOW)
    stored = course.__getstate__()
    assert not {"topics", "sources", "licence", "translations"} & set(stored)
    assert description_of(course) == {"topics": set(), "sources": "", "licence": "", "others": {}}
    assert (told(course, "fr").title, texts(course)) == ("Listening", "Listening\n")


def test_a_site_from_before_gets_the_place_for_topics_once():
    database = ZODB.DB(DemoStorage(), class_factory=find_class)
    with database.transaction() as connection:
        site = connection.root()[SITE] = Site()
        del site.topics
    with database.transaction() as connection:
        GIVE_TOPICS.run(connection.root())
        topics.add(connection.root()[SITE].topics, "Ethics")
        GIVE_TOPICS.run(connection.root())
    with database.transaction() as connection:
        (topic,) = connection.root()[SITE]["admin"]["topics"].values()
        assert topic.name == "Ethics"
        assert topic.__parent__.__parent__ is connection.root()[SITE]
    database.close()
