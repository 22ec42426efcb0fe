"""What verifiers read of the whole site, as strangers and from pages of other sites."""

import json

import pytest

from servers import Client, Server
from sites import SITE

DID = "/.well-known/did.json"
LIST = "/certificates/status/1/revocation"


def test_a_stranger_reads_the_keys_and_the_lists(site):
    browser = site.browser()
    assert browser.get(DID).json["id"] == "did:web:localhost%3A6543"
    assert browser.get(LIST).json["id"] == f"{SITE}{LIST}"
    assert "Set-Cookie" not in browser.get(DID).headers


@pytest.mark.parametrize("path", [DID, LIST])
def test_so_does_a_page_of_another_site(site, path):
    origin = {"Origin": "https://verifier.example.org"}
    asked = site.browser().options(
        path, headers={**origin, "Access-Control-Request-Method": "GET"}, status=204
    )
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    response = site.browser().get(path, headers=origin)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.content_type == "application/json"


def test_the_keys_lie_beside_the_database_and_not_in_it(site):
    assert [path.suffix for path in (site.settings.data / "keys").glob("*.json")] == [".json"]
    stored = [path.read_bytes() for path in site.settings.data.glob("data.fs*")]
    assert not any(b"PRIVATE KEY" in each for each in stored)


def test_a_running_site_sees_what_the_command_line_rotates(tmp_path):
    server = Server(tmp_path)
    server.run("init")
    [before] = server.run("certificates", "keys", "list")["keys"]
    server.start()
    visitor = Client(server)
    try:
        assert methods(visitor)[0].endswith(f"#{before['id']}")
        fresh = server.run("certificates", "keys", "rotate")["id"]
        assert methods(visitor)[0].endswith(f"#{fresh}")
        assert methods(visitor)[2].endswith(f"#{before['id']}")
    finally:
        visitor.close()
        server.stop()


def methods(visitor: Client) -> list[str]:
    """The names of the keys that the site publishes."""
    return json.loads(visitor.get(DID))["assertionMethod"]
