"""What pure guessing earns."""

from fractions import Fraction

from assessments.statistics import guessing

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def test_one_of_the_options_is_the_mean_of_what_they_earn():
    assert guessing.single_choice([Fraction(1), Fraction(0), -HALF, Fraction(0)]) == Fraction(1, 8)
    assert guessing.single_choice([]) is None


def test_a_statement_is_true_or_false():
    assert guessing.TRUE_FALSE == HALF


def test_own_words_are_not_guessed():
    assert guessing.IN_OWN_WORDS == 0


def test_each_row_has_one_right_choice_in_so_many():
    assert guessing.matching(3) == THIRD
    assert guessing.matching(0) is None


def test_a_text_or_number_earns_what_any_answer_earns():
    assert guessing.short_answer() == 0
    assert guessing.short_answer(THIRD) == THIRD
    assert guessing.numerical(HALF, Fraction(1, 10)) == Fraction(2, 5)
    assert guessing.numerical(Fraction(1, 10), HALF) == 0


def test_parts_count_by_their_weight():
    assert guessing.cloze([(HALF, Fraction(1)), (Fraction(0), Fraction(3))]) == Fraction(1, 8)
    assert guessing.cloze([(HALF, Fraction(1)), (None, Fraction(1))]) is None
    assert guessing.cloze([]) is None
