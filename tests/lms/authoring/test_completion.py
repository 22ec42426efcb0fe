"""What a built course comes to in our own run-time: the page of all sources holds nobody up."""

import json
from datetime import UTC, datetime

import pytest

from lms.authoring import build
from scorm import sequencing
from scorm.packages.archive import Limits
from scorm.packages.check import check
from scorm.resources import PackageVersion, Registrations, ScormPackage
from scorm.runtime.commit import Entry, commit, open_session
from scorm.runtime.course import course_of
from scorm.runtime.launch import register
from scorm.runtime.standing import standing_of

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DONE = {
    "2004": {"cmi.completion_status": "completed"},
    "1.2": {"cmi.core.lesson_status": "completed"},
}
PASSED = {
    "2004": {"cmi.score.scaled": "1", "cmi.success_status": "passed"},
    "1.2": {"cmi.core.score.raw": "100", "cmi.core.lesson_status": "passed"},
}


class Learner:
    """A registration on a built course, and its one session."""

    def __init__(self, built):
        _report, manifest = check(built.file, Limits())
        plain = json.dumps(manifest.to_plain())
        version = PackageVersion(
            str(built.file), index="{}", manifest=plain, report="{}", size=1, created=NOW
        )
        package = ScormPackage("p", "Course", "author", NOW)
        package.versions = (version,)
        self.registration = register(
            Registrations(),
            package,
            version,
            learner_key="somebody",
            learner_id="1f",
            learner_name="Ana",
            reference="ref",
            return_url="http://site.test/courses/x",
            now=NOW,
        )
        self.number = 0
        open_session(self.registration, "one", "normal", [], NOW)

    def send(self, kind, activity, **more):
        self.number += 1
        entry = {"number": self.number, "kind": kind, "activity": activity, **more}
        commit(self.registration, "one", [Entry.from_plain(entry)], NOW)

    def visit(self, activity, values):
        """Choose a part, set values there and say goodbye."""
        self.send("navigate", activity, request=f"{{target={activity}}}choice")
        self.send("initialize", activity)
        self.send("set", activity, values=[list(pair) for pair in values.items()])
        self.send("terminate", activity, request="_none_")

    @property
    def summary(self):
        course = course_of(self.registration.version)
        found = sequencing.summary(course.tree, standing_of(self.registration).reached)
        return found.completion, found.success


@pytest.fixture(params=["2004", "1.2"])
def standard(request):
    return request.param


@pytest.fixture
def learner(course, tmp_path, standard):
    return Learner(build(course, tmp_path / "x.zip", standard))


def test_who_did_all_parts_and_passed_has_completed_without_the_sources(learner, standard):
    learner.visit("item-part-1", DONE[standard])
    learner.visit("item-part-2", DONE[standard])
    assert learner.summary[0] == "incomplete"
    learner.visit("item-quiz", DONE[standard] | PASSED[standard])
    assert learner.summary == ("completed", "passed")


def test_the_sources_may_be_opened_in_between_and_change_nothing(course, tmp_path):
    learner = Learner(build(course, tmp_path / "x.zip", "2004"))
    learner.visit("item-part-1", DONE["2004"])
    learner.send("navigate", "item-part-1", request="{target=item-sources}choice")
    learner.visit("item-part-2", DONE["2004"])
    assert learner.summary == ("incomplete", "unknown")
    learner.visit("item-quiz", DONE["2004"] | PASSED["2004"])
    assert learner.summary == ("completed", "passed")


def test_in_2004_the_way_on_from_the_quiz_leads_to_the_sources(course, tmp_path):
    learner = Learner(build(course, tmp_path / "x.zip", "2004"))
    learner.visit("item-quiz", DONE["2004"] | PASSED["2004"])
    learner.send("navigate", "item-quiz", request="continue")
    assert standing_of(learner.registration).reached.current == "item-sources"
