"""Another version of a course while thirty people are in it, in every state there is."""

import csv
import io

import pytest

import versioned
from lms.command.history import history_words
from lms.evolution import index_registrations
from lms.services import awards, courses
from scorm.runtime.record import history
from scorm.runtime.versions import count
from sites import FILESTORAGE, NOW, Site

STANDARDS = ("2004", "1.2")
OLD, NEW = ("one", "two", "three"), ("one", "new", "three")
NAMES = {
    "2004": {
        "place": "cmi.location",
        "status": "cmi.completion_status",
        "entry": "cmi.entry",
        "exit": "cmi.exit",
        "time": ("cmi.session_time", "PT1M"),
    },
    "1.2": {
        "place": "cmi.core.lesson_location",
        "status": "cmi.core.lesson_status",
        "entry": "cmi.core.entry",
        "exit": "cmi.core.exit",
        "time": ("cmi.core.session_time", "0000:01:00"),
    },
}


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path, FILESTORAGE.format(data=tmp_path))
    yield site
    site.close()


class Learner:
    """Somebody in the course of one standard, by name of the state they are to be in."""

    def __init__(self, site, standard: str, state: str):
        self.site, self.standard, self.state = site, standard, state
        self.username = f"{state}-{standard[:1]}"
        self.course = f"parts-{standard[:1]}"
        with site.write() as root:
            site.add_person(root["site"], self.username, "member")
        self.browser = site.signed_in(self.username)
        self.sessions = 0

    def read(self, read):
        """What a function of the enrolment gives."""
        with self.site.write() as root:
            person = root["site"].people.by_username(self.username)
            return read(person.enrolments[self.course])

    def history(self):
        return self.read(lambda enrolment: history(enrolment.registration))

    def certificate(self):
        """The code of the certificate that they have; None for none."""
        with self.site.write() as root:
            person = root["site"].people.by_username(self.username)
            course = root["site"].courses[self.course]
            held = awards.held_in(root["site"], person.learner_id, course)
            return held[0].code if held else None

    def launch(self, *, look=False):
        page = self.browser.get(f"/courses/{self.course}/")
        form = next(form for form in page.forms.values() if "launch" in form.action)
        if look:
            form["look"] = True
        self.content, self.capability = self.site.content(form.submit().location)
        self.number = 0
        return self

    def start(self, leftovers=()):
        body = {"leftovers": list(leftovers)}
        self.view = self.content.post_json(f"/{self.capability}/start", body).json
        return self

    @property
    def at(self):
        return self.view["delivery"]["activity"]

    @property
    def data(self):
        return self.view["delivery"]["data"]

    def entry(self, kind, **more):
        self.number += 1
        return {"number": self.number, "kind": kind, "activity": self.at, **more}

    def send(self, *entries):
        body = {"entries": list(entries), "seen": 0}
        answer = self.content.post_json(f"/{self.capability}/commit", body).json
        self.view = answer
        return self

    def values(self, **values):
        names = NAMES[self.standard]
        return self.entry("set", values=[[names[name], value] for name, value in values.items()])

    def set(self, **values):
        return self.send(self.values(**values))

    def initialize(self):
        return self.send(self.entry("initialize"))

    def spend(self):
        return self.send(self.entry("set", values=[list(NAMES[self.standard]["time"])]))

    def finish(self, status="completed", request="continue"):
        """The part is done, and the next one comes."""
        word = self.values(status=status)
        return self.send(word, self.entry("terminate", request=request))

    def whole(self, status="completed"):
        """All three parts."""
        for request in ("continue", "continue", "exitAll"):
            self.initialize().spend().finish(status, request)
        return self

    def suspend(self):
        return self.send(self.entry("navigate", request="suspendAll"))


def launched(learner):
    learner.launch().start()


def initialized(learner):
    learner.launch().start().initialize()


def half_way(learner):
    learner.launch().start().initialize().set(place="half")


def suspended(learner):
    half_way(learner)
    learner.spend().set(exit="suspend")
    learner.suspend()


def in_the_second(learner):
    learner.launch().start().initialize().finish()
    learner.initialize().set(place="half")


def in_the_second_suspended(learner):
    in_the_second(learner)
    learner.suspend()


def failed(learner):
    learner.launch().start()
    for _ in range(2):
        learner.initialize().finish("incomplete" if learner.standard == "2004" else "failed")
    learner.initialize().set(place="half")


def completed(learner):
    learner.launch().start().whole()


def completed_and_open(learner):
    learner.launch().start()
    for request in ("continue", "continue"):
        learner.initialize().finish(request=request)
    learner.initialize().set(status="completed", place="half")


def completed_and_looked_at(learner):
    completed(learner)
    learner.launch(look=True).start()


def begun_anew(learner):
    completed(learner)
    learner.launch().start().initialize().set(place="half")


def with_leftovers(learner):
    half_way(learner)
    learner.left = [learner.values(place="left")]


def with_leftovers_that_complete(learner):
    learner.launch().start()
    for request in ("continue", "continue"):
        learner.initialize().finish(request=request)
    learner.initialize()
    learner.left = [learner.values(status="completed", place="left")]


def registered(learner):
    learner.launch()


def enrolled(learner):
    learner.launch()
    with learner.site.write() as root:
        person = root["site"].people.by_username(learner.username)
        registration = person.enrolments[learner.course].registration
        root["site"].registrations.remove(registration)
        person.enrolments[learner.course].registration = None


STATES = {
    "enrolled": (enrolled, "begins"),
    "registered": (registered, "begins"),
    "launched": (launched, "goes on"),
    "initialized": (initialized, "goes on"),
    "half-way": (half_way, "goes on"),
    "suspended": (suspended, "goes on"),
    "second": (in_the_second, "displaced"),
    "second-suspended": (in_the_second_suspended, "displaced"),
    "failed": (failed, "goes on"),
    "leftovers": (with_leftovers, "goes on"),
    "leftovers-complete": (with_leftovers_that_complete, "stays"),
    "completed": (completed, "over"),
    "completed-open": (completed_and_open, "stays"),
    "looked-at": (completed_and_looked_at, "over"),
    "begun-anew": (begun_anew, "goes on"),
}
"""By name: how somebody comes there, and what awaits them."""
COMPLETED = {"completed", "completed-open", "looked-at", "begun-anew"}


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


@pytest.fixture
def offered(site):
    """A package with a course on it and a version that has another second part."""
    with site.write() as root:
        packages = root["site"].packages
        package = versioned.bring(packages, versioned.package("2004", *OLD))
        course = courses.create(
            root["site"].courses, package, title="Parts", slug="parts-2", now=NOW
        )
        course.published = True
        course.rule = ("lessons", ("one", "two"))
        versioned.add(packages, package, versioned.package("2004", *NEW))
        return package.__name__, *(version.key for version in package.versions)


def form_of(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def test_an_author_reads_which_versions_there_are(site, offered):
    name, _old, new = offered
    half_way(Learner(site, "2004", "half-way"))
    author = site.signed_in("author")
    page = author.get(f"/packages/{name}/").click("all versions")
    rows = [row.get_text(" ", strip=True) for row in page.html.find("main").select("li.row")]
    assert new[:12] in rows[0]
    assert "0 learners on it" in rows[0]
    assert "current" in rows[1]
    assert "1 learner on it" in rows[1]
    report = page.click("Report", index=0)
    assert new[:12] in report.text
    difference = page.click("Compare with the current one")
    assert "1 part that can be opened is gone" in difference.html.get_text(" ", strip=True)
    assert difference.click("Use this version").request.path.endswith("/use")
    for path in ("versions/none", "compare?to=none", "use?version=none"):
        author.get(f"/packages/{name}/{path}", status=404)
    site.signed_in("member").get(f"/packages/{name}/versions", status=403)


def test_an_author_previews_a_version_before_anybody_gets_it(site, offered):
    name, _old, new = offered
    page = site.signed_in("author").get(f"/packages/{name}/versions")
    form = next(form for form in page.forms.values() if form.action.endswith("/preview"))
    content, capability = site.content(form.submit().location)
    view = content.post_json(f"/{capability}/start", {}).json
    assert f"/{new}/" in view["delivery"]["url"]


def test_an_author_sees_what_a_choice_does_to_whom_and_how_to_undo_it(site, offered):
    name, old, new = offered
    learner = Learner(site, "2004", "second")
    in_the_second(learner)
    author = site.signed_in("author")
    page = author.get(f"/packages/{name}/use?version={new}")
    words = page.html.find("main").get_text(" ", strip=True)
    assert "1 learner is in the middle of another version" in words
    assert "For 1 of them the place does not exist here" in words
    assert "Parts : Two" in words
    form = form_of(page, "learners")
    refused = form.submit(status=422)
    assert "Say what becomes of the learners" in refused.text
    form["learners"] = "move"
    refused = form.submit(status=422)
    assert "no longer count" in refused.html.find(role="alert").text
    form = form_of(refused, "learners")
    assert form["learners"].value == "move"
    form["drop_vanished"] = True
    page = form.submit().follow()
    assert f"from {old[:12]} to {new[:12]}" in page.text
    with site.write() as root:
        assert root["site"].courses["parts-2"].rule == ("lessons", ("one",))
    assert "package version" in site.signed_in("admin").get("/admin/audit").text
    assert "This version is the current one" in author.get(f"/packages/{name}/use?version={new}")
    form["learners"] = "keep"
    assert "is the current one already" in form.submit(status=422).text
    back = author.get(f"/packages/{name}/use?version={old}")
    assert "Go back to this version" in back.text


def choose(site, name, key, choice, drop=False):
    form = form_of(site.signed_in("author").get(f"/packages/{name}/use?version={key}"), "learners")
    form["learners"] = choice
    if drop:
        form["drop_vanished"] = True
    return form.submit(status=303)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("keep", None),
        ("move", "Your place is kept"),
        ("restart", "you begin it anew"),
    ],
)
def test_a_learner_reads_what_awaits_them_before_they_resume(site, offered, choice, words):
    name, _old, new = offered
    learner = Learner(site, "2004", "half-way")
    half_way(learner)
    assert "new version" not in learner.browser.get("/courses/parts-2/").text
    choose(site, name, new, choice, drop=True)
    page = learner.browser.get("/courses/parts-2/").html.find("main").get_text(" ", strip=True)
    if words is None:
        assert "new version" not in page
        assert "Two" in page
    else:
        assert words in page
    assert "New" in site.signed_in("member").get("/courses/parts-2/").text


def test_who_has_completed_a_course_reads_that_a_new_version_waits(site, offered):
    name, _old, new = offered
    learner = Learner(site, "2004", "completed")
    completed(learner)
    choose(site, name, new, "move", drop=True)
    page = learner.browser.get("/courses/parts-2/").html.find("main").get_text(" ", strip=True)
    assert "if you begin again, you begin the new version" in page


def test_parts_that_no_longer_count_complete_the_course_for_who_has_done_the_others(site, offered):
    name, old, new = offered
    learner = Learner(site, "2004", "second")
    in_the_second(learner)
    choose(site, name, new, "keep", drop=True)
    assert learner.certificate() is not None
    assert old in learner.launch().start().view["delivery"]["url"]


def test_the_rule_of_who_stays_asks_only_for_what_they_have(site, offered):
    name, _old, new = offered
    learner = Learner(site, "2004", "half-way")
    half_way(learner)
    choose(site, name, new, "keep", drop=True)
    with site.write() as root:
        root["site"].courses["parts-2"].rule = ("lessons", ("one", "new"))
    assert "1 part (One)" in learner.browser.get("/courses/parts-2/").text
    learner.finish()
    assert learner.certificate() is not None


def test_without_any_part_that_counts_the_whole_course_does(site, offered):
    name, _old, new = offered
    with site.write() as root:
        root["site"].courses["parts-2"].rule = ("lessons", ("two",))
    choose(site, name, new, "keep", drop=True)
    with site.write() as root:
        assert root["site"].courses["parts-2"].rule == ("completed",)


def test_the_one_part_of_a_course_is_the_same_whatever_its_tool_calls_it(site):
    with site.write() as root:
        packages = root["site"].packages
        package = versioned.bring(packages, versioned.package("2004", "first"))
        for slug, rule in [("parts-2", ("lessons", ("first",))), ("other", ("completed",))]:
            course = courses.create(
                root["site"].courses, package, title=slug.title(), slug=slug, now=NOW
            )
            course.published = True
            course.rule = rule
        versioned.add(packages, package, versioned.package("2004", "second"))
        name, (old, new) = package.__name__, [version.key for version in package.versions]
    learner, other = Learner(site, "2004", "half-way"), Learner(site, "2004", "elsewhere")
    other.course = "other"
    half_way(learner)
    suspended(other)
    page = site.signed_in("author").get(f"/packages/{name}/use?version={new}")
    words = page.html.find("main").get_text(" ", strip=True)
    assert "It counts as the same part" in words
    assert "the place does not exist" not in words
    assert "no longer count" not in words
    choose(site, name, new, "move")
    with site.write() as root:
        assert root["site"].courses["parts-2"].rule == ("lessons", ("second",))
    for one in (learner, other):
        assert "Your place is kept" in one.browser.get(f"/courses/{one.course}/").text
        one.launch().start()
        assert (one.at, one.data["cmi.location"]) == ("second", "half")
        assert one.data["cmi.entry"] == "resume"
    choose(site, name, old, "move")
    learner.launch().start()
    assert (learner.at, learner.data["cmi.location"]) == ("first", "half")
    learner.initialize().finish(request="exitAll")
    assert learner.certificate() is not None


def test_a_page_that_another_has_followed_still_shows_what_is_in_it(site, offered):
    name, old, new = offered
    learner = Learner(site, "2004", "half-way")
    half_way(learner)
    content, capability = learner.content, learner.capability
    choose(site, name, new, "move", drop=True)
    learner.launch().start()
    content.get(f"/{capability}/{old}/two.html", status=200)
    content.get(f"/{capability}/{new}/new.html", status=403)
    learner.content.get(f"/{learner.capability}/{new}/new.html", status=200)
    learner.content.get(f"/{learner.capability}/{old}/two.html", status=403)
    entry = {"number": 99, "kind": "set", "activity": "one", "values": [["cmi.location", "late"]]}
    answer = content.post_json(f"/{capability}/commit", {"entries": [entry]}, status=409)
    assert answer.json["error"] == "superseded"
    late = [session["late"] for session in learner.history()["sessions"].values()]
    assert [entry] == [{key: found[key] for key in entry} for each in late for found in each]


def test_an_older_database_gets_to_know_who_is_on_what_and_who_has_completed(site, offered):
    name, _old, _new = offered
    learners = [Learner(site, "2004", state) for state in ("completed", "begun-anew", "half-way")]
    for learner in learners:
        STATES[learner.state][0](learner)
    with site.write() as root:
        package = root["site"].packages[name]
        before = set(package.registrations)
        for registration in package.registrations.values():
            registration.completed_attempt = 0
        del package.registrations
        course = root["site"].courses["parts-2"]
        course.__dict__["version"] = package.versions[0]
        course._p_changed = True
    for _ in range(2):
        with site.write() as root:
            index_registrations(root)
    with site.write() as root:
        package = root["site"].packages[name]
        assert set(package.registrations) == before
        course = root["site"].courses["parts-2"]
        course._p_activate()
        assert "version" not in course.__dict__
    attempts = [
        learner.read(lambda enrolment: enrolment.registration.completed_attempt)
        for learner in learners
    ]
    assert attempts == [1, 0, 0]
