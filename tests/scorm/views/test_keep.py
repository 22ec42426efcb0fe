"""What a device may keep of a course, and the worker that answers from there, over HTTP."""

import hashlib
import json
import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from webob import Request
from webtest import TestApp

from scorm import player
from scorm.packages.archive import size
from scorm.runtime.keeping import WORDS
from scorm.services import allow_host

NODE = shutil.which("node")


def settings_of(page):
    return json.loads(page.html.find(id="player-settings").string)


def as_it_travels(found, name) -> bytes:
    """A file; WebTest would unpack it."""
    headers = {"Host": found.browser.extra_environ["HTTP_HOST"], "Accept-Encoding": "gzip"}
    asked = Request.blank(f"/{found.signed}/{found.version}/{name}", headers=headers)
    return asked.get_response(found.browser.app).body


def test_the_files_of_the_version_come_with_their_bytes_as_they_travel(launch):
    found = launch()
    found.start()
    kept = found.get("keep").json
    sizes = dict(kept["files"])
    assert set(sizes) == {
        *("imsmanifest.xml", "page.html", "media/film.mp4", "media/picture.png"),
        *found.names,
    }
    assert sizes["media/film.mp4"] == 10_240
    for name in ("page.html", "imsmanifest.xml"):
        assert sizes[name] == len(as_it_travels(found, name))
    assert kept["bytes"] == sum(sizes.values())
    offered = settings_of(found.get("play"))["keep"]
    assert offered["words"] == f"Keep on this device ({size(kept['bytes'])})"
    assert offered["url"] == f"/{found.signed}/keep"
    assert kept["version"] == found.version


def test_a_course_that_roams_comes_with_a_delivery_of_every_part(launch):
    found = launch()
    view = found.start()
    kept = found.get("keep").json
    assert kept["roams"] is True
    (part,) = kept["shelf"]["parts"]
    delivery = view["delivery"]
    assert part["data"] == part["fresh"] == delivery["data"]
    assert {name: part[name] for name in ("activity", "title", "url", "sco", "standard")} == {
        name: delivery[name] for name in ("activity", "title", "url", "sco", "standard")
    }
    assert kept["shelf"]["current"] == "i"
    assert kept["shelf"]["acknowledged"] == 0


def test_of_a_course_that_does_not_roam_the_files_alone_come(launch, monkeypatch):
    monkeypatch.setattr("scorm.views.keep.roams", lambda _course: False)
    found = launch()
    found.start()
    kept = found.get("keep").json
    assert (kept["roams"], "shelf" in kept) == (False, False)
    assert kept["files"]


def test_an_address_from_before_anybody_asked_leaves_nothing_on_the_device(launch):
    found = launch()
    capabilities = found.browser.app.registry["scorm.capabilities"]
    plain, signer = found.capability, capabilities._signer
    words = [plain.registration, plain.session, plain.version, plain.mode, plain.language]
    assert capabilities.read(signer.dumps(words)).shared
    assert not capabilities.read(found.signed).shared


def test_what_is_said_of_it_comes_in_the_language_of_the_page(launch):
    found = launch()
    found.start()
    assert found.get("keep").json["words"] == {name: str(words) for name, words in WORDS.items()}


def test_keeping_reads_and_changes_nothing(launch, registration):
    found = launch()
    found.start()
    with registration() as before:
        before._p_activate()
        serial, sessions = before._p_serial, list(before.sessions)
    answer = found.get("keep")
    assert answer.headers["Cache-Control"] == "no-store"
    with registration() as after:
        after._p_activate()
        assert (after._p_serial, list(after.sessions)) == (serial, sessions)


def test_what_was_never_opened_is_not_kept(launch):
    answer = launch().get("keep", status=403)
    assert answer.json["message"] == "Open the course before it is kept."


def refused(found) -> None:
    assert settings_of(found.get("play"))["keep"] is None
    assert found.get("keep", status=403).json["error"] == "capability"


def test_on_a_shared_computer_nothing_is_kept_and_nothing_is_stored_by_the_browser(launch):
    found = launch(shared=True)
    found.start()
    refused(found)
    assert found.file("page.html").headers["Cache-Control"] == "no-store"


def test_who_only_looks_keeps_nothing_and_may_remove_what_is_kept(launch):
    found = launch(mode="review")
    found.start()
    assert settings_of(found.get("play"))["keep"] == {}
    assert found.get("keep", status=403).json["error"] == "capability"


def test_a_preview_is_not_kept(launch, registration):
    found = launch()
    found.start()
    with registration() as one:
        one.preview = True
    refused(found)


def test_a_package_that_may_call_other_hosts_is_not_kept(launch, registration):
    found = launch()
    found.start()
    with registration() as one:
        allow_host(one.package, "x.example.org", "Films", by="a", now=datetime.now(UTC))
    refused(found)


def test_where_all_courses_share_a_host_nothing_is_kept(launch, app, monkeypatch):
    monkeypatch.setitem(app.registry, "scorm", one_host(app.registry["scorm"]))
    found = launch()
    found.browser = TestApp(app, extra_environ={"HTTP_HOST": "content.test"})
    found.start()
    refused(found)
    found.browser.get("/keep.js", status=404)


def one_host(settings):
    return type(settings)(**{**vars(settings), "content_url": "http://content.test"})


def test_the_page_may_have_one_worker_alone(launch):
    found = launch()
    policy = found.get("play").headers["Content-Security-Policy"]
    host = f"http://{found.browser.extra_environ['HTTP_HOST']}"
    assert f"worker-src {host}/keep.js;" in policy


def test_the_worker_knows_the_policies_and_the_bytes_of_the_player(launch):
    found = launch()
    answer = found.browser.get("/keep.js", headers={"Service-Worker": "script"})
    assert answer.content_type == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
    means = json.loads(re.search(r"serve\(self,(.*)\);", answer.text)[1])
    sent = {name: found.browser.get(name).body for name in means["player"]}
    for name, body in sent.items():
        assert means["player"][name] == hashlib.sha256(body).hexdigest()
    assert {name.rpartition("/")[2] for name in sent} == set(player.NEEDED)
    for kind, path in (("page", "play"), ("content", f"{found.version}/page.html")):
        headers = found.get(path).headers
        for name, value in means["headers"][kind].items():
            assert headers[name] == value.replace("{capability}", found.signed)


def test_a_browser_that_has_the_worker_is_told_that_it_is_the_same(launch):
    browser = launch().browser
    tag = browser.get("/keep.js").headers["ETag"]
    assert browser.get("/keep.js", headers={"If-None-Match": tag}).status_int == 304


@pytest.mark.skipif(NODE is None, reason="node is not installed (Debian: apt install nodejs)")
def test_the_worker_is_a_classic_script(launch, tmp_path):
    script = tmp_path / "keep.cjs"
    script.write_bytes(launch().browser.get("/keep.js").body)
    subprocess.run([NODE, "--check", str(script)], check=True, timeout=60)
