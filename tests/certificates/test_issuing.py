"""Issuing, revoking and verifying, without a web server."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import codes, issuing, standing
from certificates.issuing import CertificateRefused
from certificates.resources import Certificates, CodeTaken
from certificates.standing import Status

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SNAPSHOT = {"kind": "achievement", "title": "Listening well", "language": "en", "issuer": "Tutela"}

octets = st.binary(min_size=16, max_size=16)


@pytest.fixture
def certificates():
    return Certificates()


@pytest.fixture
def issue(certificates):
    """``issue(…)`` with whatever the test does not care about filled in."""
    numbers = iter(range(1, 1000))

    def issue(**changed):
        given = {
            "learner_id": "learner-1",
            "award": "course/listening",
            "snapshot": SNAPSHOT,
            "now": NOW,
            "random": lambda n: next(numbers).to_bytes(n, "big"),
        }
        return issuing.issue(certificates, **given | changed)

    return issue


def test_issuing_the_same_award_again_gives_the_first_certificate(issue):
    first = issue()
    assert issue(now=NOW + timedelta(days=1)) is first


def test_a_retry_does_not_change_what_was_issued(issue):
    issue()
    assert issue(now=NOW + timedelta(days=1)).issued == NOW


@pytest.mark.parametrize(
    "other", [{"learner_id": "learner-2"}, {"award": "course/writing"}], ids=str
)
def test_another_learner_or_award_gets_another_certificate(issue, other):
    assert issue().code != issue(**other).code


def test_the_code_is_made_of_128_random_bits(issue):
    asked = []

    def random(n):
        asked.append(n)
        return bytes(n)

    assert issue(random=random).code == "0" * codes.LENGTH
    assert asked == [16, 4]


def test_the_snapshot_does_not_follow_later_changes_of_the_course(issue):
    rule = ["score", 80]
    snapshot = {**SNAPSHOT, "rule": rule}
    certificate = issue(snapshot=snapshot)
    rule[1] = 10
    snapshot["title"] = "Another title"
    assert certificate.snapshot["rule"] == ["score", 80]
    assert certificate.snapshot["title"] == "Listening well"


def test_halves_of_characters_are_not_kept_which_no_page_could_show(issue):
    given = {"title": "a\ud800b", "quizzes": [{"title": "\udfff"}], "rule": [("score", 80)]}
    certificate = issue(snapshot=SNAPSHOT | given)
    assert certificate.snapshot["title"] == "a\ufffdb"
    assert certificate.snapshot["quizzes"] == [{"title": "\ufffd"}]
    assert certificate.snapshot["rule"] == [("score", 80)]


@pytest.mark.parametrize("lacking", issuing.REMEMBERED)
def test_a_snapshot_that_cannot_be_printed_is_refused(issue, lacking):
    with pytest.raises(CertificateRefused, match=lacking):
        issue(snapshot={**SNAPSHOT, lacking: ""})


@pytest.mark.parametrize(
    "unfit", [{"learner_id": ""}, {"learner_id": "a/b"}, {"award": ""}], ids=str
)
def test_a_learner_or_award_without_a_proper_key_is_refused(issue, unfit):
    with pytest.raises(CertificateRefused, match="learner"):
        issue(**unfit)


def test_a_code_in_use_is_never_given_to_another_certificate(issue):
    issue(random=bytes)
    with pytest.raises(CodeTaken):
        issue(award="course/writing", random=bytes)


def test_a_refused_code_leaves_the_award_free(issue, certificates):
    issue(random=bytes)
    with pytest.raises(CodeTaken):
        issue(award="course/writing", random=bytes)
    assert len(certificates.of_learner("learner-1")) == 1


def test_a_revoked_certificate_keeps_when_and_why(issue):
    certificate = issue()
    issuing.revoke(certificate, "  issued by mistake ", NOW)
    assert (certificate.revoked, certificate.reason) == (NOW, "issued by mistake")


@pytest.mark.parametrize("reason", ["", " \n", "x" * 1001], ids=["none", "blank", "too long"])
def test_a_reason_is_needed_to_revoke(issue, reason):
    certificate = issue()
    with pytest.raises(CertificateRefused, match=r"why|reason"):
        issuing.revoke(certificate, reason, NOW)
    assert certificate.revoked is None


def test_revoking_twice_is_refused_and_changes_nothing(issue):
    certificate = issue()
    issuing.revoke(certificate, "issued by mistake", NOW)
    with pytest.raises(CertificateRefused, match="already"):
        issuing.revoke(certificate, "again", NOW + timedelta(days=1))
    assert (certificate.revoked, certificate.reason) == (NOW, "issued by mistake")


def test_a_revoked_award_is_issued_again_under_a_new_code_that_names_the_old(issue):
    old = issue()
    issuing.revoke(old, "wrong title", NOW)
    new = issue()
    assert new.code != old.code
    assert new.replaces == old.code


def test_what_was_revoked_does_not_come_back_by_itself(issue):
    old = issue()
    issuing.revoke(old, "wrong person", NOW)
    assert issue(replace_revoked=False) is old


def test_a_replaced_certificate_stays_revoked(issue, certificates):
    old = issue()
    issuing.revoke(old, "wrong title", NOW)
    issue()
    assert standing.verify(certificates, old.code, NOW).status == Status.REVOKED


def test_a_valid_code_leads_to_its_certificate(issue, certificates):
    verdict = standing.verify(certificates, issue().code, NOW)
    assert (verdict.status, verdict.certificate) == (Status.VALID, issue())


@pytest.mark.parametrize("text", ["", "nothing", "0" * 26, "https://example.org/", "/" * 5000])
def test_whatever_is_not_a_code_is_unknown(certificates, text):
    verdict = standing.verify(certificates, text, NOW)
    assert (verdict.status, verdict.certificate) == (Status.UNKNOWN, None)


def test_a_learner_has_their_certificates_and_nobody_elses(issue, certificates):
    issue(learner_id="a")
    wanted = [issue(learner_id="ab", award=award).code for award in ("course/1", "webinar/2")]
    issue(learner_id="ab0")
    issue(learner_id="b")
    found = certificates.of_learner("ab")
    assert [certificate.code for certificate in found] == wanted


@given(octets)
def test_every_code_has_26_characters_that_cannot_be_mistaken(data):
    code = codes.code_of(data)
    assert len(code) == 26
    assert not set(code) & set("ilou")


@given(octets, octets)
def test_different_octets_are_different_codes(one, other):
    assert (codes.code_of(one) == codes.code_of(other)) == (one == other)


@given(octets, st.data())
def test_a_code_is_understood_however_it_is_typed(data, draw):
    code = codes.code_of(data)
    typed = ""
    for char in codes.grouped(code) if draw.draw(st.booleans()) else code:
        choices = {"0": "0oO", "1": "1iIlL", "-": "-‐–— _."}.get(char, char + char.upper())
        typed += draw.draw(st.sampled_from(choices))
    assert codes.normalised(f"  {typed}\n") == code


@pytest.mark.parametrize(
    "address",
    [
        "https://learn.example.org/certificates/{}",
        "https://learn.example.org/certificates/{}/",
        "http://localhost:6543/certificates/{}/print?x=1#top",
        "https://learn.example.org/certificates/?code={}",
        "https://learn.example.org/certificates?lang=fr&code={}&x=",
        "learn.example.org/certificates/{}",
        "https%3A%2F%2Flearn.example.org%2Fcertificates%2F{}",
    ],
)
@pytest.mark.parametrize("shape", [str, codes.grouped, str.upper])
def test_a_code_is_found_in_an_address(address, shape):
    code = codes.code_of(bytes(range(100, 116)))
    assert codes.normalised(address.format(shape(code))) == code


@pytest.mark.parametrize(
    "line",
    [
        "Certificate code {}",
        "Code du certificat : {}.",
        "({}, issued on 26 November)",
        "رمز الشهادة {}",
        "Certificate code {}\nCheck this certificate at learn.example.org",
    ],
)
@pytest.mark.parametrize("shape", [str, codes.grouped, str.upper])
def test_a_code_is_found_in_the_line_that_was_copied(line, shape):
    code = codes.code_of(bytes(range(100, 116)))
    assert codes.normalised(line.format(shape(code))) == code


@pytest.mark.parametrize("text", ["x{}", "{}0", "Listen before asking whose right being heard"])
def test_what_only_looks_like_one_is_none(text):
    code = codes.grouped(codes.code_of(bytes(range(100, 116))))
    assert codes.normalised(f"a code: {text.format(code)}, or not") == ""


@given(st.text(max_size=300))
def test_any_text_gives_a_code_or_nothing(text):
    assert len(codes.normalised(text)) in (0, codes.LENGTH)


def test_a_code_is_shown_in_groups():
    assert codes.grouped("24hzxpegfc6jb88s7g1bvs8gf3") == "24HZXP-EGFC6-JB88S-7G1BV-S8GF3"
