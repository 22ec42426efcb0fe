"""Files that are handed in with an answer."""

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.attempts.files import MOST, NAME, TAKEN_OUT, FileRefused, attach, called, detach
from assessments.attempts.finish import finish
from assessments.attempts.history import entries
from assessments.attempts.save import Kept, Saved, save
from assessments.attempts.shown import ShownFile, shown
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html
from tests.assessments.attempts.making import MINUTE, NOW, SECOND, World, single

PDF = "application/pdf"


def essay(**more):
    more.setdefault("types", (PDF,))
    return EssayQuestion(name="letter", body=Html("Write."), files=2, size=100, **more)


def begun(**more):
    return World(essay(**more)).begin()


def hand_in(attempt, name="letter.pdf", content=b"%PDF", now=NOW, media_type=PDF):
    return attach(attempt, 0, name, media_type, content, now, random=Random(name))


def files(attempt):
    return shown(attempt, 0, NOW).files


def test_a_file_is_part_of_the_answer():
    attempt = begun()

    assert hand_in(attempt) == Saved(1, NOW, True)

    (file,) = files(attempt)
    assert file == ShownFile(file.id, "letter.pdf", PDF, 4)
    assert attempt.answers[0].files[file.id].read() == b"%PDF"


@pytest.mark.parametrize(
    "said", ["", "text", "text/日本", "text/ü", "text/plain\tx", "text/a\nb", "x/" + "x" * 3000]
)
def test_what_is_no_type_of_a_file_is_unknown_content(said):
    attempt = begun(types=())
    hand_in(attempt, media_type=said)

    assert [file.type for file in files(attempt)] == ["application/octet-stream"]


def test_saving_the_text_leaves_the_files_as_they_are():
    attempt = begun()
    hand_in(attempt)

    save(attempt, 0, revision=1, posted={"text": ["Dear colleague"]}, now=NOW)

    answer = attempt.answers[0]
    assert answer.revision == 2
    assert len(files(attempt)) == 1
    assert ("Dear colleague",) in answer.response.values()


def test_no_page_can_name_another_file_into_an_answer():
    attempt = begun()
    hand_in(attempt)
    controls = attempt.answers[0].version.question.ask({}).controls

    save(
        attempt,
        0,
        revision=1,
        posted={control.name: ["0" * 32] for control in controls[1:]},
        now=NOW,
    )

    assert len(files(attempt)) == 1


def test_the_same_file_sent_twice_is_there_once():
    attempt = begun()
    hand_in(attempt)

    assert hand_in(attempt, now=NOW + SECOND) == Saved(1, NOW, False)
    assert len(attempt.answers[0].files) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"content": b""}, "empty"),
        ({"content": b"x" * 101}, "0.0001 MB"),
        ({"media_type": "text/html"}, "type"),
    ],
)
def test_what_the_question_does_not_take_is_refused_with_the_reason(change, words):
    attempt = begun()

    with pytest.raises(FileRefused) as refused:
        hand_in(attempt, **change)

    assert words in refused.value.args[0].interpolate()
    assert not attempt.answers[0].files


def test_where_no_type_is_named_any_is_taken():
    assert hand_in(begun(types=()), media_type="text/plain; charset=utf-8").changed


def test_no_more_files_than_the_question_takes():
    attempt = begun()
    hand_in(attempt, "one.pdf")
    hand_in(attempt, "two.pdf")

    with pytest.raises(FileRefused):
        hand_in(attempt, "three.pdf")


def test_a_question_without_files_takes_none():
    attempt = World(single()).begin()

    with pytest.raises(FileRefused):
        hand_in(attempt)
    with pytest.raises(FileRefused):
        attach(begun(), 0, "a.pdf", PDF, b"%PDF", NOW, random=Random(1), control="another")


def test_taking_out_what_is_not_there_changes_nothing():
    attempt = begun()
    hand_in(attempt)
    save(attempt, 0, revision=1, posted={"text": ["not a file"]}, now=NOW)

    for key in ("nothing", "not a file"):
        assert detach(attempt, 0, key, NOW) == Saved(2, NOW, False)


def test_a_file_can_be_taken_out_and_stays_in_the_history():
    attempt = begun()
    hand_in(attempt)
    (file,) = files(attempt)

    assert detach(attempt, 0, file.id, NOW).changed

    assert files(attempt) == ()
    assert attempt.answers[0].response == {}
    assert file.id in next(entries(attempt.answers[0])).response.popitem()[1]
    assert attempt.answers[0].files[file.id].read() == b"%PDF"


def test_one_of_two_files_can_be_taken_out():
    attempt = begun()
    hand_in(attempt, "one.pdf")
    hand_in(attempt, "two.pdf")
    detach(attempt, 0, files(attempt)[0].id, NOW)

    assert [file.name for file in files(attempt)] == ["two.pdf"]


def test_a_file_is_taken_out_also_when_its_id_was_written_as_the_text():
    attempt = begun()
    hand_in(attempt)
    (file,) = files(attempt)
    save(attempt, 0, revision=1, posted={"text": [file.id]}, now=NOW)

    assert detach(attempt, 0, file.id, NOW).changed

    assert attempt.answers[0].response == {"text": (file.id,)}
    assert files(attempt) == ()


def test_of_what_was_taken_out_long_ago_the_content_is_let_go_of():
    attempt = begun()
    for number in range(TAKEN_OUT + 3):
        hand_in(attempt, f"{number}.pdf", f"%PDF{number}".encode(), NOW + number * SECOND)
        detach(attempt, 0, files(attempt)[0].id, NOW + number * SECOND)
    hand_in(attempt, "last.pdf")

    kept = sorted(attempt.answers[0].files.values(), key=lambda file: file.name)
    contents = {file.name: file.read() for file in kept}
    assert contents["0.pdf"] is contents["1.pdf"] is contents["2.pdf"] is None
    assert contents["3.pdf"] == b"%PDF3"
    gone = next(file for file in kept if file.name == "0.pdf")
    assert (gone.size, gone.sha256) == (5, hashlib.sha256(b"%PDF0").hexdigest())


def test_a_file_that_comes_too_late_is_kept_and_does_not_count():
    attempt = begun()
    finish(attempt, now=NOW)

    assert isinstance(hand_in(attempt, now=NOW + MINUTE), Kept)
    assert files(attempt) == ()
    assert len(attempt.answers[0].files) == 1


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("letter.pdf", "letter.pdf"),
        (r"C:\Documents\my letter.pdf", "my letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\0.pdf", "a b .pdf"),
        ("", "file"),
        ("..", "file"),
        ("é" * 200 + ".pdf", "é" * (NAME - 4) + ".pdf"),
        ("x." + "y" * 200, "x." + "y" * (NAME - 2)),
        ("رسالة.pdf", "رسالة.pdf"),
    ],
)
def test_names_of_files_lose_what_no_name_needs(name, better):
    assert called(name) == better


@given(st.text())
def test_every_name_is_short_printable_and_in_no_folder(name):
    found = called(name)

    assert 0 < len(found) <= NAME
    assert found.isprintable()
    assert not set("/\\") & set(found)


def test_nobody_fills_the_disk_by_handing_in_and_taking_out():
    attempt = begun()
    for number in range(MOST):
        hand_in(attempt, name=f"{number}.pdf", content=f"%PDF {number}".encode())
        (file,) = files(attempt)
        detach(attempt, 0, file.id, NOW)

    with pytest.raises(FileRefused):
        hand_in(attempt, name="one more.pdf")
    assert len(attempt.answers[0].files) == MOST
