"""Finding certificates among all of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certificates import codes, issuing, listing
from certificates.listing import Wish
from certificates.resources import Certificates
from tests.certificates.conftest import SNAPSHOT

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def issued(certificates, number, *, title="Listening well", kind="achievement", **more):
    options = {
        "learner_id": f"learner-{number}",
        "award": "course/listening",
        "now": NOW - timedelta(days=number),
        **more,
    }
    return issuing.issue(
        certificates,
        snapshot={**SNAPSHOT, "title": title, "kind": kind},
        random=lambda n: bytes([number]) * n,
        **options,
    )


@pytest.fixture
def certificates():
    """Six: 1 valid, 2 of attendance, 3 revoked, 4 suspended, 5 expired, 6 ends soon."""
    certificates = Certificates()
    issued(certificates, 1)
    issued(certificates, 2, title="Évaluer sans nuire", kind="participation", award="path/all")
    issuing.revoke(issued(certificates, 3), "by mistake", NOW)
    issuing.suspend(issued(certificates, 4), "is looked into", NOW)
    issued(certificates, 5, valid_until=NOW)
    issued(certificates, 6, valid_until=NOW + timedelta(days=30))
    return certificates


def numbers(certificates, **wish):
    rows = listing.found(certificates, Wish(**wish), NOW)
    return [int(row.learner_id.removeprefix("learner-")) for row in rows]


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"words": "WELL listen"}, [1, 3, 4, 5, 6]),
        ({"words": "évaluer"}, [2]),
        ({"words": "nothing like it"}, []),
        ({"kind": "participation"}, [2]),
        ({"award": "path/all"}, [2]),
        ({"status": "valid"}, [1, 2, 6]),
        ({"status": "revoked"}, [3]),
        ({"status": "suspended"}, [4]),
        ({"status": "expired"}, [5]),
        ({"learners": frozenset({"learner-2", "learner-6"})}, [2, 6]),
        ({"first": date(2026, 11, 21)}, [1, 2, 3]),
        ({"last": date(2026, 11, 19)}, [5, 6]),
        ({"days": 30}, [6]),
        ({"days": 29}, []),
        ({"sort": "issued"}, [6, 5, 4, 3, 2, 1]),
        ({"sort": "title"}, [6, 5, 4, 3, 1, 2]),
        ({"sort": "-title"}, [2, 1, 3, 4, 5, 6]),
        ({"sort": "-kind"}, [2, 1, 3, 4, 5, 6]),
        ({"sort": "ends"}, [5, 6]),
        ({"sort": "whatever"}, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_certificates_are_found_by(certificates, wish, found):
    assert numbers(certificates, **wish)[: len(found) if wish.get("sort") == "ends" else 6] == found


def test_a_part_of_the_code_finds_it_as_it_is_printed(certificates):
    code = codes.grouped(codes.code_of(bytes([2]) * 16))
    assert numbers(certificates, words=code) == [2]
    assert numbers(certificates, words=code[:8].lower()) == [2]


def test_what_was_renewed_does_not_end_any_more(certificates):
    issuing.issue(
        certificates,
        learner_id="learner-6",
        award="course/listening",
        snapshot=SNAPSHOT,
        now=NOW,
        random=lambda n: bytes([66]) * n,
        renew=True,
    )
    assert numbers(certificates, days=30) == []
    assert numbers(certificates, status="valid") == [6, 1, 2, 6]


def test_a_row_follows_what_becomes_of_its_certificate(certificates):
    (row,) = listing.found(certificates, Wish(status="suspended"), NOW)
    issuing.resume(certificates[row.code])
    assert numbers(certificates, status="suspended") == []
    assert numbers(certificates, status="valid") == [1, 2, 4, 6]


def test_a_register_made_anew_says_the_same(certificates):
    before = dict(certificates.register)
    certificates.register_all()
    assert dict(certificates.register) == before


def test_chosen_codes_that_are_none_are_left_out(certificates):
    code = codes.code_of(bytes([2]) * 16)
    (row,) = listing.chosen(certificates, [code, "nothing", code])
    assert row.code == code


@pytest.mark.parametrize("first", "=+-@\t\r\n＝＋－＠")
def test_a_title_is_no_formula_in_a_spreadsheet(first):
    assert listing.plain_cell(f"{first}HYPERLINK(1)") == f"'{first}HYPERLINK(1)"


@pytest.mark.parametrize(("value", "text"), [("Listening = well", "Listening = well"), (85, "85")])
def test_other_cells_stay_as_they_are(value, text):
    assert listing.plain_cell(value) == text


def test_a_cell_of_nothing_is_empty():
    assert listing.plain_cell(None) == ""
