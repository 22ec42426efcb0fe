"""Jobs in the background: taken once, done or given up."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.resources.outbox import Outbox
from lms.services import outbox

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)


@pytest.fixture
def box():
    return Outbox()


def test_the_job_that_has_waited_longest_is_taken_first(box):
    outbox.ask(box, "import", "second", LATER)
    outbox.ask(box, "import", "first", NOW)
    assert outbox.take(box, "ann", LATER).subject == "first"
    assert outbox.take(box, "ben", LATER).subject == "second"
    assert outbox.take(box, "ann", LATER) is None


def test_a_job_that_gave_way_waits_behind_those_that_waited_then(box):
    outbox.ask(box, "certificates", "long", NOW)
    long = outbox.take(box, "ann", NOW)
    outbox.ask(box, "import", "waited", LATER)
    outbox.give_back(long, LATER + timedelta(seconds=1))
    outbox.ask(box, "import", "came later", LATER + timedelta(seconds=2))
    later = LATER + timedelta(seconds=3)
    taken = [outbox.take(box, "ann", later).subject for _ in range(3)]
    assert taken == ["waited", "long", "came later"]


def test_what_is_asked_for_again_is_one_job(box):
    job = outbox.ask(box, "import", "a", NOW)
    assert outbox.ask(box, "import", "a", LATER) is job
    assert outbox.ask(box, "import", "b", LATER) is not job
    assert len(box.values()) == 2


def test_a_job_belongs_to_who_took_it(box):
    job = outbox.ask(box, "import", "a", NOW)
    outbox.take(box, "ann", NOW)
    assert outbox.held(box, job.__name__, "ann") is job
    with pytest.raises(outbox.Lost):
        outbox.held(box, job.__name__, "ben")
    box.remove(job)
    with pytest.raises(outbox.Lost):
        outbox.held(box, job.__name__, "ann")


def test_a_worker_without_a_sign_of_life_loses_its_job(box):
    job = outbox.ask(box, "import", "a", NOW)
    outbox.take(box, "ann", NOW)
    assert outbox.take(box, "ben", NOW + outbox.LEASE * 0.9) is None
    outbox.live(job, NOW + outbox.LEASE * 0.9)
    assert outbox.take(box, "ben", NOW + outbox.LEASE * 1.5) is None
    assert outbox.take(box, "ben", NOW + outbox.LEASE * 2) is job
    with pytest.raises(outbox.Lost):
        outbox.held(box, job.__name__, "ann")


def test_a_sign_of_life_is_written_no_oftener_than_it_has_to_be(box):
    job = outbox.ask(box, "import", "a", NOW)
    outbox.take(box, "ann", NOW)
    before = job.until
    outbox.live(job, NOW + outbox.LEASE / 4)
    assert job.until == before


def test_what_fails_is_tried_again_after_longer_and_longer_rests_and_then_given_up(box):
    job = outbox.ask(box, "import", "a", NOW)
    now, rests = NOW, []
    for attempt in range(outbox.ATTEMPTS):
        assert outbox.take(box, "ann", now) is job
        given_up = outbox.fail(job, "room", now)
        assert given_up == (attempt == outbox.ATTEMPTS - 1)
        rests.append(job.until - now)
        now = job.until
    assert rests == sorted(set(rests))
    assert (job.state, job.problem) == ("failed", "room")
    assert outbox.take(box, "ann", now + timedelta(days=9)) is None


def test_what_was_given_up_is_tried_anew_when_it_is_asked_for_again(box):
    job = outbox.ask(box, "import", "a", NOW)
    for _ in range(outbox.ATTEMPTS):
        outbox.take(box, "ann", job.until)
        outbox.fail(job, "room", NOW)
    outbox.ask(box, "import", "a", LATER)
    assert outbox.take(box, "ann", LATER) is job
    assert job.attempts == 1


def test_a_worker_that_ends_gives_its_job_back_without_counting_it(box):
    job = outbox.ask(box, "import", "a", NOW)
    outbox.take(box, "ann", NOW)
    outbox.give_back(job, NOW)
    assert outbox.take(box, "ben", NOW) is job
    assert job.attempts == 1


def test_after_a_power_cut_what_was_taken_is_taken_again_and_counted(box):
    job = outbox.ask(box, "import", "a", NOW)
    outbox.take(box, "ann", NOW)
    outbox.free_all(box, NOW)
    assert outbox.take(box, "ben", NOW) is job
    assert job.attempts == 2
