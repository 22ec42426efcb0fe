"""My certificates: everything that a learner holds, and nothing of anybody else."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from translationstring import TranslationString

import certified
from certificates import wording
from certificates.badges import baking
from certificates.views import portfolio
from proofs import proven
from tests.certificates.conftest import BareSite

NOW = datetime.now(UTC)
"""Pages look at the clock of the machine."""
ANA = ("learner:ana", "system.Authenticated")
MINE = "/awards/mine/"


def day(years: float) -> str:
    """The day that is so far away."""
    return wording.long_date(NOW + years * timedelta(days=365), "en")


class Learned(BareSite):
    """Ana has a certificate of every standing; another learner has one too."""

    def __init__(self):
        super().__init__()
        with self.transaction() as tree:
            made = certified.certify(tree["awards"], "ana", NOW)
            made["valid"].kept_name = "Ana María Ñandú"
            self.codes = {name: each.code for name, each in made.items()}

    def mine(self):
        return self.get(MINE, *ANA)

    def rows(self):
        return {
            link["href"].rstrip("/").rpartition("/")[2]: row
            for row in self.mine().html.find_all("li", class_="row")
            for link in [row.h2.a]
        }

    def row(self, name: str) -> str:
        return " ".join(self.rows()[self.codes[name]].get_text(" ").split())

    def zip(self, **fields) -> zipfile.ZipFile:
        answer = self.fill(MINE, *ANA, status=200, **fields)
        assert answer.content_type == "application/zip"
        return zipfile.ZipFile(io.BytesIO(answer.body))


@pytest.fixture(scope="module")
def learned():
    site = Learned()
    yield site
    site.close()


def test_every_certificate_is_there_the_newest_first_and_the_old_below_the_new(learned):
    names = {code: name for name, code in learned.codes.items()}
    assert [names[code] for code in learned.rows()] == [
        *("valid", "other", "new", "replaced", "renewed", "older"),
        *("suspended", "revoked", "expired"),
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "valid",
            f"Certificate of achievement valid Issued {day(-2 / 365)} · Valid until {day(2)}",
        ),
        ("valid", "Length 90 minutes · CPD hours 1.5"),
        ("other", "Certificate of participation valid"),
        ("other", "valid without an end"),
        ("older", "expired · the one above took its place"),
        ("expired", f"Was valid until {day(-1)}"),
        ("suspended", "suspended"),
        ("suspended", f"It does not hold since {day(-1 / 4)}"),
        ("revoked", f"It was revoked on {day(-1 / 4)} and is not valid any more"),
        ("replaced", "revoked · the one above took its place"),
    ],
)
def test_a_certificate_says(learned, name, words):
    assert words in learned.row(name)


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("valid", ["print", "badge.png", "badge.svg", "badge.json", "badge.jwt"]),
        ("older", ["print", "badge.png", "badge.svg", "badge.json", "badge.jwt"]),
        ("suspended", []),
        ("revoked", []),
    ],
)
def test_what_holds_or_has_held_can_be_printed_and_taken_along(learned, name, offered):
    links = learned.rows()[learned.codes[name]].find_all("a")[1:]
    assert [link["href"].rpartition("/")[2] for link in links] == offered


def test_every_certificate_has_a_link_for_others_in_a_plain_field(learned):
    for code, row in learned.rows().items():
        field = row.find("input")
        assert field["value"] == f"https://learn.example.org/awards/{code}"
        assert row.find("label", attrs={"for": field["id"]}).text == "Link for others"
        assert "do not see your name" in row.find(id=field["aria-describedby"]).text


def test_the_page_names_nobody_even_where_a_name_is_kept(learned):
    answer = learned.mine()
    assert "María" not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"


def test_titles_are_in_their_own_language_and_direction(learned):
    link = learned.rows()[learned.codes["other"]].h2.a
    assert (link["lang"], link["dir"]) == ("ar", "auto")


def test_who_has_none_is_told_what_this_place_is_for(site):
    answer = site.get(MINE, "learner:ben", "system.Authenticated")
    assert "Here you print the certificates that you have earned" in answer.html.text
    assert not answer.forms
    site.get(f"{MINE}transcript.json", "learner:ben", "system.Authenticated", status=404)


@pytest.mark.parametrize("principals", [(), ("system.Authenticated",), ("learner:ana",)], ids=str)
@pytest.mark.parametrize("path", [MINE, "/awards/mine", f"{MINE}transcript.json"])
def test_strangers_and_who_learns_nothing_have_no_such_page(learned, path, principals):
    learned.get(path, *principals, status=403)


@pytest.mark.parametrize("principals", [(), ("learner:ben",), ("role:author",)], ids=str)
@pytest.mark.parametrize("name", ["print", "badge.png", "badge.svg", "badge.json", "badge.jwt"])
def test_nobody_gets_at_the_certificates_of_others(learned, name, principals):
    path = f"/awards/{learned.codes['valid']}/{name}"
    learned.get(path, *principals, "system.Authenticated", status=403)


def test_certificates_of_others_are_not_among_mine(learned):
    assert learned.code not in learned.mine().text
    other = learned.get(MINE, "learner:learner-1", "system.Authenticated")
    assert len(other.html.find_all("li", class_="row")) == 1


@pytest.mark.parametrize("name", ["", "badge.png"])
def test_what_was_erased_shows_no_more(make_site, name):
    site = make_site()
    with site.transaction() as tree:
        tree["awards"][site.code].learner_id = ""
    for learner in ("learner:learner-1", "learner:"):
        answer = site.get(MINE, learner, "system.Authenticated")
        assert not answer.html.find_all("li", class_="row")
        site.get(f"{site.page}/badge.png", learner, status=403)


def test_an_old_one_that_is_somebody_elses_is_not_shown(make_site):
    """As after two people were told apart."""
    site = make_site()
    with site.transaction() as tree:
        made = certified.certify(tree["awards"], "ana", NOW)
        made["older"].learner_id = "ben"
    assert made["older"].code not in site.get(MINE, *ANA).text


def test_the_picture_and_the_drawing_hold_the_badge_of_this_site(learned):
    ring = learned.registry["certificates.keys"]
    for name, kind in (("badge.png", "image/png"), ("badge.svg", "image/svg+xml")):
        answer = learned.get(f"/awards/{learned.codes['valid']}/{name}", *ANA)
        assert answer.content_type == kind
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert proven(baking.extract(answer.body), ring) == learned.codes["valid"]


def test_the_zip_has_the_badges_of_what_can_be_taken_along(learned):
    files = learned.zip().namelist()
    folders = {name.partition("/")[0] for name in files}
    assert {name.rpartition("-")[2] for name in folders} == {
        learned.codes[name][:8] for name in ("valid", "other", "new", "renewed", "older", "expired")
    }
    assert f"Listening-well-to-survivors-{learned.codes['valid'][:8]}" in folders
    assert {name.partition("/")[2] for name in files} == {
        *("badge.png", "badge.svg", "badge.json", "badge.jwt"),
    }


def test_with_a_name_the_zip_has_pdfs_and_the_name_is_not_kept(learned):
    archive = learned.zip(name="Zoë Ñandú")
    pdfs = [name for name in archive.namelist() if name.endswith("/certificate.pdf")]
    assert len(pdfs) == 6
    assert all(archive.read(name).startswith(b"%PDF") for name in pdfs)
    records = [record.data for t in learned.database.storage.iterator() for record in t]
    assert records
    assert not any("Zoë".encode() in data for data in records)


def test_a_name_that_cannot_be_printed_is_refused_beside_the_field_and_kept(learned):
    answer = learned.fill(MINE, *ANA, name="Zoë \u202eÑandú", status=400)
    assert "hidden marks" in answer.html.find(id="name-problem").text
    assert answer.form["name"].value == "Zoë \u202eÑandú"


def test_a_zip_asked_for_from_elsewhere_is_refused(learned):
    headers = {"X-Principals": " ".join(ANA)}
    learned.app.post(f"{MINE}all.zip", {"name": ""}, headers=headers, status=400)


def test_when_nothing_can_be_printed_just_now_the_page_says_so(learned, monkeypatch):
    def busy(*_given, **_more):
        raise portfolio.PrintingFailed(TranslationString("Too many pages are being made."))

    monkeypatch.setattr(portfolio, "printed", busy)
    answer = learned.fill(MINE, *ANA, name="Zoë", status=503)
    assert "Too many pages are being made." in answer.text


def test_the_zip_and_the_transcript_are_bounded_and_say_so(learned, monkeypatch):
    assert "newest" not in learned.mine().text
    monkeypatch.setattr(portfolio, "MOST", 3)
    monkeypatch.setattr(portfolio, "MOST_RECORDED", 2)
    answer = learned.mine()
    assert "The zip has your newest 3 certificates, the transcript the newest 2." in answer.text
    assert len(learned.zip().namelist()) == 3 * 4


def test_the_transcript_has_every_badge_that_can_be_taken_along(learned):
    answer = learned.get(f"{MINE}transcript.json", *ANA)
    assert "attachment" in answer.headers["Content-Disposition"]
    subject = json.loads(answer.body)["credentialSubject"]
    assert [each["id"].rpartition("/")[2] for each in subject["verifiableCredential"]] == [
        learned.codes[name] for name in ("valid", "other", "new", "renewed", "older", "expired")
    ]
    assert "María" not in answer.text
    assert subject["id"].startswith("urn:uuid:")


def test_what_can_still_be_earned_is_what_the_host_says(make_site):
    site = make_site()
    lines = ["Answer the quiz.", "Spend 20 minutes more."]
    site.registry["certificates.ahead"] = lambda _request: [("Reporting", "/reporting", lines)]
    answer = site.get(MINE, "learner:ben", "system.Authenticated")
    row = answer.html.find("h2", string="What you can still earn").find_next("li")
    assert row.h3.a["href"] == "/reporting"
    assert [line.text for line in row.find_all("p")] == lines
