"""A thousand forgeries and attacks are sent to the page, and none is taken for a certificate.

What they may cost is asserted of the process that reads them (test_apart.py) and measured by
``make bench``: a figure of this machine is no test.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
import webtest
from webtest import Upload

from certificates.keys import KeyRing
from forgeries import MAKERS, Forger
from forgeries.disguises import record_of
from office import Office

COUNT = 1000
SEED = 20261126


@pytest.fixture
def forger(site, tmp_path):
    """Somebody who has two certificates of the site."""
    ring: KeyRing = site.app.app.registry["certificates.keys"]
    made = Forger(
        Office(ring.folder),
        own=Office(tmp_path / "own", "https://evil.example"),
        twin=Office(tmp_path / "twin"),
    )
    with site.transaction() as tree:
        for number in made.NUMBERS:
            Office(ring.folder, certificates=tree["awards"]).issue(number)
    yield made
    site.app.app.registry["certificates.readers"].close()


def test_of_a_thousand_hostile_uploads_none_is_accepted(site, forger):
    made = enumerate(forger.make(SEED, COUNT))

    def send(number: int, name: str, content: bytes) -> tuple[str, int]:
        client = webtest.TestApp(
            site.app.app, extra_environ={"REMOTE_ADDR": f"198.51.{number // 200}.{number % 200}"}
        )
        fields = {"file": Upload("certificate", content)}
        for _time in range(20):
            answer = client.post("/awards/", fields, expect_errors=True)
            if answer.status_int != 503:
                break
        assert "This certificate" not in answer.text
        return name, answer.status_int

    with ThreadPoolExecutor(2) as senders:
        waiting = [senders.submit(send, number, *each) for number, each in made]
        answered = [each.result() for each in waiting]
    assert {name for name, _status in answered} == set(MAKERS)
    assert {status for _name, status in answered} <= {404, 413, 422}
    assert len(answered) == COUNT


def test_what_they_are_made_of_is_accepted(site, forger):
    """Otherwise nothing was tried."""
    for content in (forger.pdf, forger.jwt.encode()):
        fields = {"file": Upload("certificate", content)}
        assert "This certificate is valid" in site.app.post("/awards/", fields).text
    fields = {"file": Upload("transcript", record_of(forger).encode())}
    assert (
        "The transcript that you sent is as this site made it"
        in site.app.post("/awards/", fields).text
    )
