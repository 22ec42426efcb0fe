"""``tutela certificates verify``: a code or a file is judged on the command line."""

import json

import pytest

from certificates import issuing
from certificates.badges.transcript import transcript
from certificates.codes import grouped
from certificates.pdf.names import hash_of
from certificates.verification.apart import Busy, Readers
from lms.resources.site import SITE
from lms.zodb import open_database
from office import NOW, Office
from servers import ROOT


@pytest.fixture
def held(tutela, tmp_path):
    """The files of a certificate of this site, and its code; a second one is revoked."""
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with database.transaction() as connection:
        site_url = f"http://localhost:{tutela.port}"
        certificates = connection.root()[SITE].certificates
        office = Office(tutela.data / "keys", site_url, certificates=certificates)
        one, other = office.issue(1), office.issue(2)
        one.name_hash = hash_of("Ana María")
        issuing.revoke(other, "Issued by mistake", NOW)
        record = transcript([one, other], "Tutela", office.place, office.ring.current)
        contents = office.forms(one) | {
            "transcript": json.dumps(record).encode(),
            "changed": office.pdf(one) + b"\n",
            "other": b"Dear Sir or Madam",
        }
        codes = one.code, other.code
    database.close()
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path, codes


@pytest.mark.parametrize("name", ["pdf", "png", "svg", "json", "jwt"])
def test_a_file_is_valid(tutela, held, name):
    folder, (code, _other) = held
    done = tutela("certificates", "verify", str(folder / name), "--json")
    assert (done.status, done.json["status"], done.json["code"]) == (0, "valid", code)
    assert (done.json["sent"], done.json["hours"]) == (name, "1.5")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("changed", "This file was changed after it was issued, or somebody else made it."),
        ("other", "There is no certificate in this that can be read."),
        ("nothing", "There is no such file here, and it is no code."),
        ("0" * 26, "It is no file here either."),
    ],
)
def test_what_proves_nothing_is_told_why(tutela, held, name, words):
    done = tutela("certificates", "verify", str(held[0] / name))
    assert done.status == 1
    assert words in done.out


@pytest.mark.parametrize(
    "way",
    [
        "{}",
        "http://localhost/certificates/{}/",
        "https://learn.example.org/certificates/{}/print?language=fr#top",
    ],
)
def test_a_code_is_told_in_words(tutela, held, way):
    code = held[1][0]
    done = tutela("certificates", "verify", way.format(code))
    assert done.status == 0
    assert done.out.startswith("This certificate is valid.\n")
    assert "title       Listening well" in done.out


@pytest.mark.parametrize("mark", [" ", "-"])
def test_a_code_may_be_typed_in_groups(tutela, held, mark):
    groups = grouped(held[1][0]).split("-")
    assert tutela("certificates", "verify", *mark.join(groups).split()).status == 0


def test_a_folder_that_is_called_like_a_code_proves_nothing(tutela, held):
    folder, (code, _other) = held
    (folder / code).mkdir()
    assert tutela("certificates", "verify", str(folder / code / "mistyped.pdf")).status == 1


def test_files_are_verified_one_at_a_time(tutela, held):
    """The second one would be passed over."""
    done = tutela("certificates", "verify", str(held[0] / "jwt"), str(held[0] / "changed"))
    assert done.status == 1
    assert "one file at a time" in done.err


def test_a_revoked_one_does_not_end_well(tutela, held):
    done = tutela("certificates", "verify", held[1][1])
    assert done.status == 1
    assert "This certificate is revoked" in done.out
    assert "\n  revoked     2026-11-24 09:00 UTC" in done.out
    plain = tutela("certificates", "verify", held[1][1], "--json").json
    assert (plain["revoked"], plain["valid_until"]) == ("2026-11-24T09:00:00+00:00", None)


def test_of_a_transcript_every_part_is_told(tutela, held):
    folder, codes = held
    done = tutela("certificates", "verify", str(folder / "transcript"), "--json")
    assert (done.status, done.json["status"]) == (1, "revoked")
    assert [(part["code"], part["status"]) for part in done.json["parts"]] == [
        (codes[0], "valid"),
        (codes[1], "revoked"),
    ]
    assert (
        f"{codes[1]}  revoked" in tutela("certificates", "verify", str(folder / "transcript")).out
    )


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("ana  maría", 0, "The holder gave this name."),
        ("Ana Maria", 1, "The holder gave another name."),
    ],
)
def test_a_name_is_checked_where_the_holder_allows_it(tutela, held, name, status, words):
    done = tutela("certificates", "verify", held[1][0], "--name", name)
    assert done.status == status
    assert words in done.out


def test_where_the_holder_does_not_allow_it_no_name_is_right(tutela, held):
    done = tutela("certificates", "verify", held[1][1], "--name", "Ana", "--json")
    assert (done.status, done.json["name"]) == (1, "not offered")


def test_a_machine_that_is_too_busy_says_so(tutela, held, monkeypatch):
    def read(*_asked):
        raise Busy

    monkeypatch.setattr(Readers, "read", read)
    done = tutela("certificates", "verify", str(held[0] / "jwt"))
    assert done.status == 1
    assert "too busy" in done.err
