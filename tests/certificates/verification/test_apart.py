"""Strangers' files are read where they can do no harm. What a file may do to a reader, its program
does here in its place."""

import os
import threading

import pytest

from certificates.verification import apart, problems
from certificates.verification.apart import PROGRAM, Busy, Readers
from certificates.verification.reading import trust_of


@pytest.fixture
def begin():
    """``begin(lines)``: readers whose way of answering is a function ``answer(sent, trust)``."""
    begun = []

    def readers(lines: str = "", **options) -> Readers:
        before = "import certificates.verification.reading as reading\n"
        taken = "reading.answer = answer\n" if lines else ""
        begun.append(Readers(program=f"{before}{lines}\n{taken}{PROGRAM}", **options))
        return begun[-1]

    yield readers
    for each in begun:
        each.close()


def answering(body: str) -> str:
    return f"import os, socket, subprocess, time\ndef answer(sent, trust):\n    {body}\n"


@pytest.fixture(scope="module")
def obedient():
    """Does what a file says: ``obedient(body)`` with the body of the function."""
    run = "names = {}; exec(sent.decode(), names); return names['answer'](sent, trust)"
    program = f"import certificates.verification.reading as reading\n{answering(run)}"
    readers = Readers(program=f"{program}\nreading.answer = answer\n{PROGRAM}")
    yield lambda body: readers.read(answering(body).encode(), {})
    readers.close()


@pytest.mark.parametrize("form", ["pdf", "png", "svg", "json", "jwt"])
def test_each_form_is_read_within_the_limits(prints, begin, form):
    office, certificate, forms = prints
    assert begin().read(forms[form], trust_of(office.ring)) == certificate.code


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (b"%PDF-1.7", problems.NotOurs),
        (b"<svg/>", problems.Unreadable),
        (b'{"issuer": "did:web:learn.example.org", "proof": []}', problems.Altered),
    ],
)
def test_why_a_file_proves_nothing_is_told(prints, begin, sent, problem):
    office, _certificate, _forms = prints
    with pytest.raises(problem):
        begin().read(sent, trust_of(office.ring))


@pytest.mark.parametrize(
    "body",
    [
        "bytearray(600 * 1024 * 1024); return {'code': 'x'}",
        "os._exit(3)",
        "os.kill(os.getpid(), 11)",
        "raise SystemExit",
        "open('/tmp/written-by-a-file', 'w').write('x' * 9999); return {'code': 'x'}",
        "[os.open('/dev/null', 0) for _ in range(1000)]; return {'code': 'x'}",
        "raise ValueError",
    ],
)
def test_a_file_that_wants_more_than_it_may_have_cannot_be_read(obedient, body):
    reader = obedient("return {'code': str(os.getppid())}")
    with pytest.raises(problems.Unreadable):
        obedient(body)
    assert obedient("return {'code': str(os.getppid())}") == reader


@pytest.mark.parametrize(
    "body",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 443)",
        "socket.socket(socket.AF_UNIX).connect('/tmp/x')",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "__import__('urllib.request').request.urlopen('file:///etc/passwd')",
    ],
)
def test_nothing_leads_out_of_the_process(obedient, body):
    caught = (
        f"\n    try: {body}\n    except PermissionError as error: return {{'code': str(error)}}"
    )
    assert obedient(caught).startswith("Nothing here may do this: ")


def test_the_limits_are(obedient):
    """Of addresses, seconds of computing, open files, octets written and octets of a core dump."""
    names = "RLIMIT_AS RLIMIT_CPU RLIMIT_NOFILE RLIMIT_FSIZE RLIMIT_CORE"
    body = (
        "import resource as r; "
        f"return {{'code': str([r.getrlimit(getattr(r, name)) for name in {names!r}.split()])}}"
    )
    limits = [536870912, 1, 64, 0, 0]
    assert obedient(body) == str([(most, most) for most in limits])


def test_a_file_that_computes_for_ever_is_given_up(obedient):
    with pytest.raises((problems.Unreadable, Busy)):
        obedient("\n    while True: pass")


def test_a_file_that_only_waits_is_given_up(obedient):
    """It may be the machine that is slow, so that nothing bad is said of the file."""
    with pytest.raises(Busy):
        obedient("time.sleep(600)")


def test_nothing_of_one_file_is_left_for_the_next(begin):
    count = answering(
        "reading.seen = getattr(reading, 'seen', 0) + 1; return {'code': str(reading.seen)}"
    )
    readers = begin(count, at_once=1)
    assert [readers.read(b"x", {}) for _ in range(3)] == ["1", "1", "1"]


def test_a_reader_that_died_is_begun_anew(begin):
    readers = begin(answering("return {'code': str(os.getppid())}"), at_once=1)
    first = readers.read(b"x", {})
    os.kill(int(first), 9)
    readers._all[0].process.wait()
    with pytest.raises(Busy):
        readers.read(b"x", {})
    assert readers.read(b"x", {}) != first


def test_a_reader_that_talks_nonsense_is_begun_anew(begin):
    readers = begin(answering("os.write(1, b'nonsense\\n'); return {'code': 'x'}"), at_once=1)
    with pytest.raises(Busy):
        readers.read(b"x", {})


def test_secrets_of_the_site_are_not_in_its_environment(begin, monkeypatch):
    monkeypatch.setenv("TUTELA_SECRET", "a secret of the test")
    readers = begin(answering("return {'code': ' '.join(os.environ)}"))
    assert "TUTELA_SECRET" not in readers.read(b"x", {})


def test_more_files_than_can_be_read_at_once_are_told_to_come_again(begin, tmp_path):
    """One is being read, until the test lets it go."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    readers = begin(answering(f"open({str(pipe)!r}).read(); return {{'code': 'x'}}"), at_once=1)
    got = []
    first = threading.Thread(target=lambda: got.append(readers.read(b"x", {})))
    first.start()
    with pipe.open("w"), pytest.raises(Busy):  # opens when the other end does: it is being read
        readers.read(b"y", {})
    first.join()
    assert got == ["x"]


def test_closing_ends_the_processes(begin):
    readers = begin(answering("return {'code': str(os.getppid())}"))
    reader = int(readers.read(b"x", {}))
    readers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(reader, 0)


def test_they_can_be_begun_before_anybody_comes(begin):
    readers = begin(answering("return {'code': str(os.getppid())}"))
    readers.begin()
    idle = [readers._idle.get() for _reader in readers._all]
    assert all(each.process is not None for each in idle)
    for each in idle:
        readers._idle.put(each)
    assert readers.read(b"x", {}) in {str(each.process.pid) for each in idle}


def test_whoever_comes_while_they_begin_is_served(begin):
    readers = begin(answering("return {'code': 'x'}"))
    readers.begin()
    assert readers.read(b"x", {}) == "x"


def test_then_nobody_waits_for_one_that_has_ended(begin):
    """It comes back when it has loaded all it needs."""
    readers = begin(answering("os.kill(os.getppid(), 9); time.sleep(9)"), at_once=1)
    readers.begin()
    reader = readers._idle.get()
    first = reader.process
    readers._idle.put(reader)
    with pytest.raises(Busy):
        readers.read(b"x", {})
    assert readers._idle.get() is reader
    assert reader.process not in (None, first)
    readers._idle.put(reader)


def test_who_has_waited_for_their_turn_has_less_time(begin, monkeypatch):
    monkeypatch.setattr(apart, "ALTOGETHER", 0.0)
    readers = begin(answering("time.sleep(9)"), at_once=1)
    with pytest.raises(Busy):
        readers.read(b"x", {})
    assert readers._all[0].process.poll() is None
