"""Every type of question can be edited in a form, and what nobody touches stays as it is."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.bank import editor, fields, pictures
from assessments.bank.editor import Upload
from assessments.questions.base import Hint
from assessments.questions.choice import Choice
from assessments.questions.html import Html
from assessments.questions.plain import KINDS
from tests.assessments.examples import (
    CLOZE,
    EXAMPLES,
    FILES,
    FORMULA,
    GAPS,
    HOTSPOT,
    LABELS,
    MATCHING,
    MORE,
    NUMERICAL,
    SHORT,
    SINGLE,
    TRUTH,
    png,
)

QUESTIONS = {**EXAMPLES, **MORE}
PICTURE = png(30, 20, [])


def form_of(question, **changes):
    """The form of a question as a browser sends it, with some fields changed."""
    texts = {**editor.opened(question), **changes}
    return {name: text for name, text in texts.items() if text != ""} | changes


def edit(question, files=FILES, **changes):
    return editor.edited(question.kind, form_of(question, **changes), question, files)


def words(errors):
    return {name: message.interpolate() for name, message in errors.items()}


def test_there_is_a_form_for_every_type():
    assert set(EXAMPLES) == set(KINDS)
    for kind in KINDS:
        assert editor.blank(kind)["name"] == ""


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_that_is_opened_and_saved_untouched_is_the_same(name):
    question = QUESTIONS[name]

    edited = edit(question)

    assert edited.errors == {}
    assert edited.problems == []
    assert edited.question == question
    assert edited.files == FILES


def test_what_a_person_marks_is_not_asked_about_tries_and_keeps_what_a_file_said_of_them():
    essay = replace(EXAMPLES["essay"], penalty=Fraction(1, 2), hints=(Hint(Html("Think.")),))

    assert not {"penalty", "hints-0-html"} & set(editor.opened(essay))
    assert edit(essay).question == essay


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_can_be_written_anew_from_what_its_form_shows(name):
    question = QUESTIONS[name]
    texts = {key: text for key, text in form_of(question).items() if not key.endswith("-was")}

    edited = editor.edited(question.kind, texts, None, FILES)

    assert edited.good
    again = editor.opened(edited.question)
    assert {**again, "kept": ""} == {**editor.opened(question), "kept": ""}


def test_a_changed_answer_keeps_its_key_and_an_empty_row_is_taken_out():
    edited = edit(
        SINGLE,
        **{"choices-0-html": "Who I am", "choices-1-html": "", "choices-1-fraction": "0"},
        **{"choices-1-feedback": ""},
    )
    assert [choice.key for choice in edited.question.choices] == ["who", "what", "none"]
    assert edited.question.choices[0].html == "Who I am"


def test_a_new_answer_gets_a_key_of_its_own():
    edited = edit(SINGLE, **{"choices-4-html": "I **listen**", "choices-4-fraction": "33.33333"})
    new = edited.question.choices[4]
    assert new == Choice(new.key, Html("I <strong>listen</strong>"), Fraction(1, 3))
    assert new.key not in {choice.key for choice in SINGLE.choices}


def test_rows_can_be_added_and_moved_with_nothing_lost():
    texts = fields.more_rows(form_of(SINGLE), "choices")
    assert texts["choices-rows"] == "8"
    texts = fields.moved_up(texts, "choices", 1)
    assert texts["choices-0-was"] == "1"
    assert texts["choices-1-was"] == "0"
    edited = editor.edited("choice", texts, SINGLE, {})
    keys = [choice.key for choice in edited.question.choices]
    assert keys == ["rules", "who", "what", "none"]


@pytest.mark.parametrize("number", [0, 99])
def test_the_first_row_and_one_that_is_not_there_stay_where_they_are(number):
    texts = form_of(SINGLE)
    assert fields.moved_up(texts, "choices", number) == texts


def test_translations_go_with_the_texts_that_they_translate():
    texts = fields.moved_up(form_of(SINGLE), "choices", 1)
    question = editor.edited("choice", texts, SINGLE, {}).question
    assert question.translations["fr"]["choices/1/html"].startswith("Qui je suis")

    gone = edit(
        SINGLE,
        **{"choices-0-html": "", "choices-0-fraction": "0", "choices-0-feedback": ""},
        **{"choices-1-fraction": "100"},
    ).question
    assert set(gone.translations["fr"]) == {"body"}


def test_translations_of_hints_follow_their_words():
    hints = (SINGLE.hints[0], replace(SINGLE.hints[0], html=Html("Second")))
    question = replace(SINGLE, hints=hints, translations={"fr": {"hints/1/html": "Deux"}})
    moved = fields.moved_up(form_of(question), "hints", 1)
    edited = editor.edited("choice", moved, question, {})
    assert edited.question.translations == {"fr": {"hints/0/html": "Deux"}}


@pytest.mark.parametrize(
    ("question", "name", "text", "says"),
    [
        (SINGLE, "name", " ", "Fill in"),
        (SINGLE, "body", "", "Fill in"),
        (SINGLE, "choices-0-fraction", "much", "percentage"),
        (SINGLE, "mark", "one", "number"),
        (SINGLE, "most", "1.5", "whole number"),
        (SINGLE, "numbering", "roman", "Choose one"),
        (SINGLE, "feedback", "![](files/a.png)", "has no words"),
        (HOTSPOT, "areas-0-coords", "1 2 x", "numbers"),
        (HOTSPOT, "picture-alt", "", "Fill in"),
        (HOTSPOT, "picture-file", "", "Fill in"),
        (HOTSPOT, "picture-file", "other.png", "Choose a picture"),
        (NUMERICAL, "answers-0-error", "-", "number"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_stays_as_it_was_typed(
    question, name, text, says
):
    edited = edit(question, **{name: text})
    assert not edited.good
    assert says in words(edited.errors)[name]
    assert edited.texts.get(name, "") == text


@pytest.mark.parametrize(
    ("question", "changes", "says"),
    [
        (SINGLE, {"choices-0-fraction": "50"}, "100 %"),
        (NUMERICAL, {"answers-0-value": "three"}, "is not a number"),
        (CLOZE, {"gaps-0-answers-0-text": "eight"}, "is not a number"),
        (CLOZE, {"body": "No gap"}, "has no place"),
        (GAPS, {"words-1-places": "1"}, "Two words belong"),
        (LABELS, {"words-0-places": "roof"}, "There is no place"),
        (FORMULA, {"rows": "1 2"}, "not one number for each"),
    ],
)
def test_what_does_not_fit_together_is_said_in_words(question, changes, says):
    edited = edit(question, **changes)
    assert not edited.good
    assert any(says in problem.interpolate() for problem in edited.problems)


def test_a_mark_may_be_a_fraction_and_has_a_default():
    assert edit(TRUTH, mark="2/3").question.mark == Fraction(2, 3)
    assert edit(TRUTH, mark="").question.mark == 1
    assert edit(TRUTH, penalty="").question.penalty == Fraction(1, 3)


def test_pairs_may_share_an_answer_and_a_changed_answer_stays_itself():
    edited = edit(MATCHING, **{"pairs-1-right": "Physiotherapist", "pairs-2-right": "Therapist"})
    pairs, answers = edited.question.pairs, edited.question.answers
    assert [pair.answer for pair in pairs] == ["physio", "physio", "psych"]
    assert [(each.key, each.html) for each in answers] == [
        ("physio", "Physiotherapist"),
        ("psych", "Therapist"),
        ("cook", "Cook"),
    ]


def test_a_gap_may_become_another_kind():
    edited = edit(
        CLOZE,
        **{"gaps-2-kind": "choice", "gaps-0-kind": "short", "gaps-0-answers-0-text": "eight"},
        **{"gaps-1-case": "1"},
    )
    kinds = [gap.question.kind for gap in edited.question.gaps]
    assert kinds == ["short", "choice", "choice", "choice"]
    assert edited.question.gaps[0].question.answers[0].text == "eight"


def test_sets_of_values_are_lines_of_numbers():
    variables = len(FORMULA.variables)
    line = "; ".join(["16.5"] * variables)
    edited = edit(FORMULA, rows=f"{line}\n\n")
    assert edited.question.rows == ((Decimal("16.5"),) * variables,)


def test_a_lone_star_is_every_other_number():
    edited = edit(NUMERICAL, **{"answers-3-value": "*", "answers-3-feedback": "No"})
    assert edited.question.answers[3].value is None


def test_stars_of_short_answers_are_left_alone():
    assert edit(SHORT, **{"answers-0-text": "Istan*"}).question.answers[0].text == "Istan*"


def test_a_picture_is_added_with_its_words_at_the_end_of_the_text():
    edited = edit(
        TRUTH,
        files={},
        **{"upload:file-0": Upload("C:\\My Room.PNG", PICTURE), "file-0-alt": "A [small] room"},
    )
    assert edited.good
    assert list(edited.files) == ["c-my-room.png"]
    assert '<img src="files/c-my-room.png" alt="A (small) room">' in edited.question.body


def test_a_picture_without_words_is_asked_for_them_and_is_not_lost():
    edited = edit(TRUTH, files={}, **{"upload:file-0": Upload("room.png", PICTURE)})
    assert set(edited.errors) == {"file-0-alt", "body"}

    again = {**edited.texts, "body": edited.texts["body"].replace("![]", "![A room]")}
    edited = editor.edited("truth", again, TRUTH, {})

    assert edited.good
    assert edited.files["room.png"].content == PICTURE


def test_a_picture_that_the_text_shows_already_is_not_put_there_twice():
    body = "![A room](files/room.png) Where?"
    upload = Upload("room.png", PICTURE)
    edited = edit(TRUTH, files={}, body=body, **{"upload:file-0": upload, "file-0-alt": "A room"})
    assert edited.question.body.count("<img") == 1


def test_the_files_of_an_item_of_qti_are_named_in_its_xml():
    upload = Upload("room.png", PICTURE)
    edited = edit(EXAMPLES["qti"], files={}, **{"upload:file-0": upload, "file-0-alt": "A room"})
    assert list(edited.files) == ["room.png"]
    assert edited.question == EXAMPLES["qti"]


def test_a_row_is_there_as_soon_as_something_in_it_is_filled_in():
    edited = edit(EXAMPLES["essay"], **{"rubric-2-levels-0-points": "3"})
    assert len(edited.question.rubric) == 3


def test_a_sound_is_added_with_its_buttons():
    edited = edit(TRUTH, files={}, **{"upload:file-1": Upload("bell.mp3", b"ID3 a bell")})
    assert 'controls="" src="files/bell.mp3"' in edited.question.body


def test_the_same_file_is_kept_once_and_one_of_the_same_name_gets_another():
    upload = Upload("room.png", FILES["room.png"].content)
    once = edit(HOTSPOT, **{"upload:file-0": upload, "file-0-alt": "A room"})
    assert list(once.files) == ["room.png"]
    other = Upload("room.png", PICTURE)
    twice = edit(HOTSPOT, **{"upload:picture-file": other})
    assert list(twice.files) == ["room.png", "room-2.png"]
    assert twice.question.picture.file == "room-2.png"
    assert (twice.question.picture.width, twice.question.picture.height) == (30, 20)


def test_a_file_is_taken_out():
    edited = edit(TRUTH, files=FILES, **{"drop-room.png": "1"})
    assert edited.files == {}


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"MZ a program", "cannot be shown"), (b"ID3" + bytes(pictures.LARGEST), "larger than")],
)
def test_a_file_that_cannot_be_shown_is_refused(content, says):
    upload = Upload("room.png", content)
    edited = edit(TRUTH, files={}, **{"upload:file-0": upload})
    assert says in words(edited.errors)["file-0"]
    edited = edit(HOTSPOT, **{"upload:picture-file": upload})
    assert says in words(edited.errors)["picture-file"]


def test_a_question_has_so_many_files_and_no_more():
    files = {f"f{number}.png": FILES["room.png"] for number in range(editor.MOST_FILES)}
    edited = edit(TRUTH, files=files, **{"upload:file-0": Upload("new.png", PICTURE)})
    assert "too many" in words(edited.errors)["file-0"]


def test_what_no_form_of_ours_sends_back_is_passed_over():
    edited = edit(
        TRUTH,
        files={},
        **{"kept-0-name": "x.png", "kept-0-content": "%%%", "kept-1-name": "y.png"},
        **{"kept-1-content": "TVo=", "hints-rows": "many", "hints-0-was": "x"},
    )
    assert edited.good
    assert edited.files == {}


def test_a_list_that_somebody_claims_to_be_endless_is_cut():
    edited = edit(SINGLE, **{"choices-rows": "999999", "choices-150-was": "77777"})
    assert edited.good


def test_a_word_may_be_a_picture():
    edited = edit(
        LABELS, **{"words-4-places": "corner", "upload:words-4-file": Upload("lamp.png", PICTURE)}
    )
    word = edited.question.words[4]
    assert (word.file, word.html) == ("lamp.png", "lamp.png")
    assert edited.question.zones[3].right == word.key


def test_a_form_is_laid_out_with_its_rows_and_open_where_something_is_said():
    layout = editor.LAYOUTS["choice"]
    shown = {each.name: each for each in fields.laid_out(layout.form(), editor.opened(SINGLE))}
    assert len(shown["choices"].rows) == 6
    assert shown["said"].open
    texts = fields.more_rows(editor.opened(TRUTH), "hints")
    parts = fields.laid_out(editor.LAYOUTS["truth"].form(), texts)
    hints = next(each for each in parts if each.name == "hints")
    assert [was for _number, was, _parts in hints.rows] == ["", "", "", ""]


def test_a_row_that_a_form_has_not_had_yet_shows_what_is_usual():
    texts = fields.more_rows(editor.opened(GAPS), "words")
    parts = fields.laid_out(editor.LAYOUTS["gaps"].form(), texts)
    rows = next(each for each in parts if each.name == "words").rows
    by_name = {each.part.name: each.text for each in rows[-1][2]}
    assert by_name == {"html": "", "places": "", "group": "1", "unlimited": "1"}
