"""Another version of a course while thirty people are in it, in every state there is."""

import csv
import io

import pytest

import versioned
from lms.command.history import history_words
from lms.services import courses
from midway import COMPLETED, NAMES, NEW, OLD, STANDARDS, STATES, Learner
from scorm.runtime.versions import count
from sites import FILESTORAGE, NOW, Site


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path, FILESTORAGE.format(data=tmp_path))
    yield site
    site.close()


@pytest.fixture
def learners(site):
    """Thirty people in two courses of three parts, each in a state of their own."""
    with site.write() as root:
        for standard in STANDARDS:
            package = versioned.bring(root["site"].packages, versioned.package(standard, *OLD))
            course = courses.create(
                root["site"].courses, package, title="Parts", slug=f"parts-{standard[:1]}", now=NOW
            )
            course.published = True
    found = []
    for standard in STANDARDS:
        for state, (bring, _awaits) in STATES.items():
            learner = Learner(site, standard, state)
            learner.left = []
            bring(learner)
            learner.left = [{"session": session_of(learner), "entries": learner.left}]
            found.append(learner)
    return found


def session_of(learner):
    """The last session's name, as its device knows it."""
    registration = learner.read(lambda enrolment: enrolment.registration)
    if registration is None:
        return "none"
    return learner.read(lambda enrolment: enrolment.registration.lease or "none")


def use(site, choice, aim=None):
    """The author adds a version to both packages, and makes it (or the first) current."""
    author = site.signed_in("author")
    with site.write() as root:
        keys = []
        for standard in STANDARDS:
            package = root["site"].courses[f"parts-{standard[:1]}"].package
            if aim is None:
                data = versioned.package(standard, *NEW)
                version = versioned.add(root["site"].packages, package, data)
            else:
                version = package.versions[0]
            keys.append((package.__name__, version.key))
    for name, key in keys:
        form = author.get(f"/packages/{name}/use?version={key}").forms
        form = next(each for each in form.values() if "learners" in each.fields)
        form["learners"] = choice
        form.submit(status=303)


def report(site, standard):
    admin = site.signed_in("admin")
    text = admin.get(f"/courses/parts-{standard[:1]}/report.csv").text.lstrip("\ufeff")
    return {row["username"]: row for row in csv.DictReader(io.StringIO(text))}


def versions_of(learner):
    with learner.site.write() as root:
        return [v.key for v in root["site"].courses[learner.course].package.versions]


def come_back(learner):
    certificate = learner.certificate()
    learner.launch().start(learner.left)
    assert learner.certificate() == certificate or learner.state == "leftovers-complete"
    return learner


def check(learner, choice, row):
    """Where somebody is who has come back."""
    awaits = STATES[learner.state][1]
    old, new = versions_of(learner)
    entry = learner.data[NAMES[learner.standard]["entry"]]
    place = learner.data.get(NAMES[learner.standard]["place"])
    moved = awaits in ("begins", "over") or (awaits != "stays" and choice != "keep")
    version = new if moved else old
    assert version in learner.view["delivery"]["url"]
    assert row["version"] == version[:12]
    done = learner.state in COMPLETED or learner.state == "leftovers-complete"
    fresh = moved and choice == "restart"
    failed = (learner.state, learner.standard) == ("failed", "1.2") and not fresh
    assert row["status"] == ("completed" if done else "failed" if failed else "in progress")
    assert bool(row["certificate"]) is done
    if awaits in ("begins", "over") or (choice == "restart" and awaits != "stays"):
        assert (learner.at, entry, place) == ("one", "ab-initio", None)
    elif awaits == "displaced" and choice == "move":
        assert learner.at == "one"
        statuses = {part["title"]: part["status"] for part in learner.view["toc"]}
        assert statuses["One"] == "completed"
    elif learner.state not in ("launched", "initialized"):
        assert place == ("left" if "leftovers" in learner.state else "half")
        assert entry == "resume"


@pytest.mark.parametrize("choice", ["keep", "move", "restart"])
def test_thirty_learners_in_every_state_come_back_to_what_was_chosen(site, learners, choice):
    before = {standard: report(site, standard) for standard in STANDARDS}
    use(site, choice)
    for standard in STANDARDS:
        assert report(site, standard) == before[standard]
        with site.write() as root:
            package = root["site"].courses[f"parts-{standard[:1]}"].package
            numbers = count(package.registrations.values(), package.newest)
            assert (numbers.not_started, numbers.completed) == (1, 3)
            assert numbers.in_flight == 10
            assert numbers.displaced == 2
    for learner in learners:
        come_back(learner)
    for standard in STANDARDS:
        rows = report(site, standard)
        assert len(rows) == 15
        for learner in learners:
            if learner.standard == standard:
                check(learner, choice, rows[learner.username])
    for learner in learners:
        plain = learner.history()
        with site.write() as root:
            person = root["site"].people.by_username(learner.username)
            words = history_words(plain, person.enrolments[learner.course], person)
        assert plain["version"][:12] in words
        if choice == "restart" and STATES[learner.state][1] in ("goes on", "displaced"):
            (passage,) = plain["passages"]
            assert f"attempt {passage['attempt']} left behind" in words
            assert passage["from"] == versions_of(learner)[0]


def test_thirty_learners_who_were_moved_go_back_to_where_they_were(site, learners):
    before = {standard: report(site, standard) for standard in STANDARDS}
    use(site, "move")
    for learner in learners:
        come_back(learner)
        learner.left = []
    use(site, "move", aim="back")
    for learner in learners:
        awaits = STATES[learner.state][1]
        learner.launch().start()
        old, _new = versions_of(learner)
        assert old in learner.view["delivery"]["url"]
        if awaits == "displaced":
            records = learner.history()
            assert records["aside"] == {}
            kept = records["activities"]["two"]["values"]
            assert kept[NAMES[learner.standard]["place"]] == "half"
    for standard in STANDARDS:
        rows = report(site, standard)
        for name, row in before[standard].items():
            if not name.startswith(("enrolled", "registered", "leftovers-complete")):
                assert (rows[name]["status"], rows[name]["certificate"]) == (
                    row["status"],
                    row["certificate"],
                )


def test_rolling_back_before_anybody_came_back_touches_nobody(site, learners):
    use(site, "restart")
    use(site, "restart", aim="back")
    for learner in learners:
        come_back(learner)
        assert versions_of(learner)[0] in learner.view["delivery"]["url"]
        assert learner.history()["passages"] == []
