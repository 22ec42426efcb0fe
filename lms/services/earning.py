"""What the site knows of how somebody earned an award: facts for its rule, and what the certificate
says of it. No HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from certificates.events import Attended
from certificates.resources import Award, Certificates
from certificates.rules import Facts, Rule, plain
from lms.resources.courses import Course, Enrolment
from lms.resources.people import Person
from lms.resources.site import Site
from lms.services import courses, progress, quizzes
from lms.services.courses import NOTHING_YET
from scorm.runtime.view import percent


@dataclass(frozen=True)
class Account:
    """What a certificate says of how it was earned (``docs/certificates.md``, "What a certificate
    remembers"); :attr:`rule` is what the subject itself asks for, beside the award."""

    title: str
    language: str
    minutes: int | None = None
    version: str | None = None
    rule: tuple = ()
    score: int | None = None
    quizzes: tuple[dict[str, Any], ...] = ()
    started: datetime | None = None
    ended: datetime | None = None


def subject_of(award: Award) -> tuple[str, str]:
    """``course``, ``path`` or ``webinar``, and the slug or id of it."""
    kind, _, key = award.subject.partition("/")
    return kind, key


def facts_of(award: Award, person: Person, since: datetime | None = None) -> Facts:
    """What is known of somebody for a course's or a path's award.

    :param since: what was begun before counts for nothing: a certificate is earned anew
    """
    kind, key = subject_of(award)
    if kind == "path":
        return path_facts(award, person, since)
    enrolment = person.enrolments.get(key) if kind == "course" else None
    return Facts() if enrolment is None else course_facts(person, enrolment, since)


def rule_for(site: Site, award: Award, person: Person) -> Rule:
    """What an award asks of somebody: parts that the version which they are on, or would begin
    with, does not have cannot be asked of them."""
    kind, slug = subject_of(award)
    if kind != "course":
        return award.rule
    version = courses.version_of(site.courses[slug], person.enrolments.get(slug))
    return tuple(courses.rule_on(condition, version) for condition in award.rule)


def course_facts(
    person: Person,
    enrolment: Enrolment,
    since: datetime | None = None,
    told: Sequence[quizzes.Standing] | None = None,
) -> Facts:
    """What is known of somebody in a course.

    :param told: where they stand in its quizzes as far as they may know it, for pages of theirs
    """
    course = enrolment.course
    completed: datetime | None
    if since is None:
        standing = enrolment.standing or NOTHING_YET
        known = quizzes.standings(course, enrolment)
        completed = enrolment.completed
    else:
        standing = progress.standing_since(enrolment, since)
        known = quizzes.standings_since(course, person.learner_id, since)
        met = courses.is_met(enrolment, standing, known)
        completed = enrolment.last if met else None
    when = completed or enrolment.last
    shown = known if told is None else told
    return Facts(
        completed=completed is not None,
        passed=_passed(course, standing, shown),
        score=_score(course, standing, shown),
        lessons=frozenset(standing["done"]),
        minutes=standing["seconds"] // 60,
        day=when and when.date(),
    )


def _passed(course: Course, standing: dict, known: Sequence[quizzes.Standing]) -> bool:
    """Whether everything that examines people in a course says that they passed."""
    said = [each.status == "passed" for each in known if each.needs == "passed"]
    if course.package is not None and standing["success"] != "unknown":
        said.append(standing["success"] == "passed")
    return bool(said) and all(said)


def _score(course: Course, standing: dict, known: Sequence[quizzes.Standing]) -> int | None:
    return quizzes.score(known) if course.package is None else percent(standing["score"])


def path_facts(award: Award, person: Person, since: datetime | None = None) -> Facts:
    """Which of the courses of a path somebody has completed, and when the last of them."""
    completed = {
        enrolment.course.__name__: enrolment.completed if since is None else enrolment.last
        for enrolment in _on_path(award, person)
        if course_facts(person, enrolment, since).completed
    }
    moments = [moment for moment in completed.values() if moment is not None]
    return Facts(courses=frozenset(completed), day=max(moments).date() if moments else None)


def courses_of(award: Award) -> tuple[str, ...]:
    """The slugs that a path's rule names, in its order."""
    return tuple(slug for kind, *rest in award.rule if kind == "courses" for slug in rest[0])


def rest_on(site: Site, course: Course, paths: Sequence[Award], person: Person) -> None:
    """What somebody earns by a course rests on what was read: the awards, the course's rule and
    what it asks of quizzes, the other courses of paths. Where that has changed by the time this
    transaction is committed, it meets a conflict and is run again; so what an author decides, or
    the same person does in another course, at this very moment is not passed by."""
    read = [site.certificates.awards, course, *course.quizzes]
    for path in paths:
        for enrolment in _on_path(path, person):
            read += [enrolment, enrolment.registration]
    for each in read:
        if each is not None and each._p_jar is not None:
            each._p_activate()
            each._p_jar.readCurrent(each)


def _on_path(award: Award, person: Person) -> list[Enrolment]:
    enrolments = person.enrolments
    return [enrolments[slug] for slug in courses_of(award) if slug in enrolments]


def account_of(site: Site, award: Award, person: Person, now: datetime) -> Account:
    """What a certificate says of a course or a path. The result of a quiz that its learner may not
    know yet is not in it."""
    kind, key = subject_of(award)
    if kind == "course":
        course = site.courses[key]
        enrolment = person.enrolments.get(key)
        if enrolment is None:
            return Account(course.title, course.language, course.minutes)
        return _course_account(person, enrolment, now)
    taken = _on_path(award, person)
    lengths = [each.course.minutes for each in taken if each.course.minutes]
    return Account(
        title=award.title,
        language=award.language or "en",
        minutes=sum(lengths) if lengths and len(lengths) == len(taken) else None,
        started=min((each.started for each in taken if each.started), default=None),
        ended=max((each.completed for each in taken if each.completed), default=None),
    )


def _course_account(person: Person, enrolment: Enrolment, now: datetime) -> Account:
    course, registration = enrolment.course, enrolment.registration
    known = quizzes.told_to(course, enrolment, person.learner_id, now)
    return Account(
        title=course.title,
        language=course.language,
        minutes=course.minutes,
        version=registration.version.key if registration else None,
        rule=_said_by(enrolment),
        score=_worth_saying(courses.score_of(enrolment, known)),
        quizzes=tuple(
            {"title": each.lesson.quiz.title, "percent": each.percent}
            for each in known
            if each.needs != "nothing"
        ),
        started=enrolment.started,
        ended=enrolment.completed,
    )


def _worth_saying(score: int | None) -> int | None:
    """A result as certificates have it, in percent from 0 on: content may report less than nothing
    (SCORM 2004 RTE 4.2.20.1), which is said of nobody."""
    return None if score is None or score < 0 else score


def _said_by(enrolment: Enrolment) -> tuple:
    """What completing the course took, as conditions."""
    if enrolment.course.package is None:
        return ()
    rule = courses.rule_of(enrolment)
    return {"completed": (), "both": (("passed",),)}.get(rule[0], (rule,))


def attended_facts(event: Attended) -> Facts:
    """What somebody's presence in a session comes to."""
    day = event.ended.astimezone(UTC).date()
    return Facts(completed=True, minutes=event.minutes, day=day, attended=event.share)


def attended_account(event: Attended) -> Account:
    """What a certificate says of a session."""
    return Account(
        title=event.title,
        language=event.language,
        minutes=event.minutes,
        started=event.started,
        ended=event.ended,
    )


def snapshot(
    certificates: Certificates, award: Award, rule: Rule, account: Account, issuer: str
) -> dict:
    """What the certificate will always say, whatever becomes of the award and its subject.

    :param rule: what the award asked of whoever gets it (:func:`rule_for`)
    """
    template = certificates.templates.get(award.template)
    if ("completed",) in rule:
        rule = (*rule, *(each for each in account.rule if each not in rule))
    return {
        "kind": award.kind,
        "subject": subject_of(award)[0],
        "title": award.title or account.title,
        "description": award.description,
        "language": award.language or account.language,
        "issuer": issuer,
        "version": account.version,
        "minutes": account.minutes,
        "hours": award.hours,
        "rule": plain(tuple(dict.fromkeys(rule))),
        "score": account.score,
        "quizzes": list(account.quizzes),
        "started": account.started and account.started.isoformat(),
        "ended": account.ended and account.ended.isoformat(),
        "template": award.template,
        "template_version": 1 if template is None else template.current.number,
        "award_version": award.version,
    }
