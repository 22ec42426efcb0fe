"""The plug is pulled at every kind of step of a batch: nothing is done twice, nothing left out."""

import io
import json
import os
import secrets
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from certificates import awarding, batches, issuing
from lms.evolution import STEPS, evolve
from lms.resources import site_of
from lms.services import certificate_work, courses, outbox, people
from lms.zips import KIND as ZIPS
from lms.zodb import database_from_text
from servers import PASSPHRASE, ROOT
from sites import FILESTORAGE, QUICK, settings_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MANY = 25
"""Two parts, and a short one."""
DEATHS = (2, 17, 30, 32, 31, 35, 8, 22)
"""The steps at which one worker after the other ends: while it takes the job; within the first
part; between the vote and the end of its transaction; after it; the same of the second part, within
the third; when the job is taken; when nothing is left but to say so. A job that has ended three
workers without a part that is done is given up, so some part is done in every third life."""


AFTER_THE_FILE = 60
"""The step at which the file of a zip is the database's, but for the transaction."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A site in files, with a course that some people have completed."""
    monkeypatch.setattr("lms.services.passphrases._HASHER", QUICK)
    with writing(tmp_path, evolve_first=True) as site:
        course = courses.create(site.courses, None, title="Listening", slug="listening", now=NOW)
        (award,) = site.certificates.awards.of_subject(courses.subject_of(course.__name__))
        awarding.change(award, {"automatic": False})
        for number in range(MANY):
            person = people.add(
                site.people,
                username=f"learner{number:02}",
                passphrase=PASSPHRASE,
                role="member",
                now=NOW,
            )
            courses.enrol(course, person, NOW).completed = NOW
    return tmp_path


@contextmanager
def writing(folder, *, evolve_first=False):
    """The site in one transaction, while no other process has the files."""
    opened = closing(database_from_text(FILESTORAGE.format(data=folder)))
    with opened as database, database.transaction() as connection:
        if evolve_first:
            evolve(connection.root(), STEPS, NOW)
        yield site_of(connection)


def ends(folder, *steps) -> list[int]:
    """How workers end that are killed at these steps, one after the other."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    common = folder / "common"
    common.mkdir()
    done = subprocess.run(
        [sys.executable, "tests/mortal.py", str(folder), *map(str, steps)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(common)},
        capture_output=True,
        text=True,
        check=False,
    )
    # The storage says which record it found unfinished; nothing else is said.
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert list(common.iterdir()) == [], "Something was left where others can see it."
    return [int(word) for word in done.stdout.split()]


def begin(site, kind, items):
    award = next(iter(site.certificates.awards.values())).__name__ if kind == "issue" else ""
    batch = batches.begin(
        site.certificates, kind, items, award=award, by="ada", now=NOW, reason="of another year"
    )
    outbox.ask(site.outbox, ZIPS if kind == "zip" else certificate_work.KIND, batch.__name__, NOW)
    return batch.__name__


def work_through(folder, key, last):
    """One worker after the other dies at the batch, the last one at a step of its end."""
    deaths = (*DEATHS, last)
    assert ends(folder, *deaths, 10**9) == [-signal.SIGKILL] * len(deaths) + [0]
    with writing(folder) as site:
        batch = site.certificates.batches[key]
        assert list(site.outbox.values()) == []
        assert (batch.seen, batch.changed, batch.total) == (MANY, MANY, MANY)
        assert batch.finished is not None
        assert list(batch.failed) == []


def noted(site, action):
    entries = (json.loads(entry) for _key, entry in site.audit.newest_first())
    return [entry for entry in entries if entry["action"] == action]


def issue_to_all(site):
    for person in site.people.values():
        certificate = issuing.issue(
            site.certificates,
            learner_id=person.learner_id,
            award="an-award",
            snapshot={
                "kind": "achievement", "title": "Listening", "language": "en", "issuer": "Tutela",
            },
            now=NOW,
            random=secrets.token_bytes,
        )  # fmt: skip
        certificate.kept_name = person.username
    return [each.code for each in site.certificates.values()]


def test_certificates_are_issued_once_each(folder):
    with writing(folder) as site:
        learners = [each.learner_id for each in site.people.values()]
        key = begin(site, "issue", learners)
    work_through(folder, key, last=14)
    with writing(folder) as site:
        held = Counter(each.learner_id for each in site.certificates.values())
        assert held == Counter(learners)
        codes = Counter(each["details"]["code"] for each in noted(site, "certificate issued"))
        assert codes == Counter(each.code for each in site.certificates.values())
        places = Counter(each.listed for each in site.certificates.values())
        assert set(places.values()) == {1}


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("revoke", "certificate revoked"),
        ("suspend", "certificate suspended"),
        ("resume", "certificate resumed"),
    ],
)
def test_certificates_are_changed_once_each(folder, kind, action):
    with writing(folder) as site:
        codes = issue_to_all(site)
        if kind == "resume":
            for each in site.certificates.values():
                issuing.suspend(each, "for a while", NOW)
        key = begin(site, kind, codes)
    work_through(folder, key, last=14)
    with writing(folder) as site:
        notes = Counter(each["subject"] for each in noted(site, action))
        assert notes == Counter(codes)
        for each in site.certificates.values():
            assert (each.revoked is not None) == (kind == "revoke")
            assert (each.suspended is not None) == (kind == "suspend")
            status_list, index = issuing.place_of(each)
            assert (index in status_list.revoked) == (kind == "revoke")
            assert (index in status_list.suspended) == (kind == "suspend")


def test_every_page_is_in_the_zip_once(folder):
    with writing(folder) as site:
        codes = issue_to_all(site)
        key = begin(site, "zip", codes)
    work_through(folder, key, last=AFTER_THE_FILE)
    with writing(folder) as site:
        assert len(noted(site, "certificates printed in bulk")) == 1
        with site.certificates.batches[key].file.open("r") as file:
            content = file.read()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            assert Counter(archive.namelist()) == Counter(f"{code}.pdf" for code in codes)
    assert list(settings_of(folder).uploads.iterdir()) == []
