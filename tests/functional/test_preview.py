"""An author previews a package: it counts for nobody, and its record says what was kept."""

import zipfile

import pytest

import smallest
from sites import upload


def form_to(page, word):
    return next(form for form in page.forms.values() if form.action.endswith(word))


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

    def __init__(self, site, package, username="author"):
        self.author = site.signed_in(username)
        self.package = package
        self.begin(site)

    def begin(self, site):
        self.address = form_to(self.author.get(self.package), "/preview").submit().location
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
    assert '"title": "Run-time log"' in settings
    assert package in settings
    assert "log.css" in page.text


def test_a_learner_s_page_has_nothing_of_the_log(site, package):
    found = Preview(site, package)
    with site.write() as root:
        for each in root["site"].registrations.values():
            each.preview = False
    page = found.content.get(f"/{found.capability}/play")
    assert "log.css" not in page.text
    assert "Run-time log" not in page.text


def test_the_content_is_told_a_pseudonym_and_begins_anew_each_time(site, package, standard):
    name, entry, place = {
        "2004": ("cmi.learner_name", "cmi.entry", "location"),
        "1.2": ("cmi.core.student_name", "cmi.core.entry", "core.lesson_location"),
    }[standard]
    found = Preview(site, package)
    assert found.view["delivery"]["data"][name] == "Preview"
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
def linked(site, tmp_path):
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
    with zipfile.ZipFile(tmp_path / "linked.zip", "w") as archive:
        archive.writestr("imsmanifest.xml", manifest)
        archive.writestr("page.html", smallest.PAGE)
    content = (tmp_path / "linked.zip").read_bytes()
    return upload(site.signed_in("author"), "linked.zip", content).request.path


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
