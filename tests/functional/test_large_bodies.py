"""A running site takes large bodies from those alone who may send them, and says so to others."""

import io
import zipfile

import pytest

import smallest
from servers import Client, Refused, Server

MEGABYTE = 1024 * 1024
HEAD = b'--end\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
KIND = "multipart/form-data; boundary=end"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("site"))
    server.run("init")
    server.add_people("author", role="author")
    server.start()
    yield server
    assert "Traceback" not in server.stop()


@pytest.fixture
def client(server):
    client = Client(server)
    yield client
    client.close()


def form(megabytes: int) -> bytes:
    return HEAD + b"%PDF-1.7\n".ljust(megabytes * MEGABYTE) + b"\r\n--end--\r\n"


@pytest.mark.parametrize("megabytes", [6, 20, 100])
def test_the_page_says_that_a_file_is_too_large(client, megabytes):
    with pytest.raises(Refused) as refused:
        client.ask("POST", client.site, "/certificates/", form(megabytes), KIND)
    assert refused.value.status == 413
    assert "This file is too large to be a certificate of this site" in refused.value.text
    assert 'name="code"' in client.get("/certificates/")


@pytest.mark.parametrize("path", ["/packages/upload", "/sign-in", "/certificates/mine"])
def test_who_is_not_signed_in_any_more_is_told_so(client, path):
    with pytest.raises(Refused) as refused:
        client.ask("POST", client.site, path, form(20), KIND)
    assert refused.value.status == 403
    assert "You are not signed in any more" in refused.value.text
    assert "Sign in" in client.get("/")


def test_a_form_of_a_member_is_bounded_too(client):
    client.sign_in("author")
    with pytest.raises(Refused) as refused:
        client.ask("POST", client.site, "/questions/", form(70), KIND)
    assert refused.value.status == 413
    assert "This cannot be done" in refused.value.text


def test_an_author_sends_one_in_one_piece_without_script(client):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("imsmanifest.xml", smallest.MANIFEST_2004)
        archive.writestr("page.html", smallest.PAGE)
        archive.writestr("film.mp4", bytes(80 * MEGABYTE))
    client.sign_in("author")
    assert "Smallest" in client.upload(packed.getvalue())
