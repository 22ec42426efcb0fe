"""The site behind nginx with the configuration of ``docs/nginx.conf``: everything works as without
it, and nginx tells nobody who was there."""

import gzip
import re
import zipfile
from http.client import HTTPConnection

import pytest

import nginx as nginx_of_debian
import smallest
from nginx import SITE, Line, Nginx, Visitor
from servers import PASSPHRASE, Refused, Server

HOST = "learn.example.org"
WORDS = b"let words = 'many words';\n" * 400
FILM = bytes(range(256)) * 40_000


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    """nginx before a running site with an author, a member and a published course."""
    if nginx_of_debian.program() is None:
        pytest.skip("Debian's nginx and openssl are not installed")
    folder = tmp_path_factory.mktemp("site")
    server = Server(folder)
    with Nginx(server) as running:
        server.run("init")
        server.add_people("member")
        server.add_people("author", role="author")
        server.run(
            "packages", "import", str(package(folder / "course.zip")), "--course", "c", "--publish"
        )
        server.start()
        yield running
        said = server.stop()
    assert "Traceback" not in said


def package(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", smallest.MANIFEST_2004)
        archive.writestr("page.html", smallest.PAGE)
        archive.writestr("with space/é ~#%.js", WORDS)
        archive.writestr("film.mp4", FILM)
    return path


@pytest.fixture
def member(nginx):
    visitor = Visitor(nginx)
    visitor.sign_in("member")
    yield visitor
    visitor.close()


def file(member, launch, name, method="GET", **headers):
    """``(answer, body)``"""
    line = member.lines[launch.host]
    folder = launch.view["delivery"]["url"].rpartition("/")[0]
    line.request(
        method, f"{folder}/{name}", headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    answer = line.getresponse()
    return answer, answer.read()


def test_a_course_is_signed_in_to_launched_played_and_saved(member):
    launch = member.launch("c")
    assert launch.host.endswith(".example-content.org")
    page = member.ask("GET", launch.host, f"{launch.path}/play")[1]
    assert "player-settings" in page
    assert launch.commit(location="page 7", suspend_data="x" * 300_000) == 1
    again = member.launch("c")
    assert again.view["delivery"]["data"]["cmi.location"] == "page 7"


def test_a_file_goes_out_packed_by_any_name(member):
    launch = member.launch("c")
    answer, body = file(member, launch, "with%20space/%C3%A9%20~%23%25.js", Accept_Encoding="gzip")
    assert answer.status == 200
    assert gzip.decompress(body) == WORDS
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Content-Length"] == str(len(body))
    answer, body = file(member, launch, "with%20space/%C3%A9%20~%23%25.js")
    assert body == WORDS


def test_a_part_of_a_film_is_answered_and_its_head_and_that_it_is_known(member):
    launch = member.launch("c")
    answer, body = file(member, launch, "film.mp4", Range="bytes=-3")
    assert (answer.status, body) == (206, FILM[-3:])
    tag = answer.headers["ETag"]
    answer, body = file(member, launch, "film.mp4", "HEAD")
    assert (answer.status, body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(FILM))
    answer, body = file(member, launch, "film.mp4", If_None_Match=tag)
    assert (answer.status, body) == (304, b"")
    answer, body = file(member, launch, "film.mp4", If_Range='"other"', Range="bytes=0-1")
    assert (answer.status, body) == (200, FILM)
    assert file(member, launch, "film.mp4", Range=f"bytes={len(FILM)}-")[0].status == 416


@pytest.fixture
def author(nginx):
    visitor = Visitor(nginx)
    visitor.sign_in("author")
    yield visitor
    visitor.close()


@pytest.fixture
def large(tmp_path):
    """A package that is more than any other request may be."""
    path = smallest.write(tmp_path / "large.zip", "2004")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("film.mp4", bytes(12_000_000))
    return path.read_bytes()


def test_a_package_is_sent_in_whole(author, large):
    assert "Make a course" in author.upload(large)


def test_a_package_is_sent_in_by_parts(author, large):
    token = re.search(r'name="csrf_token" value="([^"]+)"', author.get("/packages/"))[1]

    def send(method, address, body=None, **more):
        line = author.lines[HOST]
        said = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in author.cookies.items()),
            "Origin": SITE,
            "X-CSRF-Token": token,
            "Tus-Resumable": "1.0.0",
        }
        more = {name.replace("_", "-"): value for name, value in more.items()}
        line.request(method, address.removeprefix(SITE), body, said | more)
        answer = line.getresponse()
        assert answer.read() == b""
        return answer

    answer = send("POST", "/packages/imports/", Upload_Length=str(len(large)))
    assert answer.status == 201
    address = answer.headers["Location"]
    assert address.startswith(f"{SITE}/packages/imports/")
    for at in range(0, len(large), 8 * 1024 * 1024):
        kind = "application/offset+octet-stream"
        part = large[at : at + 8 * 1024 * 1024]
        answer = send("PATCH", address, part, Upload_Offset=str(at), Content_Type=kind)
        assert answer.headers["Upload-Offset"] == str(at + len(part))


def test_a_request_that_is_too_large_for_its_place_is_refused(nginx, member):
    launch = member.launch("c")
    too_large = ((launch.host, f"{launch.path}/commit", 9_500_000), (HOST, "/sign-in", 68_000_000))
    for host, path, size in too_large:
        with pytest.raises(Refused) as refused:
            Visitor(nginx).ask("POST", host, path, bytes(size), "application/json")
        assert refused.value.status == 413


def test_what_nginx_refuses_by_itself_is_no_place_to_call_anybody_from(nginx, member):
    launch = member.launch("c")
    assert [
        refused(member, launch.host, path).headers.get_all("Content-Security-Policy")
        for path in ("/is/not/here", f"/{'x' * 1_200_000}")
    ] == [["sandbox"], ["sandbox"]]
    page, _ = file(member, launch, "page.html")
    assert len(page.headers.get_all("Content-Security-Policy")) == 1


def refused(member, host, path):
    """The answer that says no."""
    line = member.connect(host)
    line.request("GET", path)
    answer = line.getresponse()
    assert answer.status >= 400
    line.close()
    return answer


def test_who_asks_is_what_nginx_saw_and_not_what_it_was_told(nginx):
    def try_passphrase(client, passphrase, told):
        visitor = Visitor(nginx, client, X_Forwarded_For=told)
        try:
            return visitor.post("/sign-in", username="member", password=passphrase).status
        except Refused as refused:
            return refused.status
        finally:
            visitor.close()

    tries = [try_passphrase("127.9.0.1", "wrong one", f"198.51.{n}.7") for n in range(9)]
    assert tries[-1] == 429
    assert try_passphrase("127.9.0.1", PASSPHRASE, "127.8.0.1") == 429
    assert try_passphrase("127.8.0.1", PASSPHRASE, "127.9.0.1") == 303


def test_nobody_comes_from_the_machine_itself_or_without_tls_by_saying_so(nginx):
    line = Line(nginx, HOST, told={"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http"})
    line.request("GET", "/sign-in")
    answer = line.getresponse()
    answer.read()
    assert "Strict-Transport-Security" in answer.headers
    assert all("secure" in each.lower() for each in answer.headers.get_all("Set-Cookie"))
    line.request("GET", "/metrics")
    assert line.getresponse().status == 404
    line.close()


def test_newer_browsers_speak_http_2(nginx):
    context = nginx.context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    line = Line(nginx, HOST)
    line._context = context
    line.connect()
    assert line.sock.selected_alpn_protocol() == "h2"
    line.close()


def test_without_tls_one_is_led_to_it_and_other_names_are_not_answered(nginx):
    line = HTTPConnection("127.0.0.1", nginx.plain, timeout=60)
    line.request("GET", "/courses/?q=%C3%A9", headers={"Host": HOST})
    answer = line.getresponse()
    answer.read()
    assert answer.status == 308
    assert answer.headers["Location"] == "https://learn.example.org/courses/?q=%C3%A9"
    line.request("GET", "/", headers={"Host": "other.example.org"})
    with pytest.raises(ConnectionError):
        line.getresponse()
    line.close()


def test_nginx_keeps_nothing_of_who_was_where(nginx, member):
    launch = member.launch("c")
    with Nginx(nginx.server) as another:
        visitor = Visitor(another)
        visitor.ask("GET", launch.host, f"{launch.path}/play")
        with pytest.raises(Refused):  # which is something that nginx has words for
            visitor.ask("POST", launch.host, f"{launch.path}/commit", bytes(9_500_000))
        visitor.close()
        another.stop()
        visits, errors = another.log("tutela.log"), another.log("error.log")
    assert [line.split()[1:3] for line in visits.splitlines()] == [["GET", "200"], ["POST", "413"]]
    for word in (launch.path.strip("/"), launch.host.partition(".")[0], "127.0.0.1"):
        assert word not in visits + errors
    assert "/" not in visits
