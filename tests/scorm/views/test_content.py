"""The player page, its conversations with the server, and package files, over HTTP."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous.timed import TimestampSigner
from webob import Request

from scorm import player
from scorm.capability import LIFETIME
from scorm.runtime import commit as runtime_commit
from scorm.runtime.launch import renew
from scorm.views import content

SECOND = timedelta(seconds=1)


def earlier(monkeypatch, delta):
    """What is signed from now on was signed so long ago."""
    now = TimestampSigner.get_timestamp
    monkeypatch.setattr(
        TimestampSigner, "get_timestamp", lambda self: now(self) - int(delta.total_seconds())
    )


def packed(launch, path):
    """The answer as it travels; WebTest would unpack it."""
    headers = {"Host": launch.browser.extra_environ["HTTP_HOST"], "Accept-Encoding": "gzip"}
    answer = Request.blank(path, headers=headers).get_response(launch.browser.app)
    assert answer.headers["Content-Encoding"] == "gzip"
    return answer


def settings_of(page):
    return json.loads(page.html.find(id="player-settings").string)


def test_the_player_page_carries_its_addresses_and_no_cookie(launch):
    page = launch().get("play")
    settings = settings_of(page)
    assert settings["title"] == "Sämple"
    assert settings["course_url"] == "http://site.test/courses/x"
    assert settings["start_url"].endswith("/start")
    assert "Set-Cookie" not in page.headers
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    policy = page.headers["Content-Security-Policy"]
    host = page.request.host_url
    assert f"script-src {host}/static/player/{player.version()}/;" in policy, "And nothing else."
    assert f"report-uri /{page.request.path.split('/')[1]}/report" in policy
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"


def test_cookies_that_content_has_heaped_up_are_cleared_a_few_are_let_be(launch):
    few, many = "place=3", "; ".join(f"a{number}={'x' * 4000}" for number in range(3))
    assert "Clear-Site-Data" not in launch().get("play", headers={"Cookie": few}).headers
    cleared = launch().get("play", headers={"Cookie": many}).headers
    assert cleared["Clear-Site-Data"] == '"cookies"'


def test_the_player_page_goes_out_packed_to_who_takes_it(launch):
    one = launch()
    assert b"player-settings" in gzip.decompress(packed(one, f"/{one.signed}/play").body)
    assert "Content-Encoding" not in one.get("play", headers={"Accept-Encoding": ""}).headers


def test_the_player_speaks_the_language_of_the_launch(launch):
    page = launch(language="ar").get("play")
    assert (page.html.html["lang"], page.html.html["dir"]) == ("ar", "rtl")


def test_reading_the_player_page_starts_nothing(launch):
    one = launch()
    one.get("play")
    assert launch(session="s2").start()["delivery"]["data"]["cmi.core.entry"] == "ab-initio"


def test_a_reloaded_player_is_led_back_through_the_site(launch):
    one = launch()
    host = one.browser.extra_environ["HTTP_HOST"]
    answer = one.browser.get("/", status=303)
    assert answer.location == f"http://site.test/back/{host.partition('.')[0]}"


def test_a_capability_opens_nothing_on_another_host(launch):
    one = launch()
    one.browser.extra_environ["HTTP_HOST"] = "abcdefghij0123456789.content.test"
    answer = one.get("play", status=403)
    assert answer.json["error"] == "capability"
    assert "sign_in_url" not in answer.json, "Signing in would not help."


def test_an_altered_capability_opens_nothing(launch):
    one = launch()
    one.signed = ("A" if one.signed[0] != "A" else "B") + one.signed[1:]
    one.get("play", status=403)


def test_a_capability_that_was_never_used_ends(launch, monkeypatch):
    earlier(monkeypatch, LIFETIME + SECOND)
    launch().post("commit", "{}", 403)


def test_a_capability_lasts_while_its_session_is_used(launch, monkeypatch):
    earlier(monkeypatch, LIFETIME - 10 * SECOND)
    one = launch()
    one.start()
    monkeypatch.undo()
    earlier(monkeypatch, LIFETIME + SECOND)
    launch().get("play")


def test_a_session_that_rested_for_long_goes_on_when_its_learner_has_signed_in(
    launch, monkeypatch, registration
):
    earlier(monkeypatch, LIFETIME + SECOND)
    one = launch()
    monkeypatch.undo()
    launch().start()
    with registration() as found:
        found.sessions["s1"].last -= LIFETIME + SECOND
    answer = one.post("commit", "{}", 403).json
    label = one.browser.extra_environ["HTTP_HOST"].partition(".")[0]
    assert answer["error"] == "capability"
    assert answer["sign_in_url"] == f"http://site.test/renew/{label}/s1"
    with registration() as found:
        assert renew(found, "s1", datetime.now(UTC))
    assert one.post("commit", "{}", 200).json["acknowledged"] == 0


def test_nobody_renews_a_session_that_another_has_followed(launch, registration):
    launch().start()
    launch(session="s2").start()
    with registration() as found:
        assert not renew(found, "s1", datetime.now(UTC))
        assert not renew(found, "none", datetime.now(UTC))


def test_a_commit_is_acknowledged_and_there_at_the_next_launch(launch):
    one = launch()
    item = one.start()["delivery"]["activity"]
    entry = {
        "number": 1,
        "kind": "set",
        "activity": item,
        "values": [["cmi.core.lesson_location", "7"]],
    }
    body = json.dumps({"session": "s1", "entries": [entry]})
    answer = one.post("commit", body, 200).json
    assert answer["acknowledged"] == 1
    data = launch(session="s2").start()["delivery"]["data"]
    assert data["cmi.core.lesson_location"] == "7"


def test_an_answer_brings_a_view_when_the_page_lacks_it(launch):
    one = launch()
    view = one.start()
    item, turn = view["delivery"]["activity"], view["turn"]
    entry = {
        "number": 1,
        "kind": "set",
        "activity": item,
        "values": [["cmi.core.lesson_location", "7"]],
    }

    def answer(**body):
        return one.post("commit", json.dumps({"entries": [entry], **body}), 200).json

    assert answer(seen=turn) == {"acknowledged": 1}
    assert "data" in answer(seen=0)["delivery"]
    assert "data" in answer()["delivery"], "It was applied before: its answer was lost."
    leaving = {"number": 2, "kind": "navigate", "activity": item, "request": "suspendAll"}
    news = answer(entries=[leaving], seen=turn)
    assert news["turn"] > turn
    assert news["outcome"]["state"] == "suspended"
    assert news["delivery"] is None
    assert one.post("commit", '{"seen": "1"}', 400).json["error"] == "malformed"


def test_a_second_launch_ends_the_first(launch):
    one, two = launch(), launch(session="s2")
    one.start()
    two.start()
    assert one.post("commit", "{}", 409).json["error"] == "superseded"
    assert one.post("start", "{}", 409).json["error"] == "superseded"


def test_a_left_over_outbox_comes_with_the_next_launch(launch):
    item = launch().start()["delivery"]["activity"]
    entry = {
        "number": 1,
        "kind": "set",
        "activity": item,
        "values": [["cmi.suspend_data", "kept on the device"]],
    }
    two = launch(session="s2")
    view = two.start(session="s2", leftovers=[{"session": "s1", "entries": [entry]}])
    assert view["delivery"]["data"]["cmi.suspend_data"] == "kept on the device"


def test_left_overs_that_come_in_portions_all_count_before_anything_starts(launch):
    item = launch().start()["delivery"]["activity"]

    def left(number, value):
        values = [["cmi.suspend_data", value]]
        entry = {"number": number, "kind": "set", "activity": item, "values": values}
        return [{"session": "s1", "entries": [entry]}]

    two = launch(session="s2")
    assert two.start(leftovers=left(1, "first"), more=True) == {"acknowledged": 0}
    view = two.start(leftovers=left(2, "second"), more=False)
    assert view["delivery"]["data"]["cmi.suspend_data"] == "second"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("commit", "not JSON"),
        ("commit", "[]"),
        ("commit", '{"entries": {}}'),
        ("commit", '{"entries": [1]}'),
        ("start", '{"leftovers": [1]}'),
        ("start", '{"leftovers": [{"session": 1}]}'),
        ("start", '{"leftovers": 7}'),
        ("commit", b"\xff\xfe"),
        ("commit", "[" * 5000),
    ],
)
def test_what_no_player_sends_is_refused_in_words(launch, path, body):
    one = launch()
    one.start()
    answer = one.post(path, body, 400).json
    assert answer["error"] == "malformed"
    assert answer["message"]


def test_a_request_beyond_every_player_is_refused(launch):
    one = launch()
    one.post("commit", b" " * (8 * 1024 * 1024 + 1), 413)


def test_files_are_served_with_the_policy_of_their_package(launch):
    page = launch().file("page.html")
    assert page.text == "<p>Hello"
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self' data: blob:;")
    assert policy.endswith(f"report-uri /{page.request.path.split('/')[1]}/report")
    assert page.headers["Permissions-Policy"].startswith("unload=(self), accelerometer=(), ")
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert page.headers["Origin-Agent-Cluster"] == "?1"
    assert "immutable" in page.headers["Cache-Control"]


def test_a_file_that_holds_no_script_is_of_no_origin_where_it_is_shown(launch):
    """Shown in a frame, it is no place to call anybody from."""
    picture = launch().file("media/picture.png").headers
    assert picture["Content-Security-Policy"] == "sandbox"
    assert picture["X-Content-Type-Options"] == "nosniff", "So it stays what it is said to be."
    assert picture["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_film_is_asked_for_again_by_the_page_that_the_browser_makes_for_it(launch):
    film = launch().file("media/film.mp4").headers
    assert film["Content-Security-Policy"].startswith("default-src 'self' data: blob:;")


def test_a_text_goes_out_packed_to_who_takes_it(launch):
    one = launch()
    answer = packed(one, f"/{one.signed}/{one.version}/page.html")
    assert gzip.decompress(answer.body) == b"<p>Hello"


def test_a_part_of_a_film_can_be_asked_for(launch):
    answer = launch().file("media/film.mp4", headers={"Range": "bytes=256-257"}, status=206)
    assert answer.body == b"\x00\x01"
    assert answer.headers["Content-Range"] == "bytes 256-257/10240"


def test_a_file_that_is_known_already_is_not_sent_again(launch):
    one = launch()
    etag = one.file("page.html").headers["ETag"]
    answer = one.file("page.html", headers={"If-None-Match": etag}, status=304)
    assert answer.body == b""


def test_the_head_of_a_file_has_no_body(launch):
    one = launch()
    answer = one.browser.head(f"/{one.signed}/{one.version}/page.html")
    assert answer.body == b""


def test_no_file_of_another_name_or_version_is_served(launch):
    one = launch()
    one.file("nothing.html", status=404)
    one.get("0" * 32 + "/page.html", status=403)


def test_the_players_own_files_are_kept_for_ever(launch):
    one = launch()
    page = one.get("play")
    script = page.html.find("script", src=True)["src"]
    answer = packed(one, script)
    assert b"class Player" in gzip.decompress(answer.body)
    assert "immutable" in answer.headers["Cache-Control"]
    again = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "gzip"}
    one.browser.get(script, headers=again, status=304)
    table = script.rpartition("/")[0] + "/elements_12.json"
    assert "cmi.core.lesson_status" in one.browser.get(table).json["elements"]


@pytest.mark.parametrize("name", ["package.json", "player.py", "none.js", ".js", "line.js"])
def test_other_names_are_no_file_of_the_player(launch, name):
    launch().browser.get(f"/static/player/x/{name}", status=404)


def test_an_address_that_is_no_text_is_not_found(launch):
    one = launch()
    for path in (f"/{one.signed}/{one.version}/%ff.html", "/%ff/play", "/%ff"):
        assert one.browser.get(path, expect_errors=True).status_int in (400, 403, 404)


def test_half_a_character_comes_back_as_it_was_set(launch):
    one = launch()
    item = one.start()["delivery"]["activity"]
    values = [["cmi.suspend_data", "a \ud83d b"]]
    entry = {"number": 1, "kind": "set", "activity": item, "values": values}
    one.post("commit", json.dumps({"entries": [entry]}), 200)
    data = launch(session="s2").start(session="s2")["delivery"]["data"]
    assert data["cmi.suspend_data"] == "a \ud83d b"


def test_what_comes_from_a_page_that_another_has_followed_is_kept_for_an_admin(
    launch, registration
):
    one = launch()
    item = one.start()["delivery"]["activity"]
    launch(session="s2").start()
    values = [["cmi.suspend_data", "nowhere else"]]
    entry = {"number": 1, "kind": "set", "activity": item, "values": values}
    answer = one.post("commit", json.dumps({"entries": [entry]}), 409).json
    assert answer["kept"] == 1
    beyond = entry | {"number": 3}
    assert one.post("commit", json.dumps({"entries": [beyond]}), 409).json["kept"] == 1
    with registration() as found:
        assert "nowhere else" in found.sessions["s1"].late[1]
    data = launch(session="s3").start(session="s3")["delivery"]["data"]
    assert "cmi.suspend_data" not in data


def test_a_page_that_was_followed_is_told_so_even_after_it_has_rested_for_long(
    launch, monkeypatch, registration
):
    earlier(monkeypatch, LIFETIME + SECOND)
    one = launch()
    monkeypatch.undo()
    launch().start()
    launch(session="s2").start()
    with registration() as found:
        found.sessions["s1"].last -= LIFETIME + SECOND
    assert one.post("commit", "{}", 409).json["kept"] == 0


def test_each_load_of_the_player_page_is_told_apart(launch):
    one = launch()
    first, second = (settings_of(one.get("play"))["page"] for _ in range(2))
    assert first != second
    one.start(page=first)
    body = json.dumps({"page": second})
    assert one.post("start", body, 409).json["error"] == "superseded"
    assert one.post("commit", body, 409).json["error"] == "superseded"
    assert one.post("commit", json.dumps({"page": first}), 200).json == {"acknowledged": 0}
    assert one.post("start", '{"page": 7}', 400).json["error"] == "malformed"


def test_more_values_than_one_request_may_bring_are_to_be_sent_in_parts(launch, monkeypatch):
    monkeypatch.setattr(content, "MOST_VALUES", 20)
    one = launch()
    item = one.start()["delivery"]["activity"]
    values = [["cmi.core.lesson_location", "7"]] * 21
    entry = {"number": 1, "kind": "set", "activity": item, "values": values}
    assert one.post("commit", json.dumps({"entries": [entry]}), 413).json["error"] == "too-much"
    left = {"session": "s0", "entries": [entry | {"values": values[:15]}]}
    body = json.dumps({"leftovers": [left, left]})
    assert one.post("start", body, 413).json["error"] == "too-much"


def test_a_file_asked_for_by_another_versions_address_is_kept_by_nobody(launch):
    answer = launch().browser.get("/static/player/0123456789ab/player.js")
    assert answer.headers["Cache-Control"] == "no-store"


def test_more_steps_or_sessions_than_one_request_may_bring_are_to_be_sent_in_parts(
    launch, monkeypatch
):
    monkeypatch.setattr(content, "MOST_STEPS", 5)
    one = launch()
    item = one.start()["delivery"]["activity"]
    steps = [{"number": n, "kind": "initialize", "activity": item} for n in range(1, 7)]
    assert one.post("commit", json.dumps({"entries": steps}), 413).json["error"] == "too-much"
    left = [{"session": str(n), "entries": []} for n in range(51)]
    assert one.post("start", json.dumps({"leftovers": left}), 413).json["error"] == "too-much"


def test_steps_in_a_large_course_are_to_be_sent_in_parts(launch, monkeypatch):
    monkeypatch.setattr(runtime_commit, "MOST_EFFORT", 1)
    one = launch()
    one.start()
    steps = [{"number": n, "kind": "navigate", "request": "continue"} for n in (1, 2)]
    for sent, page in (
        ({"entries": steps}, "commit"),
        (
            {"leftovers": [{"session": "s0", "entries": steps}], "more": True},
            "start",
        ),
    ):
        assert one.post(page, json.dumps(sent), 413).json["error"] == "too-much"
    assert one.post("commit", json.dumps({"entries": steps[:1]}), 200).json["acknowledged"] == 1
