"""The statistics for a spreadsheet."""

import csv
import io
from dataclasses import replace
from fractions import Fraction

from translationstring import TranslationString

from assessments.statistics import table
from assessments.statistics.analysis import analyse
from assessments.statistics.attempts import Response
from assessments.statistics.certainty import analyse_certainty
from assessments.statistics.gain import paired_gain
from marksheets import answering, attempts

RIGHT, WRONG = (Response("", model, credit=Fraction(model == "A")) for model in "AB")


def say(sentence: TranslationString) -> str:
    """The sentence, said to be translated."""
    assert isinstance(sentence, TranslationString)
    return f"<{sentence.interpolate()}>"


def plain(sentence: TranslationString) -> str:
    return sentence.interpolate()


def named(rows):
    """Each row by the names of its columns."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_quiz_has_one_figure_in_each_row():
    rows = table.quiz_table(analyse(attempts([1, 1], [0, 1]), fewest=1), plain)

    assert rows[0] == ["Figure", "Value"]
    assert ["Mean mark", "1.5"] in rows
    assert ["Kurtosis", "Too few attempts to say."] in rows
    assert {len(row) for row in rows} == {2}


def test_a_question_is_named_by_its_title_and_a_negative_figure_stays_a_number():
    quiz = analyse(attempts([1, 0, 0], [1, 0, 0], [0, 1, 1], [0, 1, 1]), fewest=1)

    first, second, _third = named(table.question_table(quiz, {"item 1": "Of rights"}, plain))

    assert (first["Position"], first["Question"]) == ("1", "Of rights")
    assert second["Question"] == "item 2"
    assert first["Discrimination index (%)"] == "-100.0"
    assert second["Effective weight (%)"] == "50.0"


def test_below_a_random_place_stand_the_questions_drawn():
    one, other = answering(RIGHT, item="one"), answering(WRONG, item="other")

    rows = named(
        table.question_table(analyse([*one, replace(other[0], learner="2")], fewest=1), {}, plain)
    )

    assert [row["Question"] for row in rows] == ["(several)", "one", "other"]
    assert rows[0]["Intended weight (%)"] == "100.0"
    assert rows[1]["Intended weight (%)"] == ""


def test_answers_are_told_apart_in_words():
    own = Response("gap", "*", "perhaps", credit=Fraction(0))
    part = Response("gap", "yes", credit=Fraction(1))
    unkeyed = Response("gap", "maybe")

    rows = named(
        table.choice_table(
            analyse(answering(own, part, unkeyed, None), fewest=1), {"item": "Title"}, plain
        )
    )

    assert [
        (row["Part"], row["Answer looked for"], row["Answer as it was given"], row["Right"])
        for row in rows
    ] == [
        ("gap", "*", "perhaps", "no"),
        ("gap", "maybe", "", ""),
        ("gap", "yes", "", "yes"),
        ("gap", "(no answer)", "", "no"),
    ]
    assert {row["Question"] for row in rows} == {"Title"}


def test_what_is_kept_back_is_said_so():
    own = [Response("", "*", answer, credit=Fraction(0)) for answer in "xy"]

    rows = named(table.choice_table(analyse(answering(*own, *[RIGHT] * 9)), {}, plain))

    others = next(row for row in rows if row["Answer looked for"] == "*")
    assert others["Answer as it was given"] == "(other answers)"
    assert others["Attempts"] == "Not shown, to protect people in small groups."


def test_certainty_has_a_row_for_each_level_and_two_for_all():
    rated = [
        replace(
            each,
            answers=(replace(each.answers[0], certainty=2, correctness=Fraction(1)),),
        )
        for each in attempts(*[[1]] * 5)
    ]

    rows = named(table.certainty_table(analyse_certainty(rated), plain))

    assert [row["Certainty"] for row in rows] == ["1", "2", "3", "All answers", "All questions"]
    assert rows[1]["Judgement"].startswith("Right so often")
    assert rows[3]["Accuracy (%)"] == "100.0"


def test_gain_has_a_row_for_all_and_one_for_each_question():
    gain = paired_gain(attempts(*[[0]] * 5), attempts(*[[1]] * 5))

    rows = named(table.gain_table(gain, {"item 1": "Of rights"}, plain))

    assert [row["Question before"] for row in rows] == [
        "All linked questions (medians)",
        "Of rights",
    ]
    assert [row["Gain (percentage points)"] for row in rows] == ["100.0", "100.0"]


def test_every_word_that_is_not_of_a_person_is_translated():
    rows = table.choice_table(analyse(answering(RIGHT, None), fewest=1), {"item": "Title"}, say)

    words = [cell for row in rows for cell in row if cell and not cell[0].isdigit()]
    assert {word for word in words if not word.startswith("<")} == {"Title", "A", "-100.0"} & set(
        words
    )


def test_what_people_wrote_is_never_run_as_a_formula():
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"]
    said = [Response("", "*", answer, credit=Fraction(0)) for answer in dangerous]

    rows = named(table.choice_table(analyse(answering(*said), fewest=1), {"item": "=A1"}, plain))

    assert {row["Answer as it was given"][0] for row in rows} == {"'"}
    assert {row["Question"] for row in rows} == {"'=A1"}


def test_the_file_reads_right_in_excel_and_back_as_it_was():
    rows = [["Question", "Answer"], ["سؤال", 'one, "two"\nthree']]

    file = b"".join(table.csv_parts(rows))

    assert file.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))) == rows


def test_a_long_file_is_made_in_parts_as_they_are_asked_for():
    asked = []

    def rows():
        for number in range(4):
            asked.append(number)
            yield ["x" * table.PART]

    parts = table.csv_parts(rows())
    first = next(parts)

    assert asked == [0]
    assert first.startswith(b"\xef\xbb\xbf")
    assert b"".join(parts) == (b"x" * table.PART + b"\r\n") * 3
