"""Whoever does what the outbox holds."""

import io
import logging
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

import lms.worker
import smallest
from assessments.attempts.save import save
from assessments.attempts.start import attempts_of, start
from assessments.quizzes.plan import Settings
from lms.services import outbox, quiz_results
from lms.worker import Kind, Worker, WorkerThread, beside, sweep_unfinished
from quizzes import add_quiz
from scorm import importing
from scorm.packages.apart import Failed
from scorm.packages.archive import Limits
from tests.assessments.examples import TRUTH

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture
def worker(site):
    return site.worker


def send(site, content, name="a.zip"):
    """A package that waits in the outbox; its import's key."""
    with site.write() as root:
        found = importing.begin(
            root["site"].packages,
            site.settings.uploads,
            Limits(),
            name=name,
            size=len(content),
            owner="somebody",
            now=NOW,
        )
        importing.receive(site.settings.uploads, found, 0, io.BytesIO(content))
        importing.submit(site.settings.uploads, found, NOW)
        outbox.ask(root["site"].outbox, "import", found.__name__, NOW)
        return found.__name__


def kinds(monkeypatch, do):
    given_up = []

    def told(_site, subject, problem, _now):
        given_up.append((subject, problem))

    monkeypatch.setattr(lms.worker, "KINDS", {"work": Kind(do, told)})
    return given_up


def ask(site, subject="it"):
    with site.write() as root:
        outbox.ask(root["site"].outbox, "work", subject, NOW)


def jobs(site):
    with site.write() as root:
        return [(job.subject, job.state, job.attempts) for job in root["site"].outbox.values()]


def test_a_package_is_taken_in_and_noted(site, worker, tmp_path):
    key = send(site, smallest.write(tmp_path / "a.zip", "2004").read_bytes())
    assert worker.work()
    assert not worker.work()
    with site.write() as root:
        assert root["site"].packages.imports[key].state == "done"
        (entry, *_) = root["site"].audit.newest_first()
        assert '"action": "package imported"' in entry[1]
    assert jobs(site) == []


def test_a_package_that_is_refused_is_no_fault(site, worker):
    key = send(site, b"A letter to the editor.")
    assert worker.work()
    with site.write() as root:
        assert root["site"].packages.imports[key].state == "refused"
    assert jobs(site) == []


def test_a_job_that_fails_is_tried_again_later(site, worker, monkeypatch, caplog):
    def fail(_desk, _subject, _settings):
        raise Failed("room")

    given_up = kinds(monkeypatch, fail)
    ask(site)
    with caplog.at_level(logging.CRITICAL):
        assert worker.work()
        assert not worker.work()
    assert jobs(site) == [("it", "waiting", 1)]
    assert given_up == []


def test_a_job_that_keeps_failing_is_given_up_and_told(site, worker, monkeypatch):
    def fail(_desk, _subject, _settings):
        raise Failed("room")

    monkeypatch.setattr(lms.worker.log, "exception", lambda *_: None)
    given_up = kinds(monkeypatch, fail)
    ask(site)
    for _ in range(outbox.ATTEMPTS):
        with site.write() as root:
            outbox.free_all(root["site"].outbox, NOW)
            for job in root["site"].outbox.values():
                job.until = NOW
        assert worker.work()
    assert jobs(site) == [("it", "failed", outbox.ATTEMPTS)]
    assert given_up == [("it", "room")]


def test_a_job_that_ends_one_worker_after_the_other_is_given_up(site, worker, monkeypatch):
    given_up = kinds(monkeypatch, lambda *_: pytest.fail("It was begun once more."))
    ask(site)
    with site.write() as root:
        (job,) = root["site"].outbox.values()
        job.attempts = outbox.ATTEMPTS
    assert worker.work()
    assert given_up == [("it", "fault")]


def test_a_worker_that_is_to_end_gives_its_job_back(site, worker, monkeypatch):
    def work(desk, _subject, _settings):
        worker.close()
        desk.change(lambda _site: None)

    kinds(monkeypatch, work)
    ask(site)
    assert worker.work()
    assert jobs(site) == [("it", "waiting", 0)]


def test_a_job_that_another_worker_has_taken_over_is_left_to_it(site, worker, monkeypatch):
    def work(desk, _subject, _settings):
        with site.write() as root:
            (job,) = root["site"].outbox.values()
            job.worker = "another"
        desk.finish(lambda _site: pytest.fail("It was stored twice."))

    kinds(monkeypatch, work)
    ask(site)
    assert worker.work()
    assert jobs(site) == [("it", "taken", 1)]


@pytest.fixture
def long_job(site, monkeypatch):
    """A job of three parts, and short ones, each of which asks for one more until there were
    three: what is done in which order."""
    monkeypatch.setattr(lms.worker, "TURN", 0)
    done = []

    def work_long(desk, _subject, _settings):
        while True:
            desk.part(lambda _site: done.append("long"))
            if done.count("long") == 1:
                ask_now("short", "1")
            if done.count("long") == 3:
                break
            desk.pause(0)
        desk.finish(lambda _site: None)

    def work_short(desk, subject, _settings):
        done.append(f"short {subject}")
        desk.finish(lambda _site: None)
        if subject != "3":
            ask_now("short", str(int(subject) + 1))

    def ask_now(kind, subject):
        with site.write() as root:
            outbox.ask(root["site"].outbox, kind, subject, datetime.now(UTC))

    monkeypatch.setattr(
        lms.worker, "KINDS", {"long": Kind(work_long, None), "short": Kind(work_short, None)}
    )
    ask_now("long", "it")
    return done


def test_a_long_job_and_those_that_wait_take_turns(site, long_job):
    site.work()
    assert long_job == ["long", "short 1", "long", "short 2", "long", "short 3"]
    assert jobs(site) == []


def test_a_long_job_keeps_its_worker_for_a_turn(site, long_job, monkeypatch):
    monkeypatch.setattr(lms.worker, "TURN", 3600)
    site.work()
    assert long_job == ["long", "long", "long", "short 1", "short 2", "short 3"]


def test_a_job_is_not_given_back_when_nobody_waits(site, worker, monkeypatch):
    monkeypatch.setattr(lms.worker, "TURN", 0)
    begun = []

    def work(desk, subject, _settings):
        begun.append(subject)
        for _part in range(3):
            desk.part(lambda _site: None)
            desk.pause(0)
        desk.finish(lambda _site: None)

    kinds(monkeypatch, work)
    ask(site)
    assert worker.work()
    assert begun == ["it"]


def test_a_part_that_is_done_clears_the_workers_that_the_job_ended(site, worker, monkeypatch):
    def work(desk, _subject, _settings):
        desk.part(lambda _site: None)
        raise Failed("room")

    monkeypatch.setattr(lms.worker.log, "exception", lambda *_: None)
    kinds(monkeypatch, work)
    ask(site)
    with site.write() as root:
        (job,) = root["site"].outbox.values()
        job.attempts = outbox.ATTEMPTS - 1
    assert worker.work()
    assert jobs(site) == [("it", "waiting", 1)]


def test_it_works_until_it_is_closed_and_wakes_when_there_is_work(site, monkeypatch):
    done = threading.Event()

    def work(desk, _subject, _settings):
        desk.finish(lambda _site: None)
        done.set()

    kinds(monkeypatch, work)
    thread = WorkerThread(site.database, site.settings)
    thread.start()
    ask(site)
    thread.worker.wake()
    assert done.wait(30)
    thread.close()
    assert not thread.is_alive()
    assert jobs(site) == []


def test_a_fault_of_the_worker_itself_does_not_end_it(site, monkeypatch):
    worker = Worker(site.database, site.settings, alone=True)
    met = []

    def fault():
        met.append("fault")
        if len(met) == 2:
            worker.close()
        worker.wake()
        raise ValueError

    monkeypatch.setattr(lms.worker.log, "exception", lambda *_: None)
    monkeypatch.setattr(worker, "work", fault)
    worker.run()
    assert met == ["fault", "fault"]


def test_it_takes_away_what_was_left_lying(site, worker):
    uploads = site.settings.uploads
    (uploads / "stray").mkdir(parents=True)
    (uploads / "stray.zip").write_bytes(b"of a worker that was killed")
    for stray in uploads.iterdir():
        os.utime(stray, (0, 0))
    worker._sweep()
    worker._sweep()
    assert list(uploads.iterdir()) == []


def test_files_of_transactions_that_a_power_cut_ended_are_taken_away(site):
    folder = Path(site.database.storage.temporaryDirectory())
    (folder / "BUCleft").write_bytes(b"a name")
    (folder / "kept").mkdir()
    now = datetime.now(UTC)
    sweep_unfinished(folder, now)
    assert (folder / "BUCleft").exists()
    sweep_unfinished(folder, now + timedelta(hours=2))
    assert [path.name for path in folder.iterdir() if path.is_file()] == []
    assert (folder / "kept").is_dir()


def test_only_data_in_files_have_their_worker_in_the_sites_own_process(site, request):
    found = beside(site.database, site.settings)
    assert (found is not None) == ("filestorage" in request.node.name)


def test_a_fault_when_it_begins_does_not_end_it(site, worker, monkeypatch, caplog):
    """A full disk, say: it frees what was taken as soon as it can."""
    done, transact = [], worker.transact
    kinds(monkeypatch, lambda _desk, subject, _settings: (done.append(subject), worker.close()))
    ask(site)
    with site.write() as root:
        outbox.take(root["site"].outbox, "a worker that is gone", datetime.now(UTC))

    def fail_once(work):
        worker.transact = transact
        worker.wake()
        raise OSError

    worker.transact = fail_once
    with caplog.at_level(logging.CRITICAL):
        worker.run()
    assert done == ["it"]


def test_an_attempt_that_cannot_be_closed_is_in_nobody_elses_way(site, monkeypatch):
    with site.write() as root:
        found = root["site"]
        quiz = add_quiz(found, [TRUTH], Settings(seconds=60))
        for learner in ("one", "two"):
            start(found.bank, quiz, learner, (), NOW, random=Random(learner))
        broken = min(quiz.open)
    close_one = quiz_results.close

    def close(site, *, attempt_id, **more):
        if attempt_id == broken:
            raise ValueError
        close_one(site, attempt_id=attempt_id, **more)

    logged = []
    monkeypatch.setattr(lms.worker.log, "exception", lambda *words: logged.append(words))
    monkeypatch.setattr(quiz_results, "close", close)
    site.worker.close_overdue()

    assert len(logged) == 1
    with site.write() as root:
        assert list(root["site"].quizzes["quiz"].open) == [broken]


def test_an_attempt_that_a_learner_left_open_is_handed_in_at_its_deadline(site):
    with site.write() as root:
        found = root["site"]
        quiz = add_quiz(found, [TRUTH], Settings(seconds=60))
        learner = found.people.by_username("member").learner_id
        attempt = start(found.bank, quiz, learner, (), NOW, random=Random(1))
        right = "1" if TRUTH.right else "2"
        save(attempt, 0, revision=0, posted={"answer": [right]}, now=NOW)

    site.worker.close_overdue()

    with site.write() as root:
        quiz = root["site"].quizzes["quiz"]
        (attempt,) = attempts_of(quiz, learner)
        assert (attempt.state, attempt.finished) == ("finished", NOW + timedelta(seconds=60))
        assert attempt.answers[0].fraction == "1"
        assert not quiz.open


def test_a_quiz_is_closed_on_time_while_a_long_job_rests(site):
    with site.write() as root:
        found = root["site"]
        quiz = add_quiz(found, [TRUTH], Settings(seconds=60))
        start(found.bank, quiz, "one", (), NOW, random=Random(1))

    site.worker.pause(0)

    with site.write() as root:
        assert list(root["site"].quizzes["quiz"].open) == []
