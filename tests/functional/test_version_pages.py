"""What authors and learners read of another version, and what becomes of a course by it."""

import pytest

import versioned
from lms.evolution import index_registrations
from lms.services import courses
from midway import NEW, OLD, STATES, Learner, completed, half_way, in_the_second, suspended
from sites import FILESTORAGE, NOW, Site


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path, FILESTORAGE.format(data=tmp_path))
    yield site
    site.close()


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
