"""An author previews a package: it counts for nobody, and its record says what was kept."""

import zipfile

import pytest

import smallest
from lms.services import reports
from scorm.packages.archive import Limits
from scorm.runtime.record import history
from scorm.services import add_version, import_package
from sites import FILESTORAGE, NOW, Site, upload


def form_to(page, word):
    return next(form for form in page.forms.values() if form.action.endswith(word))


def parts_of(page):
    """The form by which a preview begins with any part."""
    return next(form for form in page.forms.values() if "part" in form.fields)


@pytest.fixture(params=["2004", "1.2"])
def standard(request):
    return request.param


@pytest.fixture
def package(site, tmp_path, standard):
    """The address of an uploaded package."""
    author = site.signed_in("author")
    content = smallest.write(tmp_path / "p.zip", standard).read_bytes()
    return upload(author, "p.zip", content).request.path


class Preview:
    """An author's preview, on its content host."""

    def __init__(self, site, package, username="author", part=None):
        self.author = site.signed_in(username)
        self.package = package
        self.begin(site, part)

    def begin(self, site, part=None):
        page = self.author.get(self.package)
        form = form_to(page, "/preview") if part is None else parts_of(page)
        button = {} if part is None else {"name": "part", "value": part}
        self.address = form.submit(**button).location
        self.content, self.capability = site.content(self.address)
        self.number = 0
        self.view = self.post("start")

    def post(self, what, **body):
        body = {"session": "-", **body}
        return self.content.post_json(f"/{self.capability}/{what}", body).json

    def send(self, kind, **more):
        self.number += 1
        entry = {"number": self.number, "kind": kind, "activity": "i", **more}
        return self.post("commit", entries=[entry])

    def set(self, **values):
        return self.send("set", values=[[f"cmi.{k}", v] for k, v in values.items()])

    def record(self):
        return self.author.get(f"{self.package}preview-record")


def registrations(site):
    with site.write() as root:
        return [each.reference for each in root["site"].registrations.values()]


def test_a_preview_opens_the_player_with_its_log_and_leads_back_to_the_package(site, package):
    found = Preview(site, package)
    page = found.content.get(f"/{found.capability}/play")
    settings = page.html.find(id="player-settings").string
    assert '"preview": true' in settings
    assert '"sweeps": true' in settings
    assert '"title": "Run-time log"' in settings
    assert package in settings
    assert "log.css" in page.text


def test_where_one_host_serves_all_the_page_empties_no_storage(tmp_path):
    """Courses of the same person have theirs there too."""
    text = FILESTORAGE.format(data=tmp_path)
    site = Site(tmp_path, text, content_url="http://content.localhost:6543")
    content = smallest.write(tmp_path / "p.zip", "2004").read_bytes()
    found = Preview(site, upload(site.signed_in("author"), "p.zip", content).request.path)
    assert '"sweeps": false' in found.content.get(f"/{found.capability}/play").text
    site.close()


def test_a_learner_s_page_has_nothing_of_the_log(site, package):
    found = Preview(site, package)
    with site.write() as root:
        for each in root["site"].registrations.values():
            each.preview = False
    page = found.content.get(f"/{found.capability}/play")
    assert '"sweeps": false' in page.text
    assert "log.css" not in page.text
    assert "Run-time log" not in page.text


def test_the_content_is_told_a_learner_s_name_and_begins_anew_each_time(site, package, standard):
    name, entry, place = {
        "2004": ("cmi.learner_name", "cmi.entry", "location"),
        "1.2": ("cmi.core.student_name", "cmi.core.entry", "core.lesson_location"),
    }[standard]
    found = Preview(site, package)
    assert found.view["delivery"]["data"][name] == "Author"
    found.set(**{place: "3"})
    found.begin(site)
    data = found.view["delivery"]["data"]
    assert data[entry] == "ab-initio"
    assert f"cmi.{place}" not in data


def test_nothing_piles_up_and_nothing_counts(site, package):
    found = Preview(site, package)
    for _ in range(3):
        found.begin(site)
        found.send("initialize")
        found.send("terminate")
    (reference,) = registrations(site)
    with site.write() as root:
        author = root["site"].people.by_username("author")
        assert reference == f"preview/{author.id}"
        assert not author.enrolments


def test_the_record_says_what_was_kept_and_why_it_counts(site, package, standard):
    found = Preview(site, package)
    found.send("initialize")
    long = "y" * 500
    values = {
        "2004": {"completion_status": "incomplete", "score.raw": "85", "suspend_data": long},
        "1.2": {"core.lesson_status": "incomplete", "core.score.raw": "85", "suspend_data": long},
    }[standard]
    response = "learner_response" if standard == "2004" else "student_response"
    question = {
        "id": "q1",
        "type": "choice",
        response: "a[,]b" if standard == "2004" else "a,b",
        "correct_responses.0.pattern": "c",
        "result": "wrong" if standard == "1.2" else "incorrect",
        "weighting": "1",
    }
    found.set(**values, **{f"interactions.0.{k}": v for k, v in question.items()})
    found.send("terminate")
    page = found.record()
    text = page.html.get_text(" ", strip=True)
    assert "Not completed: content’s own word, the last that it said, is “incomplete”." in text
    if standard == "2004":
        assert "Content gave a raw score (cmi.score.raw is 85) and no cmi.score.scaled." in text
        assert "a, b" in text
    assert "500 characters" in text
    anchor = "cmi.score.raw" if standard == "2004" else "cmi.core.score.raw"
    link = page.html.find("a", href=lambda href: href and href.endswith(f"#{anchor}"))
    assert f"standard={standard}" in link["href"]
    answer = found.author.get(link["href"])
    assert answer.html.find(id=anchor)


def test_the_record_shows_what_no_page_can(site, package, standard):
    found = Preview(site, package)
    found.send("initialize")
    place = "location" if standard == "2004" else "core.lesson_location"
    found.set(**{place: "abc\ud800def", "abc\ud800.x": "1"})
    shown = found.record().html.get_text()
    assert "abc\\ud800def" in shown
    assert "cmi.abc\\ud800.x" in shown


def test_an_element_that_the_site_does_not_know_leads_nowhere(site, package, standard):
    found = Preview(site, package)
    found.send("initialize")
    found.set(made_up="1", suspend_data="2")
    page = found.record()
    links = [link["href"] for link in page.html.select("main a[href]")]
    assert "cmi.made_up" in page.html.get_text()
    assert not [link for link in links if "made_up" in link]
    assert [link for link in links if link.endswith("#cmi.suspend_data")]


def test_every_cell_of_the_record_s_tables_is_named_for_phones(site, package):
    found = Preview(site, package)
    found.send("initialize")
    for cell in found.record().html.select("tbody td"):
        assert cell.get("data-label"), cell


def test_before_a_preview_the_record_says_so_and_offers_one(site, package):
    page = site.signed_in("author").get(f"{package}preview-record")
    assert "You have not previewed this package yet" in page.text
    assert form_to(page, "/preview")


def test_an_author_sees_their_own_record_alone(site, package):
    Preview(site, package)
    page = site.signed_in("admin").get(f"{package}preview-record")
    assert "You have not previewed this package yet" in page.text


def test_a_member_gets_no_preview_and_no_record(site, package):
    member = site.signed_in("member")
    token = member.get("/language").forms[0]["csrf_token"].value
    body = {"csrf_token": token}
    assert member.post(f"{package}preview", body, expect_errors=True).status_int in (403, 404)
    assert member.get(f"{package}preview-record", expect_errors=True).status_int in (403, 404)
    assert registrations(site) == []


def test_for_a_member_s_label_the_packages_are_not_gone_through(site, package, monkeypatch):
    monkeypatch.setattr("scorm.runtime.preview.labelled", lambda *asked: pytest.fail("searched"))
    member = site.signed_in("member")
    member.get("/learning/resume/none", status=404)
    member.get("/learning/renew/none/s1", status=404)


def test_every_part_is_in_the_list_with_its_id_and_can_be_the_beginning(site, linked):
    page = site.signed_in("author").get(linked)
    items = page.html.select("ol.parts > li .node")
    assert [each.code.get_text() for each in items] == ["i", "j"]
    assert [each.button["value"] for each in items] == ["i", "j"]
    assert items[1].button.get_text() == "Preview from here Two"
    assert Preview(site, linked, part="j").view["delivery"]["activity"] == "j"


def test_a_heading_is_in_the_list_and_opens_nothing(site, package_of):
    item = '<item identifier="i" identifierref="r"><title>One</title></item>'
    nested = f'<item identifier="h"><title>Heading</title>{item}</item>'
    path = package_of(smallest.MANIFEST_2004.replace(item, nested))
    page = site.signed_in("author").get(path)
    heading = page.html.select_one("ol.parts > li")
    assert heading.select_one(":scope > .node bdi").get_text() == "Heading"
    assert heading.select_one(":scope > .node button") is None
    assert heading.select_one(":scope > ol > li button")["value"] == "i"


CLOSED = """<imsss:sequencing xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>
<imsss:ruleCondition condition="always"/></imsss:ruleConditions>
<imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>
</imsss:sequencing>"""


def test_a_part_that_learners_cannot_choose_opens_all_the_same_and_it_is_said_why(site, package_of):
    item = '<item identifier="{}" identifierref="r"><title>{}</title>{}</item>'
    two = item.format("i", "One", "") + item.format("j", "Two", CLOSED)
    path = package_of(smallest.MANIFEST_2004.replace(item.format("i", "One", ""), two))
    found = Preview(site, path, part="j")
    assert found.view["delivery"]["activity"] == "j"
    assert found.view["declined"].startswith("This part cannot be opened.")
    found.send("initialize", activity="j")
    found.send("set", activity="j", values=[["cmi.location", "7"]])
    text = " ".join(sequencing(found).get_text(" ", strip=True).split())
    assert "Refused DB.1.1-3" in text
    assert "so it opened “ Two ” all the same." in text
    record = found.record().html
    assert "Began with Two" in record.find("dl").get_text(" ", strip=True)
    assert "cmi.location" in record.get_text()
    for again in (found.record(), found.author.get(f"{path}preview-sequencing")):
        address = form_to(again, "/preview").submit().location
        content, capability = site.content(address)
        view = content.post_json(f"/{capability}/start", {"session": "-"}).json
        assert view["delivery"]["activity"] == "j"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("part", "nowhere", "There is nothing to open in the part “nowhere”."),
        ("version", "abcdef", "This package has no version “abcdef”."),
    ],
)
def test_what_is_not_there_cannot_be_previewed_and_the_page_says_so(
    site, package, field, value, words
):
    author = site.signed_in("author")
    form = form_to(author.get(package), "/preview")
    token = form["csrf_token"].value
    body = {"csrf_token": token, field: value}
    answer = author.post(f"{package}preview", body, status=422)
    assert words in answer.html.find(role="alert").get_text()
    assert registrations(site) == []


def test_an_earlier_version_is_previewed_and_its_record_says_which(
    site, package, standard, tmp_path
):
    other = smallest.write(tmp_path / "other.zip", "1.2" if standard == "2004" else "2004")
    with site.write() as root, other.open("rb") as file:
        packages = root["site"].packages
        (replaced,) = packages.values()
        earlier = replaced.newest.sha256[:12]
        another, _ = import_package(packages, file, owner="a", limits=Limits(), now=NOW)
        add_version(replaced, another.newest)
    author = site.signed_in("author")
    token = form_to(author.get(package), "/preview")["csrf_token"].value
    body = {"csrf_token": token, "version": earlier}
    author.post(f"{package}preview", body, status=303)
    facts = author.get(f"{package}preview-record").html.find("dl").get_text(" ", strip=True)
    assert earlier in facts


def test_a_preview_that_is_forgotten_is_gone_with_its_record_and_its_page(site, package):
    found = Preview(site, package)
    found.set(suspend_data="x")
    form_to(found.author.get(package), "/preview-forget").submit().follow(status=200)
    assert registrations(site) == []
    assert "You have not previewed this package yet" in found.record().text
    entry = {"number": 2, "kind": "initialize", "activity": "i"}
    body = {"session": "-", "entries": [entry]}
    found.content.post_json(f"/{found.capability}/commit", body, status=403)


def test_only_who_has_a_preview_can_forget_it(site, package):
    Preview(site, package)
    assert not [
        form
        for form in site.signed_in("admin").get(package).forms.values()
        if form.action.endswith("/preview-forget")
    ]
    member = site.signed_in("member")
    token = member.get("/language").forms[0]["csrf_token"].value
    body = {"csrf_token": token}
    answer = member.post(f"{package}preview-forget", body, expect_errors=True)
    assert answer.status_int in (403, 404)
    assert len(registrations(site)) == 1


def everything_that_counts(root):
    """What people have, and what is reported of them, but for previews themselves."""
    found = root["site"]
    kept = {each.id: each for each in found.registrations.values() if not each.preview}
    learners = found.registrations._learners
    previewing = {each.learner_id for each in found.registrations.values() if each.preview}
    return {
        "report": [
            row
            for course in found.courses.values()
            for row in reports.course_rows(found, course, NOW)
        ],
        "registrations": {key: history(each) for key, each in kept.items()},
        "learners": {
            key: (dict(learner.stores), dict(learner.objectives))
            for key, learner in learners.items()
            if key not in previewing
        },
        "certificates": dict(found.certificates.by_award),
    }


def test_a_whole_preview_changes_nothing_that_counts(site, linked):
    """Not even for its author, who learns in a course of the same package, with objectives that
    live with the learner."""
    author = site.signed_in("author")
    page = author.get(linked)
    form = next(
        form
        for form in author.get(page.html.find("a", string="Make a course")["href"]).forms.values()
        if "title" in form.fields
    )
    form["title"] = "Linked"
    edit = form.submit().follow()
    form = next(form for form in edit.forms.values() if "summary" in form.fields)
    form["published"] = True
    form["content_note"] = "Nothing that may distress."
    course = form.submit().follow().request.path
    content, capability = site.content(form_to(author.get(course), "launch").submit().location)
    content.post_json(f"/{capability}/start", {"session": "-"})
    failed = [["cmi.success_status", "failed"]]
    entries = [
        {"number": 1, "activity": "i", "kind": "initialize"},
        {"number": 2, "activity": "i", "kind": "set", "values": failed},
        {"number": 3, "activity": "i", "kind": "terminate", "request": "continue"},
    ]
    content.post_json(f"/{capability}/commit", {"entries": entries})
    with site.write() as root:
        before = everything_that_counts(root)
    assert list(before["learners"].values()) == [({}, {"global": {"satisfied": False}})]
    found = Preview(site, linked)
    done = {"completion_status": "completed", "success_status": "passed", "score.scaled": "1"}
    for activity, request in (("i", "continue"), ("j", "exitAll")):
        found.send("initialize", activity=activity)
        values = [[f"cmi.{k}", v] for k, v in done.items()]
        found.send("set", activity=activity, values=values)
        found.send("terminate", activity=activity, request=request)
    assert "passed" in found.record().text.lower()
    with site.write() as root:
        assert everything_that_counts(root) == before
        person = root["site"].people.by_username("author")
        assert not person.enrolments["linked"].completed
    form_to(found.author.get(linked), "/preview-forget").submit()
    with site.write() as root:
        assert everything_that_counts(root) == before
        assert len(root["site"].registrations._learners) == len(before["learners"])


def test_a_preview_is_no_form_that_another_site_can_send(site, package):
    author = site.signed_in("author")
    assert author.post(f"{package}preview", {}, expect_errors=True).status_int == 400
    assert registrations(site) == []


def test_a_reloaded_player_leads_back_to_the_package(site, package):
    found = Preview(site, package)
    back = found.content.get("/").location
    assert found.author.get(back).location.endswith(package)
    assert site.signed_in("admin").get(back, expect_errors=True).status_int == 404


def test_an_author_whose_account_is_closed_writes_no_longer(site, package):
    found = Preview(site, package)
    with site.write() as root:
        root["site"].people.by_username("author").closed = True
    entry = {"number": 1, "kind": "initialize", "activity": "i"}
    answer = found.content.post_json(
        f"/{found.capability}/commit", {"entries": [entry]}, expect_errors=True
    )
    assert answer.status_int == 403


def sequencing(found):
    return found.author.get(f"{found.package}preview-sequencing").html.find("main")


def test_the_sequencing_of_a_preview_can_be_looked_at(site, package):
    found = Preview(site, package)
    page = sequencing(found)
    text = page.get_text(" ", strip=True)
    assert "opened “ One ”" in text
    assert page.find(id="activity-1").find(class_="mark", string="current")
    assert "Exit the course exitAll" in text
    found.send("terminate", request="exitAll")
    assert "Exit the course from" in sequencing(found).get_text(" ", strip=True)


def test_the_sequencing_page_shows_what_no_page_can(site, package):
    found = Preview(site, package)
    for request in ("\ud800", "{target=\ud800}choice"):
        found.send("navigate", request=request)
    assert "\\ud800" in sequencing(found).find(id="asked").find_next("p").get_text()


@pytest.fixture
def package_of(site, tmp_path):
    """Uploads a package with this manifest; its address."""

    def send(manifest):
        with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
            archive.writestr("imsmanifest.xml", manifest)
            archive.writestr("page.html", smallest.PAGE)
        content = (tmp_path / "made.zip").read_bytes()
        return upload(site.signed_in("author"), "made.zip", content).request.path

    return send


@pytest.fixture
def linked(package_of):
    """The address of a package whose second part reads what the first writes."""
    first, second = (
        f'<imsss:sequencing xmlns:imsss="http://www.imsglobal.org/xsd/imsss"><imsss:objectives>'
        f'<imsss:primaryObjective objectiveID="p"><imsss:mapInfo targetObjectiveID="global"'
        f' readSatisfiedStatus="{read}" writeSatisfiedStatus="{write}"/></imsss:primaryObjective>'
        f"</imsss:objectives></imsss:sequencing>"
        for read, write in (("false", "true"), ("true", "false"))
    )
    item = '<item identifier="{}" identifierref="r"><title>{}</title>{}</item>'
    manifest = smallest.MANIFEST_2004.replace(
        item.format("i", "One", ""),
        item.format("i", "One", first) + item.format("j", "Two", second),
    ).replace(
        "</organization>",
        '<imsss:sequencing xmlns:imsss="http://www.imsglobal.org/xsd/imsss">'
        '<imsss:controlMode flow="true"/></imsss:sequencing></organization>',
    )
    return package_of(manifest)


def test_every_value_that_is_known_is_shown_and_where_it_comes_from(site, linked):
    found = Preview(site, linked)
    found.send("initialize")
    scores = {"raw": "7", "min": "1", "max": "9"}
    record = {"id": "p", "success_status": "passed"}
    record |= {f"score.{name}": value for name, value in scores.items()}
    found.set(**{f"objectives.0.{name}": value for name, value in record.items()})
    found.set(completion_status="unknown")
    first, second = (
        " ".join(sequencing(found).find(id=f"activity-{n}").get_text(" ", strip=True).split())
        for n in (1, 2)
    )
    assert "satisfied raw score 7 least score 1 highest score 9" in first
    assert "completion: content has said that it is unknown." in first
    assert "own:" not in first
    assert "success: own: unknown ; read from a global objective: satisfied" in second


def test_the_tree_is_a_list_in_a_list(site, package):
    page = sequencing(Preview(site, package))
    course = page.select_one("ol.tree > li#activity-0")
    assert course.select_one(":scope > ol > li#activity-1 > .node[aria-current]")
    assert not course.select_one(":scope > .node[aria-current]")
    assert "flow=true" not in page.get_text()


def test_a_course_that_is_suspended_is_said_to_be_kept_and_how_it_is_resumed(site, package):
    found = Preview(site, package)
    text = sequencing(found).get_text(" ", strip=True)
    assert "Suspend the course suspendAll Ends the session; it is kept to be resumed" in text
    found.send("navigate", request="suspendAll")
    page = sequencing(found)
    assert "suspended the course; it is kept to be resumed" in page.get_text(" ", strip=True)
    rows = {row.th.code.string: row.td.get_text(" ", strip=True) for row in page.select("tbody tr")}
    assert rows["resumeAll"] == "Opens “ One ”"
    assert "exitAll" not in rows
    assert page.find(id="activity-1").find(class_="mark", string="will be resumed")


def test_before_a_preview_its_sequencing_page_says_what_it_is_for(site, package):
    page = site.signed_in("author").get(f"{package}preview-sequencing")
    assert "You have not previewed this package yet" in page.text
    assert form_to(page, "/preview")


def test_the_sequencing_of_a_preview_is_its_authors_alone(site, package):
    Preview(site, package)
    assert "not previewed" in site.signed_in("admin").get(f"{package}preview-sequencing").text
    member = site.signed_in("member")
    answer = member.get(f"{package}preview-sequencing", expect_errors=True)
    assert answer.status_int in (403, 404)
