"""The printer: processes without a database, replaced when they end, and pages kept in memory."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from certificates.designs import Design
from certificates.fonts import MissingGlyphs
from certificates.keys import made
from certificates.pdf import printing, workers
from certificates.pdf.printer import Printer
from certificates.pdf.workers import Kind, PrintingFailed, Work, Workers
from papers import FOLDERS, NOW, RICH, order, seal_of

KEYS = made("Tutela", NOW)


@pytest.fixture(scope="module")
def pool():
    pool = Workers(FOLDERS, size=2)
    yield pool
    pool.close()


class Here:
    """Does in this process what workers do in theirs, where nothing counts the lines that run."""

    def do(self, work: Work) -> bytes:
        return workers._content(*workers.done(work, FOLDERS))


@pytest.fixture(params=["apart", "here"])
def printer(request):
    """A printer that keeps nothing from an earlier test."""
    apart = request.param == "apart"
    return Printer(FOLDERS, workers=request.getfixturevalue("pool") if apart else Here())


@pytest.fixture
def make_workers():
    """``make_workers(…)``: processes of their own, ended after the test."""
    all_of_them = []

    def make(**options) -> Workers:
        all_of_them.append(Workers((), **options))
        return all_of_them[-1]

    yield make
    for each in all_of_them:
        each.close()


def idle(pool: Workers) -> list:
    """The processes that wait for work, as they stand in the queue; None for one not begun."""
    return list(pool._places.queue)


def test_a_page_is_the_same_as_if_it_was_made_here(printer):
    assert printer.pdf(order(design=RICH), keys=None) == printing.render(
        order(design=RICH), FOLDERS
    )


def test_with_keys_it_is_sealed(printer):
    assert b"/ETSI.CAdES.detached" in printer.pdf(order(), keys=KEYS)


def test_a_preview_is_a_picture(printer):
    picture = printer.preview(order())
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert 1150 < width < 1300
    assert width > height


def test_a_missing_glyph_comes_back_as_such(printer):
    with pytest.raises(MissingGlyphs, match="fox face"):
        printer.pdf(order("🦊"), keys=None)
    with pytest.raises(MissingGlyphs, match="fox face"):
        printer.preview(order("🦊"))


def test_a_fault_is_told_by_kind_and_place_and_names_nobody(printer):
    broken = replace(order("Ana María", design=RICH), images={})
    with pytest.raises(PrintingFailed, match=r"KeyError \(contents.py, line \d+\)") as caught:
        printer.pdf(broken, keys=None)
    assert "Ana" not in str(caught.value)


def test_no_process_is_begun_before_there_is_work(make_workers):
    assert idle(make_workers(size=2)) == [None, None]


def test_there_are_as_many_processes_as_cores_but_few(make_workers):
    assert make_workers().size == min(4, len(os.sched_getaffinity(0)))


def test_a_process_that_ended_is_replaced_and_nobody_notices(make_workers):
    pool = make_workers(size=1)
    work = Work(Kind.PDF, order())
    first = pool.do(work)
    (worker,) = idle(pool)
    os.kill(worker.pid, signal.SIGKILL)
    assert pool.do(work) == first
    assert idle(pool)[0].pid != worker.pid


def test_one_that_does_not_answer_in_time_is_ended_and_the_next_told_so(make_workers):
    pool = make_workers(size=1, patience=0.001)
    with pytest.raises(PrintingFailed, match="Nothing is lost"):
        pool.do(Work(Kind.PDF, order()))
    assert idle(pool) == [None]


def test_who_waits_too_long_for_a_process_is_told_so(make_workers):
    pool = make_workers(size=1, patience=0.001)
    pool._places.get()
    with pytest.raises(PrintingFailed, match="Many certificates"):
        pool.do(Work(Kind.PDF, order()))


def test_what_holds_a_key_is_replaced_when_it_is_to_be_let_go_of(make_workers):
    pool = make_workers(size=1)
    printer = Printer((), workers=pool)
    printer.pdf(order(), keys=KEYS)
    (worker,) = idle(pool)
    printer.let_go()
    assert idle(pool) == [None]
    with pytest.raises(ProcessLookupError):
        os.kill(worker.pid, 0)
    assert printer.pdf(order(code="other"), keys=KEYS).startswith(b"%PDF")


def test_and_what_is_at_work_when_its_page_is_done(make_workers, monkeypatch):
    pool = make_workers(size=1)
    ask = workers.Worker.ask

    def renewed_meanwhile(worker, *given):
        pool.renew()
        return ask(worker, *given)

    monkeypatch.setattr(workers.Worker, "ask", renewed_meanwhile)
    assert pool.do(Work(Kind.PDF, order())).startswith(b"%PDF")
    assert idle(pool) == [None]


def test_after_the_end_there_is_nothing_more(make_workers):
    pool = make_workers(size=1)
    pool.do(Work(Kind.PDF, order()))
    (worker,) = idle(pool)
    pool.close()
    assert idle(pool) == [None]
    with pytest.raises(ProcessLookupError):
        os.kill(worker.pid, 0)
    with pytest.raises(PrintingFailed):
        pool.do(Work(Kind.PDF, order()))


def test_many_threads_print_at_once(printer):
    orders = [order(f"Ana {n}") for n in range(12)]
    with ThreadPoolExecutor(6) as threads:
        pages = list(threads.map(lambda each: printer.pdf(each, keys=None), orders))
    assert pages == [printing.render(each, FOLDERS) for each in orders]


class Counted:
    """Counts what is really made."""

    def __init__(self):
        self.done = 0

    def do(self, work: Work) -> bytes:
        self.done += 1
        return b"x" * 100

    def close(self):
        self.closed = True


def test_the_same_order_is_made_once():
    counted = Counted()
    printer = Printer((), workers=counted)
    for _time in range(3):
        printer.pdf(order(), keys=None)
    assert counted.done == 1


@pytest.mark.parametrize(
    "other",
    [
        order("Eva"),
        order(title="Another"),
        order(design=Design(layout="band")),
        order(expired=True),
        order(attachment="{}"),
    ],
    ids=["name", "title", "design", "expired", "attachment"],
)
def test_another_order_is_made_anew(other):
    counted = Counted()
    printer = Printer((), workers=counted)
    printer.pdf(order(), keys=None)
    printer.pdf(other, keys=None)
    assert counted.done == 2


def test_so_is_one_with_another_image_other_keys_or_as_a_preview():
    counted = Counted()
    printer = Printer((), workers=counted)
    rich = order(design=RICH)
    printer.pdf(rich, keys=None)
    printer.pdf(replace(rich, images={**rich.images, "seal": b"other"}), keys=None)
    printer.pdf(rich, keys=KEYS)
    printer.pdf(rich, keys=made("Tutela", NOW))
    printer.preview(rich)
    assert counted.done == 5


def test_little_is_kept_and_what_was_used_last_stays_longest():
    counted = Counted()
    printer = Printer((), room=250, workers=counted)
    for name in ("A", "B", "A", "C", "A"):
        printer.pdf(order(name), keys=None)
    assert counted.done == 3
    printer.pdf(order("B"), keys=None)
    assert counted.done == 4


def test_a_printer_that_is_closed_forgets_its_pages():
    counted = Counted()
    printer = Printer((), workers=counted)
    printer.pdf(order(), keys=None)
    printer.close()
    printer.pdf(order(), keys=None)
    assert counted.closed
    assert counted.done == 2


def test_a_process_serves_until_nobody_asks(tmp_path):
    """The other side of the pipe, told in its own words."""
    request = pickle.dumps(Work(Kind.PDF, order("🦊"), seal_of(KEYS)))
    framed = b"?" + len(request).to_bytes(8, "big") + request
    told = subprocess.run(
        [sys.executable, "-c", workers.PROGRAM, "[]"],
        input=framed * 2,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        cwd=tmp_path,
    )
    answer = "🦊".encode()
    assert told.returncode == 0
    assert told.stdout == (b"g" + len(answer).to_bytes(8, "big") + answer) * 2
    assert list(tmp_path.iterdir()) == []


def test_closing_while_a_page_is_made_ends_the_process_afterwards(make_workers, monkeypatch):
    pool = make_workers(size=1)
    asked, closed = threading.Event(), threading.Event()

    class Slow:
        ended = False

        def __init__(self, _folders):
            pass

        def ask(self, _request, _patience):
            asked.set()
            assert closed.wait(10)
            return b"+", b"page"

        def end(self):
            Slow.ended = True

    monkeypatch.setattr(workers, "Worker", Slow)
    with ThreadPoolExecutor(1) as threads:
        page = threads.submit(pool.do, Work(Kind.PDF, order()))
        assert asked.wait(10)
        pool.close()
        closed.set()
        assert page.result() == b"page"
    assert Slow.ended
