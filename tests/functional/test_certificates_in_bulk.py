"""Many certificates changed at once: by an admin's browser, the worker, and the audit trail."""

import json
import secrets
from datetime import UTC, datetime, timedelta

import pytest

import lms.worker
from certificates import awarding, batches, issuing
from lms.services import awards, certificate_work, courses, outbox, people
from sites import PASSPHRASE

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SNAPSHOT = {
    "kind": "achievement",
    "subject": "course",
    "title": "Listening well",
    "language": "en",
    "issuer": "Tutela",
}


def issue(site, count):
    with site.write() as root:
        learner = root["site"].people.by_username("member").learner_id
        for number in range(count):
            issuing.issue(
                root["site"].certificates,
                learner_id=learner if number == 0 else f"learner{number}",
                award="course/listening",
                snapshot=SNAPSHOT,
                now=NOW - timedelta(minutes=number),
                random=secrets.token_bytes,
            )


@pytest.fixture
def issued(site):
    """Sixty certificates, the first of them the member's."""
    issue(site, 60)
    return site


def revoke_form(page):
    return next(form for form in page.forms.values() if "reason" in form.fields)


def begin(site, kind="revoke"):
    with site.write() as root:
        certificates = root["site"].certificates
        codes = list(certificates._certificates)
        batch = batches.begin(certificates, kind, codes, by="ada", now=NOW, reason="r")
        outbox.ask(root["site"].outbox, certificate_work.KIND, batch.__name__, NOW)
        return batch.__name__


def trail(site):
    with site.write() as root:
        return [json.loads(entry) for _key, entry in root["site"].audit.newest_first()]


def test_an_admin_revokes_all_that_were_found_and_sees_it_done(issued):
    admin = issued.signed_in("admin")
    form = revoke_form(admin.get("/certificates/all/change?what=revoke&which=all"))
    form["reason"] = "The course was another one"
    page = form.submit().follow()
    assert page.html.h1.text == "Revoking 60 certificates"
    assert "60 of 60 are done." in page.text
    entries = trail(issued)
    (asked,) = [each for each in entries if each["action"] == "certificates in bulk"]
    assert asked["details"] == {
        "what": "revoke", "count": 60, "reason": "The course was another one",
    }  # fmt: skip
    noted = [each for each in entries if each["action"] == "certificate revoked"]
    assert len({each["subject"] for each in noted}) == len(noted) == 60
    assert {each["actor"] for each in noted} == {asked["actor"]}
    assert {each["details"]["batch"] for each in noted} == {asked["subject"]}
    page = admin.get("/certificates/all?status=revoked")
    assert "60 certificates found." in page.text
    assert "Member (member)" in page.text
    assert "Revoking 60 certificates" in admin.get("/certificates/batches/").text


def test_a_batch_is_for_admins(issued):
    key = begin(issued)
    author = issued.signed_in("author")
    for address in ("all", "all/export", f"batches/{key}/", f"batches/{key}/state", "batches/"):
        author.get(f"/certificates/{address}", status=403)


def test_a_page_shows_how_far_it_is(issued):
    key = begin(issued)
    with issued.write() as root:
        batch = root["site"].certificates.batches[key]
        batches.go_on(batch, lambda _code: None, NOW)
    admin = issued.signed_in("admin")
    page = admin.get(f"/certificates/batches/{key}/")
    assert page.html.progress["value"] == "10"
    assert "10 of 60" in page.html.select_one("[role=status]").text
    found = admin.get(f"/certificates/batches/{key}/state").json
    assert found == {"seen": 10, "total": 60, "over": False}
    assert "10 of 60" in admin.get("/certificates/batches/").text


def test_a_batch_that_is_cut_off_goes_on_where_it_was(issued, monkeypatch):
    """The worker ends after each part; another one takes the job over."""
    key = begin(issued)
    monkeypatch.setattr(lms.worker.Worker, "pause", lambda self, _seconds: self.close())
    for _part in range(5):
        worker = lms.worker.Worker(issued.database, issued.settings, alone=True)
        assert worker.work()
    with issued.write() as root:
        assert root["site"].certificates.batches[key].seen == 50
    issued.work()
    with issued.write() as root:
        batch = root["site"].certificates.batches[key]
        assert (batch.seen, batch.changed, len(batch.failed)) == (60, 60, 0)
    assert len([e for e in trail(issued) if e["action"] == "certificate revoked"]) == 60


def test_a_part_that_fails_changes_nothing_and_the_page_says_so(issued, monkeypatch):
    key = begin(issued)
    monkeypatch.setattr(lms.worker.log, "exception", lambda *_: None)

    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(certificate_work.batches, "change", broken)
    with issued.write() as root:
        (job,) = root["site"].outbox.values()
        job.attempts = outbox.ATTEMPTS - 1
    issued.work()
    admin = issued.signed_in("admin")
    page = admin.get(f"/certificates/batches/{key}/")
    assert "This stands still: something went wrong after 0 of 60." in page.text
    assert "stands still" in admin.get("/certificates/batches/").text
    monkeypatch.undo()
    work = admin.get("/admin/work/")
    assert f"/certificates/batches/{key}/" in work.text
    next(form for form in work.forms.values() if form.action.endswith("/retry")).submit()
    issued.work()
    assert "60 of 60 are done." in admin.get(f"/certificates/batches/{key}/").text


def test_what_is_refused_is_said_in_the_language_of_the_page(issued):
    admin = issued.signed_in("admin")
    admin.set_cookie("tutela-language", "fr")
    page = admin.get("/certificates/all/change?what=revoke&which=all")
    page = revoke_form(page).submit(status=400)
    assert page.html.select_one("#reason-problem").text == "Donnez une raison."


def test_why_something_stayed_as_it_was_is_said_in_the_language_of_the_page(issued):
    """Such as where somebody else was faster."""
    begin(issued)
    issued.work()
    key = begin(issued)
    issued.work()
    admin = issued.signed_in("admin")
    admin.set_cookie("tutela-language", "fr")
    page = admin.get(f"/certificates/batches/{key}/")
    told = [each.text for each in page.html.select("main ul li")]
    assert len(told) == 60
    assert {each.partition(": ")[2] for each in told} == {"Ce certificat est déjà révoqué."}
    assert "-" in told[0].partition(": ")[0], "a code as it is read out"
    assert "2026-" not in page.html.select_one("[role=status]").text


def test_suspended_certificates_hold_again(issued):
    for kind, action in (("suspend", "certificate suspended"), ("resume", "certificate resumed")):
        begin(issued, kind)
        issued.work()
        assert len([e for e in trail(issued) if e["action"] == action]) == 60


def test_a_batch_that_is_gone_is_no_fault(site):
    with site.write() as root:
        outbox.ask(root["site"].outbox, certificate_work.KIND, "gone", NOW)
    site.work()
    certificate_work.given_up(_site(site), "gone", "fault", NOW)
    with site.write() as root:
        assert list(root["site"].outbox.values()) == []


def _site(site):
    with site.write() as root:
        return root["site"]


def test_the_list_and_its_export_say_who_and_filter_by_centre(issued):
    with issued.write() as root:
        root["site"].people.by_username("member").centre = "Nairobi"
        root["site"].people.by_username("member").display_name = "member"
    admin = issued.signed_in("admin")
    page = admin.get("/certificates/all?centre=NAIROBI")
    assert "1 certificate found." in page.text
    assert [each.text for each in page.html.select("tbody td bdi")] == ["member"]
    form = next(
        form
        for form in admin.get("/certificates/all/export?centre=nairobi").forms.values()
        if "purpose" in form.fields
    )
    form["purpose"] = "For the donor"
    assert ",member," in form.submit().text
    (entry,) = [each for each in trail(issued) if each["action"] == "certificates exported"]
    assert entry["details"] == {"rows": 1, "purpose": "For the donor"}


def test_somebodys_certificates_are_found_from_their_page(issued):
    admin = issued.signed_in("admin")
    page = admin.get("/admin/people/?search=member").click("member", index=0)
    page = page.click("See all certificates")
    assert "1 certificate found." in page.text
    assert page.html.select_one("input[name=centre]")["value"] == "member"
    assert "No certificate is like this." in admin.get("/certificates/all?centre=author").text


def test_filters_and_days_are_in_the_language_of_the_page(issued):
    admin = issued.signed_in("admin")
    admin.set_cookie("tutela-language", "ar")
    page = admin.get("/certificates/all")
    offered = [each.text for each in page.html.select("#status option, #kind option")]
    assert not any(char.isascii() and char.isalpha() for text in offered for char in text)
    page = admin.get("/certificates/all/change?what=suspend&which=all")
    assert "24 نوفمبر 2026" in page.html.select_one("main li .hint").text
    assert "2026-11-24" not in page.text


def test_one_certificate_is_suspended_and_holds_again_from_its_own_page(issued):
    admin = issued.signed_in("admin")
    page = admin.get("/certificates/all?centre=member")
    address = page.html.select_one("tbody th a")["href"]
    form = revoke_form(admin.get(address).click("Suspend"))
    form["reason"] = "It is looked into"
    assert form.submit().follow().html.h1.text == "Suspending 1 certificate"
    page = admin.get(address)
    assert page.html.find("a", string="Print") is None
    form = revoke_form(page.click("Let it hold again"))
    assert form.submit().follow().html.h1.text == "Letting 1 certificate hold again"
    assert admin.get(address).html.h1.text == "This certificate is valid"
    assert "Suspend" not in issued.signed_in("member").get(address).text


def test_where_nothing_was_ticked_the_page_asks_nothing(issued):
    page = issued.signed_in("admin").get("/certificates/all/change?what=revoke&which=some")
    assert page.html.h1.text.strip() == "Do something with many"
    assert "Nothing was done." in page.text


@pytest.fixture
def award(site):
    """The address of issuing a course's award: ready 30, lacking 2, revoked 1, having it 1."""
    with site.write() as root:
        tree = root["site"]
        course = courses.create(tree.courses, None, title="Listening", slug=None, now=NOW)
        made = awarding.create(
            tree.certificates.awards,
            subject=courses.subject_of(course.__name__),
            title="Listening",
            now=NOW,
            random=secrets.token_bytes,
        )
        made.automatic = False
        for number in range(34):
            person = people.add(
                tree.people,
                username=f"learner{number:02}",
                passphrase=PASSPHRASE,
                role="member",
                now=NOW,
            )
            enrolment = courses.enrol(course, person, NOW)
            if number >= 2:
                enrolment.completed = NOW
            if number >= 32:
                certificate = awards.grant(tree, made, person, "Tutela", NOW, actor="ada")
                if number == 32:
                    issuing.revoke(certificate, "was not there", NOW)
        return f"/certificates/awards/{made.__name__}/issue"


def issue_form(page):
    return next(form for form in page.forms.values() if "ticket" in form.fields)


def held(site):
    with site.write() as root:
        tree = root["site"]
        return sorted(
            tree.people.by_learner(each.learner_id).username
            for each in tree.certificates.values()
            if each.revoked is None
        )


def test_an_award_is_issued_to_all_who_have_earned_it_after_a_preview(site, award):
    admin = site.signed_in("admin")
    page = admin.get("/courses/listening/certificates/")
    page = admin.get(page.html.select_one(f'a[href$="{award}"]')["href"])
    assert [each.text for each in page.html.select("main nav a")] == [
        "Have earned it: 30", "Have not earned it: 2", "Had one that was revoked: 1", "Have it: 1",
    ]  # fmt: skip
    assert held(site) == ["learner33"]
    page = issue_form(page).submit("which", value="all").follow()
    assert page.html.h1.text == "Issuing 30 certificates"
    assert "30 of 30 are done." in page.text
    assert held(site) == [f"learner{n:02}" for n in (*range(2, 32), 33)]
    entries = trail(site)
    assert len([e for e in entries if e["action"] == "certificate issued"]) == 32
    page = admin.get(award)
    assert "Nobody waits for this certificate." in page.text
    assert "Have it: 31" in page.text
    assert len(admin.get(f"{award}?show=have").html.select("tbody tr")) == 31


def test_the_same_batch_twice_issues_once(site, award):
    with site.write() as root:
        tree = root["site"]
        learners = [p.learner_id for p in tree.people.values() if p.username.startswith("learner1")]
        key = award.split("/")[3]
        for _twice in range(2):
            batch = batches.begin(
                tree.certificates, "issue", [*learners, "nobody"], award=key, by="ada", now=NOW
            )
            outbox.ask(tree.outbox, certificate_work.KIND, batch.__name__, NOW)
    site.work()
    assert held(site) == [*(f"learner{n}" for n in range(10, 20)), "learner33"]
    with site.write() as root:
        first, second = sorted(
            root["site"].certificates.batches.values(), key=lambda each: -each.changed
        )
        assert (first.changed, second.changed) == (10, 0)
        said = {words for _item, words in second.failed.values()}
        assert said == {"Has this certificate already.", "The account or the award is gone."}


@pytest.mark.parametrize(
    ("group", "who", "lacks"),
    [
        ("lack", "learner00", "Has not completed the course."),
        ("revoked", "learner32", "–"),
    ],
)
def test_who_has_not_earned_it_gets_it_for_a_reason(site, award, group, who, lacks):
    admin = site.signed_in("admin")
    page = admin.get(f"{award}?show={group}")
    row = page.html.select_one("tbody tr")
    assert row.th.bdi.text == who.title() or who in row.th.text
    assert lacks in row.text
    form = issue_form(page)
    form.set("person", True, index=0)
    page = form.submit("which", value="some", status=400)
    assert "Say why it is issued all the same." in page.text
    form = issue_form(page)
    assert form.get("person", index=0).checked
    form["reason"] = "The line broke on the last page"
    assert "1 of 1 are done." in form.submit("which", value="some").follow().text
    assert held(site) == [who, "learner33"]
    entry = next(each for each in trail(site) if each["action"] == "certificate issued")
    assert entry["details"]["reason"] == "The line broke on the last page"


def change_one(site, username, change):
    with site.write() as root:
        tree = root["site"]
        person = tree.people.by_username(username)
        change(tree, person, tree.courses["listening"])


def test_nobody_gets_one_who_was_not_in_the_preview(site, award):
    """Who has earned it since then, or lost it, or is new."""
    admin = site.signed_in("admin")
    form = issue_form(admin.get(award))

    def completes(_tree, person, course):
        course.roster[person.id].completed = NOW

    def falls_back(_tree, person, course):
        course.roster[person.id].completed = None

    change_one(site, "learner00", completes)
    change_one(site, "learner05", falls_back)
    page = form.submit("which", value="all").follow()
    assert "29 of 30 are done." in page.text
    assert "This person has not earned the certificate." in page.text
    assert [each.text for each in page.html.select("main li bdi")] == ["learner05"]
    assert held(site) == [f"learner{n:02}" for n in (2, 3, 4, *range(6, 32), 33)]


def test_who_joins_after_the_preview_lets_it_be_looked_at_again(site, award):
    admin = site.signed_in("admin")
    form = issue_form(admin.get(award))
    change_one(site, "member", lambda _tree, person, course: courses.enrol(course, person, NOW))
    page = form.submit("which", value="all", status=400)
    assert "The list has changed since you opened this page." in page.text
    assert held(site) == ["learner33"]
    assert "30 of 30 are done." in issue_form(page).submit("which", value="all").follow().text


def test_whose_certificate_is_revoked_meanwhile_gets_none_without_a_reason(site, award):
    admin = site.signed_in("admin")
    form = issue_form(admin.get(award))

    def was_revoked(tree, person, _course):
        made = tree.certificates.awards.get(award.split("/")[3])
        certificate = awards.grant(tree, made, person, "Tutela", NOW, actor="ada")
        issuing.revoke(certificate, "was not there", NOW)

    change_one(site, "learner05", was_revoked)
    page = form.submit("which", value="all").follow()
    assert "29 of 30 are done." in page.text
    assert "Had one that was revoked, and no reason was given." in page.text


def test_those_who_are_ticked_get_it_and_nobody_from_elsewhere(site, award):
    admin = site.signed_in("admin")
    form = issue_form(admin.get(award))
    form.set("person", True, index=0)
    with site.write() as root:
        people_ = root["site"].people
        others = [people_.by_username(name).id for name in ("member", "learner33")]
    extra = [("person", each) for each in (*others, "nobody")]
    fields = [*form.submit_fields("which", submit_value="some"), *extra]
    page = admin.post(form.action, fields).follow()
    assert "1 of 1 are done." in page.text
    assert held(site) == ["learner02", "learner33"]


def test_nothing_is_issued_when_nobody_is_ticked_or_the_list_has_changed(site, award):
    admin = site.signed_in("admin")
    form = issue_form(admin.get(award))
    page = form.submit("which", value="some", status=400)
    assert "Tick at least one person." in page.text
    ticket = form["ticket"].value
    for other in ("", ticket[:-8], ticket.partition(".")[0] + ".AAAA", f"{ticket[:40]}é"):
        form["ticket"] = other
        page = form.submit("which", value="all", status=400)
        assert "The list has changed since you opened this page." in page.text
    form = issue_form(admin.get(f"{award}?show=lack&page=x"))
    form["reason"] = "x" * 1001
    form.set("person", True, index=0)
    page = form.submit("which", value="some", status=400)
    assert "at most 1000 characters" in page.text
    assert held(site) == ["learner33"]
    site.signed_in("author").get(award, status=403)
