"""Courses: their addresses, who is in them, and when one is completed."""

import json
from datetime import UTC, datetime

import pytest

from lms.resources.courses import Enrolment
from lms.resources.site import Site
from lms.services import courses
from lms.services.courses import CourseRefused, EnrolmentRefused, Missing, missing
from lms.services.progress import follow, the_better
from scorm.packages.manifest import Edition, Item, Manifest, Organization
from scorm.resources import PackageVersion, Registrations, ScormPackage
from scorm.runtime.course import course_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(params=[True])
def package(request):
    """Two lessons, of which one stands in a chapter, where the contents may not show it."""
    one = Item(identifier="one", title="One", launch="1.html", sco=True)
    shown = request.param
    two = Item(identifier="two", title="Two", launch="2.html", sco=True, visible=shown)
    chapter = Item(identifier="chapter", title="Chapter", children=(two,))
    organization = Organization(identifier="o", title="Course", items=(one, chapter))
    manifest = Manifest("m", Edition.FOURTH, "Course", (organization,), "o")
    version = PackageVersion(
        f"two lessons, {shown}",
        index="{}",
        manifest=json.dumps(manifest.to_plain()),
        report="{}",
        size=1,
        created=NOW,
    )
    package = ScormPackage("p", "Course", "author", NOW)
    package.versions = (version,)
    return package


@pytest.fixture
def course(package):
    return courses.create(Site().courses, package, title="Écoute active !", slug=None, now=NOW)


class Learner:
    """Stands for a person: an id, a name and enrolments."""

    def __init__(self):
        self.id = "ana"
        self.learner_id = "1f"
        self.display_name = "Ana"
        self.enrolments = {}


def enrolled(course, standing=None) -> Enrolment:
    enrolment = courses.enrol(course, Learner(), NOW)
    enrolment.standing = standing
    enrolment.started = NOW if standing is not None else None
    return enrolment


def standing(**values):
    nothing = {
        "completion": "unknown",
        "success": "unknown",
        "score": None,
        "seconds": 0,
        "done": [],
    }
    return {**nothing, **values}


def test_an_address_is_made_of_the_title(course):
    assert course.__name__ == "ecoute-active"


@pytest.mark.parametrize(
    ("title", "slug"), [("Istanbul Protocol (2022)", "istanbul-protocol-2022"), ("Add", "add-2")]
)
def test_an_address_is_never_one_that_means_something_else(package, title, slug):
    assert courses.create(Site().courses, package, title=title, slug=None, now=NOW).__name__ == slug


def test_a_title_without_latin_letters_has_an_address_all_the_same(package):
    made = courses.create(Site().courses, package, title="إعادة التأهيل", slug=None, now=NOW)
    assert made.__name__.startswith("course-")


def test_two_courses_of_one_title_have_two_addresses(package):
    tree = Site().courses
    made = [courses.create(tree, package, title="A", slug=None, now=NOW) for _ in range(3)]
    assert [each.__name__ for each in made] == ["a", "a-2", "a-3"]
    with pytest.raises(CourseRefused, match="already"):
        courses.create(tree, package, title="A", slug="a", now=NOW)


@pytest.mark.parametrize("slug", ["Big", "a b", "-a", "", "add", "new", "a--b"])
def test_what_is_no_address_is_refused(package, slug):
    with pytest.raises(CourseRefused, match="address"):
        courses.create(Site().courses, package, title="A", slug=slug, now=NOW)


def test_lessons_are_what_can_be_opened(course):
    assert [(each.id, each.title) for each in courses.lessons(course.version)] == [
        ("one", "One"),
        ("two", "Two"),
    ]


@pytest.mark.parametrize(
    ("package", "titles"),
    [(True, ["One", "Two"]), (False, ["One", "Chapter"])],
    indirect=["package"],
)
def test_in_the_place_of_lessons_that_are_not_shown_stands_what_holds_them(course, titles):
    assert [part.title for part in courses.parts(course.version)] == titles


@pytest.mark.parametrize("package", [False], indirect=True)
@pytest.mark.parametrize(
    ("tracking", "left"),
    [
        ({"two": {"completion": True}}, ("Chapter",)),
        ({"chapter": {"satisfied": True}}, ()),
        ({"chapter": {"completion": True}}, ()),
        ({"chapter": {"completion": True, "satisfied": False}}, ("Chapter",)),
    ],
)
def test_what_holds_lessons_that_are_not_shown_is_done_when_it_says_so(course, tracking, left):
    enrolment = enrolled(course)
    registration = courses.registration_for(
        Registrations(), enrolment, Learner(), site_url="http://s", now=NOW
    )
    tracking = {"one": {"completion": True}, **tracking}
    registration.tree.plain = {"tracking": tracking, "current": None, "suspended": None}
    follow(enrolment, registration, NOW)
    assert missing(course, enrolment).titles == left


def test_enrolling_again_changes_nothing(course):
    learner = Learner()
    assert courses.enrol(course, learner, NOW) is courses.enrol(course, learner, NOW)
    assert list(course.roster) == ["ana"]


def test_a_member_enrols_only_where_enrolment_is_open(course):
    course.enrolment = "admin"
    learner = Learner()
    with pytest.raises(EnrolmentRefused, match="coordinator"):
        courses.enrol_self(course, learner, NOW)
    courses.enrol(course, learner, NOW)
    assert courses.enrol_self(course, learner, NOW) is course.roster["ana"]


def test_an_enrolment_has_one_registration(course):
    enrolment, tree = enrolled(course), Registrations()
    made = courses.registration_for(tree, enrolment, Learner(), site_url="http://s", now=NOW)
    again = courses.registration_for(tree, enrolment, Learner(), site_url="http://s", now=NOW)
    assert made is again
    assert made.return_url == "http://s/courses/ecoute-active"
    assert made.learner_name == "Ana"
    assert "ana" not in made.learner_id


def test_the_button_says_what_it_does(course):
    assert courses.action(None) == "Start"
    enrolment = enrolled(course)
    assert courses.action(enrolment) == "Start"
    courses.registration_for(Registrations(), enrolment, Learner(), site_url="http://s", now=NOW)
    assert courses.action(enrolment) == "Resume"
    assert courses.launch_mode(enrolment, look=True) == "normal"
    enrolment.completed, enrolment.standing = NOW, standing(completion="completed")
    assert courses.action(enrolment) == "Review"
    assert courses.launch_mode(enrolment, look=True) == "review"
    assert courses.launch_mode(enrolment, look=False) == "anew"


@pytest.mark.parametrize(
    ("state", "mode"),
    [
        ({"current": "two", "suspended": None}, "normal"),
        ({"current": None, "suspended": "two"}, "normal"),
        ({"current": None, "suspended": None}, "review"),
    ],
)
def test_a_completed_course_is_opened_for_review_when_nothing_waits_to_be_gone_on_with(
    course, state, mode
):
    enrolment = enrolled(course, standing(completion="completed"))
    registration = courses.registration_for(
        Registrations(), enrolment, Learner(), site_url="http://s", now=NOW
    )
    registration.tree.plain = {"tracking": {}, **state}
    enrolment.completed = NOW
    assert courses.launch_mode(enrolment, look=True) == mode


def test_who_has_started_and_reported_nothing_is_not_told_to_start(course):
    enrolment = enrolled(course)
    enrolment.started = NOW
    assert missing(course, enrolment).kind == "lessons"


@pytest.mark.parametrize(
    ("rule", "values", "met"),
    [
        (("completed",), {"completion": "completed"}, True),
        (("completed",), {"completion": "incomplete", "success": "passed"}, False),
        (("passed",), {"success": "passed"}, True),
        (("passed",), {"completion": "completed"}, False),
        (("both",), {"completion": "completed", "success": "passed"}, True),
        (("both",), {"completion": "completed", "success": "failed"}, False),
        (("both",), {"completion": "incomplete", "success": "passed"}, False),
        (("score", 80), {"score": 0.8}, True),
        (("score", 80), {"score": 0.7999}, False),
        (("score", 80), {}, False),
        (("score", 0), {"score": 0.0}, True),
        (("score", 29), {"score": 0.29}, True),
        (("lessons", ("one",)), {"done": ["one", "two"]}, True),
        (("lessons", ("one", "two")), {"done": ["two"]}, False),
    ],
)
def test_each_rule_completes_by_its_own_figure(rule, values, met):
    assert courses.satisfied(rule, standing(**values)) is met


@pytest.mark.parametrize(
    ("rule", "values", "still"),
    [
        (("completed",), None, Missing("start")),
        (
            ("completed",),
            {"done": ["one"]},
            Missing("lessons", wanted=1, titles=("Two",)),
        ),
        (("completed",), {"done": ["one", "two"]}, Missing("finish")),
        (("passed",), {"score": 0.5}, Missing("pass", have=50)),
        (
            ("both",),
            {"completion": "completed", "done": ["one", "two"], "score": 0.5},
            Missing("pass", have=50),
        ),
        (
            ("both",),
            {"success": "passed", "done": ["one"]},
            Missing("lessons", wanted=1, titles=("Two",)),
        ),
        (("score", 80), {"score": 0.5}, Missing("score", wanted=80, have=50)),
        (("score", 80), {}, Missing("score", wanted=80)),
        (
            ("lessons", ("two",)),
            {"done": ["one"]},
            Missing("lessons", wanted=1, titles=("Two",)),
        ),
    ],
)
def test_what_is_missing_is_what_the_rule_asks_for(course, rule, values, still):
    course.rule = rule
    enrolment = enrolled(course, None if values is None else standing(**values))
    assert missing(course, enrolment) == still


def test_nothing_is_missing_of_a_completed_course_and_everything_of_one_not_begun(course):
    assert missing(course, None) == Missing("start")
    enrolment = enrolled(course, standing())
    enrolment.completed = NOW
    assert missing(course, enrolment) == Missing("nothing")


def test_a_course_is_completed_once_and_for_ever(course):
    course.rule = ("lessons", ("one",))
    enrolment = enrolled(course)
    registration = courses.registration_for(
        Registrations(), enrolment, Learner(), site_url="http://s", now=NOW
    )
    assert follow(enrolment, registration, NOW) is False
    done = {"tracking": {"one": {"completion": True}}, "current": None, "suspended": None}
    registration.tree.plain = done
    assert follow(enrolment, registration, NOW) is True
    assert follow(enrolment, registration, NOW) is False
    registration.tree.plain = {"tracking": {}, "current": None, "suspended": None}
    assert follow(enrolment, registration, NOW) is False
    assert enrolment.completed == NOW
    assert enrolment.standing["done"] == []


def test_settings_are_taken_over_and_given_back(course):
    settings = courses.settings_of(course) | {
        "title": "New",
        "rule": "score",
        "percent": 70,
        "published": True,
    }
    courses.change(course, settings)
    assert courses.settings_of(course) == settings
    courses.change(course, settings | {"rule": "lessons", "lessons": {"two", "unknown"}})
    assert course.rule == ("lessons", ("two",))
    assert courses.settings_of(course)["lessons"] == {"two"}
    courses.change(course, settings | {"rule": "passed"})
    assert course.rule == ("passed",)


@pytest.mark.parametrize(
    "wrong", [{"rule": "score", "percent": None}, {"rule": "lessons", "lessons": {"unknown"}}]
)
def test_a_rule_without_its_figure_is_refused(course, wrong):
    with pytest.raises(CourseRefused):
        courses.change(course, courses.settings_of(course) | wrong)
    assert course.rule == ("completed",)


def better(rule, before, later):
    found = the_better(rule, standing(**before), standing(**later))
    return found["success"], found["score"]


@pytest.mark.parametrize(
    ("before", "later", "found"),
    [
        ({"success": "passed", "score": 0.6}, {"success": "passed", "score": 0.9}, 0.9),
        ({"success": "passed", "score": 0.9}, {"success": "passed", "score": 0.6}, 0.9),
        ({"success": "passed"}, {"success": "failed", "score": 0.2}, None),
        ({"success": "passed", "score": 0.5}, {"success": "unknown", "score": 0.9}, 0.5),
        ({"success": "unknown", "score": 0.9}, {"success": "passed", "score": 0.5}, 0.5),
    ],
)
def test_of_two_attempts_a_passed_one_counts_then_the_higher_score(before, later, found):
    assert better(("completed",), before, later)[1] == found


def test_an_attempt_that_does_not_meet_the_rule_takes_no_place():
    before, later = {"success": "passed", "score": 0.5}, {"success": "failed", "score": 0.9}
    assert better(("passed",), before, later) == ("passed", 0.5)


def test_within_an_attempt_the_last_word_counts_and_between_attempts_the_better(course):
    course.rule = ("passed",)
    enrolment = enrolled(course)
    registration = courses.registration_for(
        Registrations(), enrolment, Learner(), site_url="http://s", now=NOW
    )

    def reaches(**tracking):
        plain = {"current": None, "suspended": None}
        root = course_of(registration.version).tree.root
        registration.tree.plain = {"tracking": {root: tracking}, **plain}
        follow(enrolment, registration, NOW)
        return enrolment.standing["success"], enrolment.standing["score"]

    assert reaches(satisfied=True, measure=0.9) == ("passed", 0.9)
    assert reaches(satisfied=True, measure=0.6) == ("passed", 0.6)
    registration.attempt = 2
    assert reaches() == ("passed", 0.6)
    assert reaches(satisfied=True, measure=0.8) == ("passed", 0.8)
    assert reaches(satisfied=False, measure=0.1) == ("passed", 0.6)
    assert "earlier" not in enrolment.standing["earlier"]
    registration.attempt = 3
    assert reaches() == ("passed", 0.6)
    assert "earlier" not in enrolment.standing["earlier"]
