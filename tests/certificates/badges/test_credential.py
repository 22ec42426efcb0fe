"""What a badge says of a certificate, and what it does not."""

import json
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from certificates.badges.credential import MEMBERS, SCHEMA
from certificates.badges.criteria import english
from certificates.codes import grouped
from tests.certificates.badges.making import BEFORE, FULL, NOW, SITE


def said(moment) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def certificate(issuer):
    return issuer.issue(**FULL, valid_until=NOW + timedelta(days=700))


@pytest.fixture
def credential(issuer, certificate) -> dict:
    return issuer.credential(certificate)


def test_it_is_an_open_badge_of_this_site(credential, certificate):
    assert credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert credential["id"] == f"{SITE}/certificates/{certificate.code}"
    assert credential["name"] == "Listening well"
    assert credential["description"] == FULL["description"]
    assert credential["issuer"] == {
        "id": "did:web:learn.example.org",
        "type": ["Profile"],
        "name": "Tutela",
        "url": SITE,
    }
    assert credential["image"] == {
        "id": f"{credential['id']}/art.png",
        "type": "Image",
        "caption": "Listening well",
    }
    assert credential["credentialSchema"] == [
        {"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}
    ]


def members(value) -> set[str]:
    """Every member's name, at any depth."""
    if isinstance(value, list):
        return set().union(*map(members, value))
    if isinstance(value, dict):
        return set(value).union(*map(members, value.values()))
    return set()


def test_it_has_no_member_that_verifying_does_not_know(credential):
    assert members(credential) == MEMBERS


def test_its_times_are_those_of_the_certificate(credential):
    assert credential["awardedDate"] == credential["validFrom"] == said(BEFORE)
    assert credential["validUntil"] == said(NOW + timedelta(days=700))
    subject = credential["credentialSubject"]
    assert subject["activityStartDate"] == "2026-10-01T08:00:00Z"
    assert subject["activityEndDate"] == "2026-10-20T16:30:00Z"


def test_it_says_where_its_standing_is_told(credential, certificate):
    key, index = certificate.listed
    assert credential["credentialStatus"] == {
        "id": f"{SITE}/certificates/status/{key}/revocation#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": f"{SITE}/certificates/status/{key}/revocation",
    }


def test_it_says_what_was_achieved_and_how_well(credential, certificate):
    subject = credential["credentialSubject"]
    achievement = subject["achievement"]
    score, hours = achievement["resultDescription"]
    assert score | {"id": ""} == {
        "id": "",
        "type": ["ResultDescription"],
        "name": "Score",
        "resultType": "Percent",
        "valueMin": "0",
        "valueMax": "100",
        "requiredValue": "80",
    }
    assert (hours["name"], hours["resultType"]) == ("CPD hours", "ext:Hours")
    assert subject["result"] == [
        {"type": ["Result"], "resultDescription": score["id"], "value": "85"},
        {"type": ["Result"], "resultDescription": hours["id"], "value": "1.5"},
    ]
    assert subject["creditsEarned"] == achievement["creditsAvailable"] == 1.5
    assert subject["licenseNumber"] == grouped(certificate.code)
    assert achievement["name"] == "Listening well"
    assert achievement["version"] == "2"
    assert achievement["inLanguage"] == "en"
    assert achievement["criteria"]["narrative"].startswith("- Everything was completed.\n")


def test_of_two_results_that_were_asked_for_the_higher_one_counts(issuer):
    rule = [["score", 60], ["score", 90], ["score", 80]]
    found = issuer.credential(issuer.issue(score=95, rule=rule))
    [score] = found["credentialSubject"]["achievement"]["resultDescription"]
    assert score["requiredValue"] == "90"


@pytest.mark.parametrize(
    ("kind", "subject", "expected"),
    [
        ("achievement", "course", "CertificateOfCompletion"),
        ("achievement", "path", "LearningProgram"),
        ("participation", "webinar", "ext:CertificateOfParticipation"),
        ("participation", "course", "ext:CertificateOfParticipation"),
    ],
)
def test_its_type_follows_from_kind_and_subject(issuer, kind, subject, expected):
    found = issuer.credential(issuer.issue(kind=kind, subject=subject))
    assert found["credentialSubject"]["achievement"]["achievementType"] == expected


def test_of_an_old_certificate_it_says_what_is_known(issuer):
    found = issuer.credential(issuer.issue())
    subject = found["credentialSubject"]
    assert not {"description", "validUntil"} & set(found)
    assert set(subject) == {"id", "type", "licenseNumber", "achievement"}
    assert set(subject["achievement"]) == {
        "id",
        "type",
        "achievementType",
        "name",
        "description",
        "criteria",
        "inLanguage",
        "image",
    }
    assert subject["achievement"]["description"] == "Listening well"


def test_it_names_nobody(credential, certificate):
    text = json.dumps(credential)
    assert certificate.learner_id not in text
    subject = uuid.UUID(credential["credentialSubject"]["id"].removeprefix("urn:uuid:"))
    assert str(subject) not in text.replace(credential["credentialSubject"]["id"], "")


def test_two_badges_of_one_learner_cannot_be_told_to_be_one_persons(issuer):
    one, two = (issuer.issue() for _ in range(2))
    two.learner_id = one.learner_id
    ids = {issuer.credential(each)["credentialSubject"]["id"] for each in (one, two)}
    assert len(ids) == 2


def test_one_achievement_has_one_id_until_it_changes(issuer):
    def achievement(**more):
        return issuer.credential(issuer.issue(**FULL | more))["credentialSubject"]["achievement"]

    first = achievement()
    assert achievement(score=99)["id"] == first["id"]
    assert achievement(title="Listening better")["id"] != first["id"]
    assert achievement(award_version=3)["id"] != first["id"]


def test_it_is_the_same_each_time(issuer, certificate):
    assert issuer.badge(certificate) == issuer.badge(certificate)
    assert issuer.token(certificate) == issuer.token(certificate)


def test_its_criteria_are_in_the_language_of_the_certificate(issuer):
    asked = []

    def words(language):
        asked.append(language)
        return lambda message: english(message).upper()

    issuer.place = replace(issuer.place, words=words)
    found = issuer.credential(issuer.issue(language="fr", rule=[["passed"]]))
    assert asked == ["fr"]
    achievement = found["credentialSubject"]["achievement"]
    assert achievement["criteria"]["narrative"] == "THE EXAMINATION WAS PASSED."


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        ("achievement", "Certificate of achievement"),
        ("participation", "Certificate of participation"),
    ],
)
def test_what_has_no_title_that_can_be_seen_is_called_by_its_kind(issuer, kind, called):
    found = issuer.credential(issuer.issue(kind=kind, title="\x01\x85 \u200b", issuer="\x7f"))
    achievement = found["credentialSubject"]["achievement"]
    assert {found["name"], achievement["name"], achievement["description"]} == {called}
    assert found["image"]["caption"] == called
    assert found["issuer"]["name"] == "learn.example.org"


def test_a_language_that_open_badges_have_no_room_for_is_left_out(issuer):
    for tag, said in (("zh_hant_tw", "zh-Hant-TW"), ("x-house", None)):
        found = issuer.credential(issuer.issue(language=tag))
        assert found["credentialSubject"]["achievement"].get("inLanguage") == said
