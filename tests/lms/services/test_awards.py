"""Awards of the site: what is earned by what, given by admins, renewed, reminded of."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from certificates import awarding, issuing
from certificates.events import Attended
from certificates.issuing import CertificateRefused
from learners import ISSUER, add_award, add_course, add_person, reports
from lms.resources.site import Site
from lms.services import audit, awards, courses

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = datetime(2028, 10, 1, 9, 0, tzinfo=UTC)
DONE = {"completion": "completed"}


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def course(site):
    return add_course(site, "listening", NOW)


@pytest.fixture
def ana(site):
    return add_person(site, "ana", NOW)


def own_award(site, course):
    (award,) = awards.of_course(site, course)
    return award


def noted(site) -> list[str]:
    return [entry["action"] for entry in audit.page(site.audit)[0]]


def test_completing_a_course_earns_its_certificate_once(site, course, ana):
    assert reports(site, ana, course, NOW, completion="incomplete") == []
    (issued,) = reports(site, ana, course, NOW, **DONE)
    assert reports(site, ana, course, NOW, score=0.9, **DONE) == []
    assert awards.held_in(site, ana.learner_id, course) == [issued]
    assert issued.award == own_award(site, course).__name__
    assert noted(site) == ["certificate issued"]


def test_the_certificate_says_how_it_was_earned(site, course, ana):
    course.minutes, course.rule = 90, ("score", 80)
    award = own_award(site, course)
    awarding.change(award, {"hours": "1.5", "validity": ("months", 24), "description": "Listens."})
    (issued,) = reports(site, ana, course, NOW, score=0.85)
    assert issued.snapshot == {
        "kind": "achievement",
        "subject": "course",
        "title": "Listening",
        "description": "Listens.",
        "language": "en",
        "issuer": ISSUER,
        "version": None,
        "minutes": 90,
        "hours": "1.5",
        "rule": [["completed"], ["score", 80]],
        "score": 85,
        "quizzes": [],
        "started": NOW.isoformat(),
        "ended": NOW.isoformat(),
        "template": "quiet",
        "template_version": 1,
        "award_version": 2,
    }
    assert issued.valid_until == datetime(2028, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "too_little", "enough"),
    [
        ((("passed",),), {"success": "failed"}, {"success": "passed"}),
        ((("score", 80),), {"score": 0.799}, {"score": 0.8}),
        ((("lessons", ("one", "two")),), {"done": ["one"]}, {"done": ["one", "two"]}),
        ((("lessons", ("one", "gone")),), {"done": ["two"]}, {"done": ["one"]}),
        ((("minutes", 60),), {"seconds": 3599}, {"seconds": 3600}),
        ((("between", "2026-11-24", "2026-11-30"), ("score", 50)), {}, {"score": 0.5}),
    ],
)
def test_an_award_is_earned_by_its_own_rule_before_the_course_is_completed(
    site, course, ana, rule, too_little, enough
):
    award = add_award(site, "course/listening", NOW, kind="participation", rule=rule)
    assert reports(site, ana, course, NOW, **too_little) == []
    (issued,) = reports(site, ana, course, NOW, **enough)
    assert (issued.award, issued.snapshot["kind"]) == (award.__name__, "participation")


def test_a_certificate_says_what_was_asked_of_its_holder(site, course, ana):
    rule = (("lessons", ("gone", "one")), ("lessons", ("gone",)), ("completed",))
    add_award(site, "course/listening", NOW, kind="participation", rule=rule)
    course.rule = ("lessons", ("one", "gone"))
    issued = reports(site, ana, course, NOW, done=["one"], **DONE)
    said = {each.snapshot["kind"]: each.snapshot["rule"] for each in issued}
    assert said == {
        "participation": [["lessons", ["one"]], ["completed"]],
        "achievement": [["completed"], ["lessons", ["one"]]],
    }


@pytest.mark.parametrize(("reported", "said"), [(-0.5, None), (-1, None), (0, 0), (0.79999, 79)])
def test_a_result_below_nothing_is_not_said(site, course, ana, reported, said):
    (issued,) = reports(site, ana, course, NOW, score=reported, **DONE)
    assert issued.snapshot["score"] == said


def test_one_course_may_give_a_certificate_of_participation_and_one_of_achievement(
    site, course, ana
):
    add_award(site, "course/listening", NOW, kind="participation", rule=(("minutes", 30),))
    issued = reports(site, ana, course, NOW, seconds=1800, **DONE)
    assert {each.snapshot["kind"] for each in issued} == {"participation", "achievement"}


@pytest.mark.parametrize(
    "settings",
    [{"automatic": False}, {"validity": ("until", "2026-11-23")}],
    ids=["by admins alone", "would have expired"],
)
def test_some_awards_are_not_issued_by_themselves(site, course, ana, settings):
    awarding.change(own_award(site, course), settings)
    assert reports(site, ana, course, NOW, **DONE) == []


def test_a_retired_award_is_not_issued(site, course, ana):
    awarding.retire(own_award(site, course), NOW)
    assert reports(site, ana, course, NOW, **DONE) == []
    assert awards.certified(site, NOW) == set()


def test_an_award_whose_last_day_is_over_is_given_no_more(site, course, session):
    awarding.change(own_award(site, course), {"validity": ("until", "2026-11-24")})
    awarding.change(session, {"validity": ("until", "2026-11-24")})
    last, over = NOW.replace(hour=23), NOW + timedelta(days=1)
    assert awards.given_in(site, course, last) == [own_award(site, course)]
    assert awards.certified(site, last) == {"listening"}
    assert awards.given_in(site, course, over) == []
    assert awards.certified(site, over) == set()
    ana = add_person(site, "ana", NOW)
    assert awards.attend(site, attended(), ISSUER, over) == []
    assert len(awards.attend(site, attended(), ISSUER, last)) == 1
    with pytest.raises(CertificateRefused, match="no more"):
        awards.grant(site, own_award(site, course), ana, ISSUER, over, actor="a", reason="Late.")


def test_what_was_revoked_is_not_issued_by_itself(site, course, ana):
    (issued,) = reports(site, ana, course, NOW, **DONE)
    issuing.revoke(issued, "Somebody else sat there.", NOW)
    assert reports(site, ana, course, NOW, **DONE) == []


def test_the_results_that_earned_a_certificate_do_not_renew_it(site, course, ana):
    awarding.change(own_award(site, course), {"validity": ("months", 24), "renewal": 3})
    (issued,) = reports(site, ana, course, NOW, **DONE)
    assert reports(site, ana, course, LATER, score=0.9, **DONE) == []
    assert issued.renewed_by is None


# Admins


def test_an_admin_gives_a_certificate_with_a_reason_where_it_was_not_earned(site, course, ana):
    award = own_award(site, course)
    courses.enrol(course, ana, NOW)
    with pytest.raises(CertificateRefused, match="not earned"):
        awards.grant(site, award, ana, ISSUER, NOW, actor="admin", reason=" ")
    with pytest.raises(CertificateRefused, match="at most 1000 characters"):
        awards.grant(site, award, ana, ISSUER, NOW, actor="admin", reason="x" * 1001)
    given = awards.grant(site, award, ana, ISSUER, NOW, actor="admin", reason="Taught it.")
    assert awards.grant(site, award, ana, ISSUER, NOW, actor="admin") is given
    (entry,), _further = audit.page(site.audit)
    assert entry["details"] == {
        "code": given.code,
        "award": award.__name__,
        "reason": "Taught it.",
    }


def test_an_admin_replaces_what_was_revoked(site, course, ana):
    (issued,) = reports(site, ana, course, NOW, **DONE)
    issuing.revoke(issued, "A wrong title.", NOW)
    again = awards.grant(site, own_award(site, course), ana, ISSUER, NOW, actor="admin")
    assert again.replaces == issued.code


def test_an_admin_renews_what_has_expired_for_a_reason(site, course, ana):
    award = own_award(site, course)
    awarding.change(award, {"validity": ("months", 1)})
    (issued,) = reports(site, ana, course, NOW, **DONE)
    with pytest.raises(CertificateRefused):
        awards.grant(site, award, ana, ISSUER, LATER, actor="admin")
    (candidate,) = awards.eligible(site, award, LATER)
    assert candidate.unmet == (("completed",),)
    again = awards.grant(site, award, ana, ISSUER, LATER, actor="admin", reason="Teaches it.")
    assert (again.renews, issued.renewed_by) == (issued.code, again.code)


def test_an_award_that_is_issued_no_more_is_given_to_nobody(site, course, ana):
    award = own_award(site, course)
    awarding.retire(award, NOW)
    with pytest.raises(CertificateRefused, match="no more"):
        awards.grant(site, award, ana, ISSUER, NOW, actor="admin", reason="Why not.")


def test_who_can_be_given_an_award_is_told_with_what_they_lack(site, course, ana):
    bea = add_person(site, "bea", NOW)
    add_person(site, "cem", NOW)
    (issued,) = reports(site, ana, course, NOW, **DONE)
    reports(site, bea, course, NOW, completion="incomplete")
    found = {each.person: each for each in awards.eligible(site, own_award(site, course), NOW)}
    assert set(found) == {ana, bea}
    assert (found[ana].unmet, found[ana].certificate) == ((), issued)
    assert (found[bea].unmet, found[bea].certificate) == ((("completed",),), None)


def test_a_changed_award_is_issued_to_who_has_earned_it_already(site, course, ana):
    award = own_award(site, course)
    awarding.change(award, {"rule": (("score", 80),)})
    assert reports(site, ana, course, NOW, score=0.7, **DONE) == []
    awarding.change(award, {"rule": (("score", 70),)})
    assert awards.reassess(site, course, ISSUER, NOW, actor="author") == 0
    assert len(awards.held_in(site, ana.learner_id, course)) == 1


# Paths


@pytest.fixture
def path(site, course):
    add_course(site, "writing", NOW)
    rule = (("courses", ("listening", "writing")),)
    return add_award(site, "", NOW, title="Ready for work", rule=rule)


def test_the_last_course_of_a_path_earns_the_paths_certificate(site, course, ana, path):
    (first,) = reports(site, ana, course, NOW, **DONE)
    issued = reports(site, ana, site.courses["writing"], LATER, **DONE)
    of_path = next(each for each in issued if each.award == path.__name__)
    assert first.award != path.__name__
    assert (of_path.snapshot["subject"], of_path.snapshot["title"]) == ("path", "Ready for work")
    assert of_path.snapshot["rule"] == [["courses", ["listening", "writing"]]]
    assert of_path.snapshot["started"] == NOW.isoformat()
    assert of_path.snapshot["ended"] == LATER.isoformat()
    assert of_path.snapshot["minutes"] is None
    assert reports(site, ana, course, LATER, score=0.9, **DONE) == []


def test_the_length_of_a_path_is_that_of_its_courses(site, course, ana, path):
    course.minutes, site.courses["writing"].minutes = 60, 45
    for slug in ("listening", "writing"):
        issued = reports(site, ana, site.courses[slug], NOW, **DONE)
    assert {each.snapshot["minutes"] for each in issued} == {45, 105}


def test_a_new_path_is_issued_to_who_has_completed_its_courses(site, course, ana):
    reports(site, ana, course, NOW, **DONE)
    path = add_award(site, "", NOW, rule=(("courses", ("listening",)),))
    assert awards.reassess_path(site, path, ISSUER, NOW, actor="admin") == 1
    assert awards.reassess_path(site, path, ISSUER, NOW, actor="admin") == 0
    (candidate,) = awards.eligible(site, path, NOW)
    assert candidate.certificate is not None


# Sessions


def attended(person="learner-of-ana", share=80, started=NOW, subject="webinar/7"):
    return Attended(
        learner_id=person,
        subject=subject,
        title="Listening, live",
        share=share,
        minutes=90,
        started=started,
        ended=started + timedelta(minutes=90),
        language="fr",
        registry=None,
        connection=None,
    )


@pytest.fixture
def session(site):
    return add_award(
        site,
        "webinar/7",
        NOW,
        title="",
        kind="participation",
        rule=(("attended", 75),),
        hours="1.5",
        validity=("months", 12),
        renewal=1,
    )


def test_being_in_a_session_earns_its_certificate_once(site, ana, session):
    (issued,) = awards.attend(site, attended(), ISSUER, NOW)
    assert awards.attend(site, attended(), ISSUER, NOW) == []
    assert issued.award == session.__name__
    said = {"title": "Listening, live", "language": "fr", "hours": "1.5", "minutes": 90}
    assert said.items() <= issued.snapshot.items()
    assert issued.snapshot["rule"] == [["attended", 75]]


@pytest.mark.parametrize(
    "event", [attended(share=74), attended(person="nobody"), attended(subject="webinar/8")]
)
def test_who_was_there_too_little_or_elsewhere_gets_none(site, ana, session, event):
    assert awards.attend(site, event, ISSUER, NOW) == []


@pytest.mark.parametrize(("hours", "issued"), [(13, 1), (-12, 0)])
def test_the_day_of_a_session_is_that_of_utc(site, ana, session, hours, issued):
    awarding.change(session, {"rule": (("between", "2026-11-24", "2026-11-24"),)})
    zone = timezone(timedelta(hours=hours))
    started = datetime(2026, 11, 25, 9, 0, tzinfo=zone) if issued else NOW.replace(hour=23)
    event = attended(started=started.astimezone(zone))
    assert len(awards.attend(site, event, ISSUER, NOW)) == issued


def test_a_session_is_attended_anew_within_the_window(site, ana, session):
    (first,) = awards.attend(site, attended(), ISSUER, NOW)
    early = datetime(2027, 10, 23, 9, 0, tzinfo=UTC)
    assert awards.attend(site, attended(started=early), ISSUER, early) == []
    later = datetime(2027, 10, 24, 9, 0, tzinfo=UTC)
    assert awards.attend(site, attended(), ISSUER, later) == []
    (again,) = awards.attend(site, attended(started=later), ISSUER, later)
    assert awards.attend(site, attended(started=later), ISSUER, later) == []
    assert (again.renews, first.renewed_by) == (first.code, again.code)


def test_of_a_session_nobody_is_known_and_an_admin_gives_a_reason(site, ana, session):
    awarding.change(session, {"title": "Listening, live"})
    assert list(awards.eligible(site, session, NOW)) == []
    with pytest.raises(CertificateRefused):
        awards.grant(site, session, ana, ISSUER, NOW, actor="admin")
    given = awards.grant(site, session, ana, ISSUER, NOW, actor="admin", reason="By telephone.")
    assert given.snapshot["title"] == "Listening, live"


# Reminders


def test_holders_are_reminded_before_the_end(site, course, ana):
    awarding.change(own_award(site, course), {"validity": ("months", 24), "renewal": 3})
    (issued,) = reports(site, ana, course, NOW, **DONE)
    assert awards.reminders(site, ana.learner_id, NOW) == []
    soon = datetime(2028, 11, 20, 9, 0, tzinfo=UTC)
    ((certificate, reminder),) = awards.reminders(site, ana.learner_id, soon)
    assert (certificate, reminder.days) == (issued, 7)


def test_a_certificate_of_an_award_that_is_gone_reminds_of_nothing(site, ana):
    issuing.issue(
        site.certificates,
        learner_id=ana.learner_id,
        award="course/gone",
        snapshot={"kind": "achievement", "title": "T", "language": "en", "issuer": "I"},
        now=NOW,
        random=lambda n: bytes(n),
        valid_until=LATER,
    )
    assert awards.reminders(site, ana.learner_id, LATER - timedelta(days=1)) == []
