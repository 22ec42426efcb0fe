"""Packages sent in parts, as a sender that speaks tus does, and what becomes of them."""

from base64 import b64encode

import pytest
from webtest import Upload

import smallest
from lms.services import outbox
from scorm import importing
from sites import NOW, upload

TUS = {"Tus-Resumable": "1.0.0"}


class Sender:
    """Somebody signed in who sends a file in parts."""

    def __init__(self, site, username="author"):
        self.browser = site.signed_in(username)
        self.token = self.browser.get("/language").forms[0]["csrf_token"].value
        self.address = ""

    def ask(self, method, path, status=None, body=b"", **headers):
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        headers = {**TUS, "X-CSRF-Token": self.token, **more}
        call = getattr(self.browser, method)
        if method in ("get", "head", "options"):
            return call(path, headers=headers, status=status)
        return call(path, body, headers=headers, status=status)

    def begin(self, length, status=201, **metadata):
        said = ",".join(f"{k} {b64encode(v.encode()).decode()}" for k, v in metadata.items())
        answer = self.ask(
            "post", "/packages/imports/", status, Upload_Length=str(length), Upload_Metadata=said
        )
        self.address = answer.headers.get("Location", "")
        return answer

    def part(self, offset, body, status=204, kind="application/offset+octet-stream"):
        return self.ask(
            "patch", self.address, status, body, Upload_Offset=str(offset), Content_Type=kind
        )

    def offset(self):
        return int(self.ask("head", self.address, 200).headers["Upload-Offset"])

    def page(self):
        page = self.browser.get(self.address)
        while page.status_int == 303:
            page = page.follow()
        return page


@pytest.fixture
def sender(site):
    return Sender(site)


@pytest.fixture
def content(tmp_path):
    return smallest.write(tmp_path / "a.zip", "2004").read_bytes()


def test_a_file_in_parts_becomes_a_package(sender, content):
    sender.begin(len(content), filename="a course.zip")
    half = len(content) // 2
    assert sender.part(0, content[:half]).headers["Upload-Offset"] == str(half)
    assert sender.offset() == half
    assert "are here" in sender.page().text
    assert sender.part(half, content[half:]).headers["Upload-Offset"] == str(len(content))
    assert "Make a course" in sender.page().text


def test_the_last_part_that_is_sent_again_is_no_other_import(site, sender, content):
    sender.begin(len(content))
    for offset in (0, 0, len(content)):
        said = sender.part(offset, content[offset:]).headers
        assert said["Upload-Offset"] == str(len(content))
        assert sender.offset() == len(content)
    with site.write() as root:
        assert len(list(root["site"].packages.values())) == 1


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda content: (0, content), id="by the same part, once more"),
        pytest.param(lambda content: (len(content), b""), id="by an empty part"),
    ],
)
def test_a_check_that_was_not_asked_for_is_asked_for_again(site, sender, content, again):
    """The last part is on disk, but the request that brought it could not ask for the check."""
    sender.begin(len(content))
    with site.write() as root:
        (found,) = root["site"].packages.imports.values()
        with (site.settings.uploads / found.__name__ / importing.SENT).open("wb") as file:
            file.write(content)
    assert sender.offset() == len(content)
    sender.part(*again(content))
    assert "Make a course" in sender.page().text


def test_what_is_understood_is_told(sender):
    headers = sender.ask("options", "/packages/imports/", 204).headers
    assert headers["Tus-Version"] == "1.0.0"
    assert headers["Tus-Extension"] == "creation,termination"
    assert int(headers["Tus-Max-Size"]) == 50 * 1024 * 1024


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(sender):
    assert "at most 52.4 MB" in sender.begin(10**9, status=413).text


@pytest.mark.parametrize("length", ["-1", "many"])
def test_a_length_that_is_none_is_refused(sender, length):
    sender.begin(length, status=400)


def test_a_file_without_a_byte_is_told_to_be_no_package(sender):
    sender.begin(0)
    sender.part(0, b"")
    assert "This file is empty" in sender.page().text


def test_metadata_that_is_no_base64_is_refused(sender):
    sender.ask("post", "/packages/imports/", 400, Upload_Length="3", Upload_Metadata="filename ü!")


def test_a_part_for_another_place_is_told_the_right_one(sender, content):
    sender.begin(len(content))
    sender.part(0, content[:10])
    assert sender.part(5, content[5:], status=409).headers["Upload-Offset"] == "10"


def test_a_part_without_its_place_or_kind_is_refused(sender, content):
    sender.begin(len(content))
    sender.part("somewhere", content, status=400)
    sender.part(0, content, status=415, kind="application/zip")
    assert sender.offset() == 0


def test_an_upload_is_its_senders_and_the_admins(site, sender, content):
    with site.write() as root:
        site.add_person(root["site"], "other", "author")
    sender.begin(len(content))
    for username, status in (("other", 403), ("member", 403), ("admin", 204)):
        stranger = Sender(site, username)
        stranger.address = sender.address
        stranger.part(0, content[:3], status)
    assert sender.offset() == 3


def test_who_thinks_better_of_it_takes_it_back(site, sender, content):
    sender.begin(len(content))
    sender.part(0, content[:10])
    sender.ask("delete", sender.address, 204)
    assert "called off" in sender.page().text
    assert list(site.settings.uploads.iterdir()) == []
    sender.part(10, content[10:], status=410)
    sender.ask("delete", sender.address, 410)
    sender.ask("head", sender.address, 410)


def test_the_pages_button_takes_it_back_too(site, sender, content):
    sender.begin(len(content))
    page = sender.page()
    form = next(form for form in page.forms.values() if form.action.endswith("/cancel"))
    assert "called off" in form.submit().follow().text
    assert form.submit().follow().status_int == 200
    assert list(site.settings.uploads.iterdir()) == []


def test_the_pages_script_is_told_how_far_it_is(sender, content):
    sender.begin(len(content))
    sender.part(0, content[: len(content) // 2])
    found = sender.browser.get(sender.address + "state").json
    assert (found["state"], found["percent"]) == ("sending", 50 - len(content) % 2)


def test_a_package_that_is_not_there_gets_no_version(sender):
    sender.begin(3, status=404, package="nothing")
    sender.begin(3, status=404, package="imports")


def test_another_version_is_sent_for_a_package(site, sender, content, tmp_path):
    package = upload(sender.browser, "a.zip", content).request.path.strip("/").split("/")[1]
    other = smallest.write(tmp_path / "b.zip", "1.2").read_bytes()
    sender.begin(len(other), package=package)
    sender.part(0, other)
    with site.write() as root:
        (found,) = root["site"].packages.values()
        assert len(found.versions) == 2


def test_what_could_not_be_checked_is_tried_again_by_a_button(site, sender, content, monkeypatch):
    monkeypatch.setattr(site.worker, "work", lambda: False)
    sender.begin(len(content))
    sender.part(0, content)
    assert "Waiting to be checked" in sender.page().text
    with site.write() as root:
        (found,) = root["site"].packages.imports.values()
        importing.fail(found, "room", found.created)
    page = sender.page()
    assert "disk is full" in page.text
    monkeypatch.undo()
    form = next(form for form in page.forms.values() if form.action.endswith("/again"))
    page = form.submit().follow()
    assert "Make a course" in page.follow().text
    assert form.submit().status_int == 303


def test_a_check_that_nobody_takes_up_says_where_to_look(site, sender, content, monkeypatch):
    monkeypatch.setattr(site.worker, "work", lambda: False)
    sender.begin(len(content))
    sender.part(0, content)
    assert "no worker" not in sender.page().text
    with site.write() as root:
        (found,) = root["site"].packages.imports.values()
        found.changed = found.created.replace(year=2025)
    assert "Perhaps no worker is running" in sender.page().text
    page = site.signed_in("admin").get("/admin/work/")
    assert "Waiting" in page.html.find("main").get_text()


def test_a_form_whose_file_has_no_room_says_so(site, content, monkeypatch):
    monkeypatch.setattr(importing, "ROOM", 10**12)
    page = upload(site.signed_in("author"), "a.zip", content)
    assert page.status_int == 507
    assert "no room" in page.html.find(role="alert").get_text()


def test_a_form_that_meets_a_full_disk_leaves_nothing_on_it(site, content, monkeypatch):
    def full(*_):
        raise importing.NoRoom(importing.Over().words)

    monkeypatch.setattr(importing, "receive", full)
    assert upload(site.signed_in("author"), "a.zip", content).status_int == 507
    assert list(site.settings.uploads.iterdir()) == []


def test_an_admin_sees_what_was_given_up_and_lets_it_be_tried_or_takes_it_out(site):
    admin = site.signed_in("admin")
    assert "Nothing waits" in admin.get("/admin/work/").text
    for button in ("retry", "drop"):
        with site.write() as root:
            job = outbox.ask(root["site"].outbox, "import", "gone", NOW)
            job.state, job.attempts, job.problem = "failed", 3, "fault"
        page = admin.get("/admin/work/")
        assert "Given up" in page.text
        form = next(form for form in page.forms.values() if form.action.endswith(button))
        form.submit().follow()
        if button == "retry":  # the page is old now, and what waits is not to be lost
            admin.post(form.action.replace("/retry", "/drop"), form.submit_fields()).follow()
            form.submit().follow()
        with site.write() as root:
            states = [job.state for job in root["site"].outbox.values()]
        assert states == (["waiting"] if button == "retry" else [])
    site.signed_in("author").get("/admin/work/", status=403)


def test_the_package_can_be_had_as_it_was_sent_in(site, sender, content):
    page = upload(sender.browser, "a.zip", content)
    answer = sender.browser.get(page.html.find("a", string="download it as it was sent in")["href"])
    assert answer.body == content
    assert answer.content_disposition.startswith("attachment")
    with site.write() as root:
        (package,) = root["site"].packages.values()
        package.newest.original = None
    page = sender.browser.get(page.request.path)
    assert page.html.find("a", string="download it as it was sent in") is None
    sender.browser.get(page.request.path + "original.zip", status=404)


def test_another_version_is_sent_from_the_page_of_versions(site, sender, content, tmp_path):
    package = upload(sender.browser, "a.zip", content).request.path
    page = sender.browser.get(package + "versions")
    form = next(form for form in page.forms.values() if "replaces" in form.fields)
    path = smallest.write(tmp_path / "b.zip", "1.2")
    form["package"] = Upload(path.name, path.read_bytes())
    page = form.submit()
    while page.status_int == 303:
        page = page.follow()
    assert page.request.path == package + "versions"
    assert "Use this version" in page.text
    with site.write() as root:
        (found,) = root["site"].packages.values()
        assert found.current is found.versions[0]
