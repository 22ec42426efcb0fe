"""The courses that the project ships, on the demo site: built, published and described."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from lms import authoring
from lms.authoring.course import Course as Written
from lms.command import demo_quiz
from lms.resources.courses import Course
from lms.resources.site import Site
from lms.services import courses, topics
from scorm.packages.archive import Limits
from scorm.resources import ScormPackage
from scorm.services import import_package

FOLDER = Path(__file__).resolve().parents[2] / "courses"
SHIPPED = {"global-standards": "Standards and rights", "istanbul-protocol": "Documentation"}
"""Each course's folder, which is its address too, and its topic where the site has none yet."""


def add(
    site: Site, owner: str, limits: Limits, now: datetime
) -> Iterator[tuple[Course, ScormPackage]]:
    """Every course that the site does not have, with its package; each is complete when it is given.

    :param owner: of the packages
    """
    own_topics = bool(list(site.topics.values()))
    for slug, topic in SHIPPED.items():
        if slug in site.courses:
            continue
        package, written = _imported(site, slug, owner, limits, now)
        course = courses.create(site.courses, package, title=written.title, slug=slug, now=now)
        _describe(course, written)
        course.rule = ("both",)
        course.published = True
        if not own_topics:
            course.topics = (topics.add(site.topics, topic).id,)
        if slug == "global-standards":
            demo_quiz.add(site, course, now)
        yield course, package


def _imported(
    site: Site, slug: str, owner: str, limits: Limits, now: datetime
) -> tuple[ScormPackage, Written]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{slug}.zip"
        built = authoring.build(FOLDER / slug, file)
        with file.open("rb") as stream:
            package, _ = import_package(site.packages, stream, owner=owner, limits=limits, now=now)
    return package, built.course


def _describe(course: Course, written: Written) -> None:
    """What the course's author said of it."""
    course.summary = written.summary
    course.language = written.language
    course.minutes = written.minutes
    course.content_note = written.content_note
    course.licence = written.licence
    course.sources = "\n".join(
        f"{each.title} {each.address}".strip() for each in written.references.values()
    )
    course.translations = {
        each.language: {"title": each.title, "summary": each.summary}
        for each in written.translations
    }
