"""The command line and courses without a package."""

from contextlib import closing

import pytest

from lms.resources.site import SITE
from lms.services import courses
from lms.zodb import open_database
from servers import ROOT
from sites import NOW, Writing


@pytest.fixture
def course(tutela):
    """The address of a course in which there is nothing yet, and somebody is enrolled."""
    tutela("people", "add", "amina")
    with (
        closing(open_database(ROOT / "zodb.conf", tutela.data)) as database,
        Writing(database) as root,
    ):
        made = courses.create(root[SITE].courses, None, title="Rest", slug=None, now=NOW)
    tutela("courses", "enrol", made.__name__, "amina")
    return made.__name__


def test_a_package_is_imported_into_a_course_that_has_none(tutela, course, package):
    done = tutela("packages", "import", str(package), "--course", course, "--json")
    assert done.json["course"] == course
    (row,) = tutela("courses", "report", course, "--format", "json").json["rows"]
    assert (row["username"], row["status"], row["quizzes"]) == ("amina", "not started", [])


def test_what_people_did_in_a_course_without_a_package_is_with_its_quizzes(tutela, course):
    done = tutela("runtime", "show", course, "amina")
    assert done.status == 1
    assert "has no package" in done.err
