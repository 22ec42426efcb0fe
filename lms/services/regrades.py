"""Quizzes that are marked anew in the background: the job."""

from datetime import UTC, datetime

from assessments.marking import regrade
from assessments.resources import Regrade
from lms.resources import Site
from lms.services import quiz_results
from lms.services.outbox import Desk
from lms.settings import Settings

KIND = "regrade"


def carry_out(desk: Desk, subject: str, settings: Settings) -> None:
    """Look or apply, a part in each transaction, until nothing is left to do. Whoever takes the job
    over goes on where the last part ended."""

    def a_part(site: Site) -> bool:
        now = datetime.now(UTC)
        found = found_by(site, subject)
        if found is None:
            return False
        for learner_id in regrade.go_on(found, now):
            quiz_results.follow(site, found.quiz, learner_id, settings.name, now)
        return regrade.is_running(found)

    while desk.part(a_part):
        desk.pause(0)
    desk.finish(lambda _site: None)


def found_by(site: Site, subject: str) -> Regrade | None:
    """The regrade of a job; None when its quiz is gone."""
    quiz_id, _, key = subject.partition("/")
    quiz = site.quizzes.get(quiz_id)
    return None if quiz is None else regrade.regrade_of(quiz, key)


def given_up(_site: Site, _subject: str, _problem: str, _now: datetime) -> None:
    """Nothing to tell: the regrade stays where it is, and its page says how far it is."""
