"""Beginning an attempt: who may, and what is asked."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from assessments.attempts.asking import question_of
from assessments.attempts.draw import candidates
from assessments.attempts.finish import finish
from assessments.attempts.save import save
from assessments.attempts.start import Refused, attempts_of, current, refusal
from assessments.questions.html import Html
from assessments.questions.numerical import NumberAnswer, NumericalQuestion
from assessments.quizzes.plan import Overdue, Section, Slot, to_plain
from assessments.resources import Category, ItemVersion
from tests.assessments.attempts.making import LEARNER, MINUTE, NOW, SECOND, World, single
from tests.assessments.examples import CLOZE, DESCRIPTION, MATCHING

HOUR = timedelta(hours=1)


def items(attempt):
    return [answer.version.item.__name__ for answer in attempt.answers]


def why(world, now=NOW, groups=()):
    words = refusal(world.quiz, LEARNER, groups, now)
    return words and words.interpolate()


class Chance(World):
    """A quiz whose questions chance draws from categories of the bank."""

    def __init__(self, *sections, general=0, special=0, **settings):
        super().__init__(**settings)
        self.special = Category("special", "Special")
        self.special.parent = self.category
        self.bank.add(self.special)
        for number in range(general):
            self.item(single(f"g{number}"), tags=("easy",) if number % 2 else ())
        for number in range(special):
            self.item(single(f"s{number}"), category=self.special)
        self.ask(*sections)

    def ask(self, *sections):
        self.quiz.sections = tuple(map(to_plain, sections))


def draws(count, **of):
    return Section("chance", slots=tuple(Slot(f"d{n}", **of) for n in range(count)))


class TestWhoMay:
    def test_a_quiz_without_questions_cannot_be_begun(self):
        assert why(World()) == "This quiz has no questions yet."

    def test_nobody_begins_before_it_opens_or_after_it_closes(self):
        world = World(single(), opens=NOW, closes=NOW + HOUR)

        assert why(world, NOW - SECOND) == "This quiz is not open yet."
        assert why(world) is None
        assert why(world, NOW + HOUR) == "This quiz is closed."

    def test_an_exception_opens_it_for_one_learner(self):
        world = World(single(), opens=NOW + HOUR)
        world.override(LEARNER, opens=NOW)

        assert why(world) is None

    def test_attempts_can_be_used_up(self):
        world = World(single(), attempts=1)
        finish(world.begin(), now=NOW)

        assert why(world) == "You have used all your attempts at this quiz."
        with pytest.raises(Refused) as refused:
            world.begin()
        assert refused.value.words == "You have used all your attempts at this quiz."

    def test_between_the_first_and_the_second_attempt_the_wait_is_another_than_later(self):
        world = World(single(), wait=(60, 3600))
        finish(world.begin(), now=NOW)

        assert why(world, NOW + 59 * SECOND) == (
            "You can begin the next attempt from 2026-11-24 09:01 UTC on."
        )
        second = world.begin(now=NOW + MINUTE)
        finish(second, now=NOW + MINUTE)
        assert why(world, NOW + HOUR) is not None
        assert why(world, NOW + HOUR + MINUTE) is None

    def test_an_authors_look_is_possible_when_the_quiz_is_closed_and_counts_as_no_attempt(self):
        world = World(single(), closes=NOW, attempts=1)

        first = world.begin(preview=True)
        second = world.begin(preview=True)

        assert list(world.quiz.attempts) == [second.__name__] != [first.__name__]
        assert attempts_of(world.quiz, LEARNER) == []


class TestOneAtATime:
    def test_who_begins_again_goes_on_with_the_attempt_that_is_open(self):
        world = World(single())

        assert world.begin() is world.begin(now=NOW + HOUR)

    def test_an_attempt_whose_time_is_up_is_closed_before_the_next_begins(self):
        world = World(single(), seconds=60)
        first = world.begin()

        second = world.begin(now=NOW + HOUR)

        assert (first.state, first.finished) == ("finished", NOW + MINUTE)
        assert (second.number, second.state) == (2, "open")
        assert attempts_of(world.quiz, LEARNER) == [first, second]

    def test_an_attempt_that_can_still_be_handed_in_is_the_current_one(self):
        world = World(single(), seconds=60, grace=60, overdue=Overdue.GRACE)
        attempt = world.begin()

        assert world.begin(now=NOW + MINUTE + 30 * SECOND) is attempt
        assert current(world.quiz, LEARNER, NOW + HOUR) is None

    def test_a_learner_whose_id_begins_like_another_has_other_attempts(self):
        world = World(single())
        world.begin("l-7/0")

        assert attempts_of(world.quiz, "l-7") == []

    def test_attempts_stay_in_order_after_the_tenth(self):
        world = World(single())
        for _ in range(12):
            finish(world.begin(), now=NOW)

        assert [each.number for each in attempts_of(world.quiz, LEARNER)] == list(range(1, 13))


class TestWhatIsAsked:
    def test_an_attempt_is_pinned_to_the_versions_of_its_start(self):
        world = World(single("one"))
        item = world.item(single("one"))
        attempt = world.begin()

        item.versions += (ItemVersion(item, 2, single("new"), {}, created=NOW, by="a"),)

        assert attempt.answers[0].version.number == 1
        assert world.begin("another").answers[0].version.number == 2

    def test_a_slot_can_name_a_version_and_a_mark_of_its_own(self):
        world = World()
        item = world.item(single("one"))
        item.versions += (ItemVersion(item, 2, single("new"), {}, created=NOW, by="a"),)
        slot = Slot("s", item.__name__, version=1, mark=Fraction(5, 2))
        world.quiz.sections = (to_plain(Section("part", slots=(slot,))),)

        answer = world.begin().answers[0]

        assert (answer.version.number, answer.mark) == (1, "5/2")

    def test_a_text_to_read_brings_nothing(self):
        assert World(DESCRIPTION).begin().answers[0].mark == "0"

    def test_drafts_are_left_out_and_retired_questions_go_on_where_they_are_asked(self):
        world = World(single("a"), single("b"), single("c"))
        world.item(single("a")).state = "draft"
        world.item(single("b")).state = "retired"
        del world.bank.items["item-c"]

        assert items(world.begin()) == ["item-b"]

    def test_a_quiz_of_nothing_but_drafts_cannot_be_begun(self):
        world = World(single("a"))
        world.item(single("a")).state = "draft"

        with pytest.raises(Refused):
            world.begin()

    def test_a_section_can_be_shuffled_and_asks_each_once(self):
        world = World()
        slots = tuple(Slot(f"s{n}", world.item(single(str(n))).__name__) for n in range(6))
        world.quiz.sections = (to_plain(Section("part", shuffle=True, slots=slots)),)

        orders = {tuple(items(world.begin(f"l{n}"))) for n in range(20)}

        assert len(orders) > 10
        assert {tuple(sorted(order)) for order in orders} == {tuple(f"item-{n}" for n in range(6))}

    def test_a_section_can_pick_some_in_their_order(self):
        world = World()
        slots = tuple(Slot(f"s{n}", world.item(single(str(n))).__name__) for n in range(6))
        world.quiz.sections = (to_plain(Section("part", pick=2, slots=slots)),)

        orders = [items(world.begin(f"l{n}")) for n in range(40)]

        assert all(len(order) == 2 and order == sorted(order) for order in orders)
        assert len({item for order in orders for item in order}) == 6

    def test_choices_keep_the_authors_order_where_the_quiz_does_not_shuffle_them(self):
        world = World(single(), CLOZE, MATCHING, shuffle_choices=False)

        attempts = [world.begin(f"l{n}") for n in range(10)]

        orders = {tuple(each.answers[0].arrangement["orders"]["answer"]) for each in attempts}
        assert orders == {("right", "half", "wrong", "worse")}
        assert len({str(each.answers[1].arrangement) for each in attempts}) == 1
        assert len({str(each.answers[2].arrangement) for each in attempts}) > 1

    def test_choices_are_shuffled_otherwise(self):
        world = World(single())

        orders = {str(world.begin(f"l{n}").answers[0].arrangement) for n in range(20)}

        assert len(orders) > 5

    def test_the_attempt_keeps_the_rules_that_it_began_with(self):
        world = World(single(), behaviour="immediate", certainty=True, sequential=True)
        attempt = world.begin(language="fr", groups=["g"])

        world.rule()

        assert (attempt.behaviour, attempt.certainty, attempt.sequential) == (
            "immediate",
            True,
            True,
        )
        assert (attempt.language, attempt.groups) == ("fr", ("g",))

    @pytest.mark.parametrize(("language", "read"), [("fr", "1.234"), ("en", "1234")])
    def test_numbers_are_read_as_the_learner_writes_them(self, language, read):
        right = NumberAnswer("a", Decimal(read), Fraction(1))
        question = NumericalQuestion(name="n", body=Html("How much?"), answers=(right,))
        attempt = World(question).begin(language=language)

        save(attempt, 0, revision=0, posted={"answer": ["1,234"]}, now=NOW)

        finish(attempt, now=NOW)
        assert attempt.answers[0].fraction == "1"

    def test_a_question_that_is_translated_says_in_which_language_it_is(self):
        question = replace(single(), language="en", translations={"ar": {"body": "مرحبا"}})
        arabic, french = (World(question).begin(language=each) for each in ("ar", "fr"))

        assert question_of(arabic, arabic.answers[0]).language == "ar"
        assert question_of(french, french.answers[0]).language == "en"


class TestChance:
    def test_no_item_is_asked_twice_in_an_attempt(self):
        world = Chance(general=5)
        named = Section("named", slots=(Slot("n", "item-g3"),))
        world.ask(draws(4, category="general"), named)

        for number in range(10):
            assert len(set(items(world.begin(f"l{number}")))) == 5

    def test_categories_below_count_only_when_they_should(self):
        world = Chance(draws(3, category="general", below=False), general=3, special=3)

        assert set(items(world.begin())) == {"item-g0", "item-g1", "item-g2"}
        world.ask(draws(6, category="general"))
        assert len(set(items(world.begin("another")))) == 6

    def test_what_lies_in_a_category_and_is_private_is_drawn_for_its_owner_alone(self):
        world = Chance(general=2, special=1)
        special = world.bank["special"]
        special.access, special.owner = "private", "person:a"
        (drawn,) = draws(3, category="general").slots[:1]

        for by, count in (("person:a", 3), ("person:b", 2), ("", 2)):
            assert len(candidates(world.bank, replace(drawn, by=by))) == count
        assert len(candidates(world.bank, replace(drawn, category="special"))) == 1
        special.owner = ""
        assert len(candidates(world.bank, drawn)) == 2

    def test_only_what_has_all_tags_and_is_ready_and_can_be_answered_is_drawn(self):
        world = Chance(draws(2, category="general", tags=("easy",)), general=6)
        world.item(DESCRIPTION, tags=("easy",))
        world.item(single("g1")).state = "draft"

        assert set(items(world.begin())) == {"item-g3", "item-g5"}

    def test_what_the_learner_was_not_asked_before_comes_first(self):
        world = Chance(draws(2, category="general"), general=5)
        asked = Counter()
        for _ in range(5):
            attempt = world.begin()
            asked.update(items(attempt))
            finish(attempt, now=NOW)

        assert set(asked.values()) == {2}

    def test_every_item_is_drawn_about_as_often(self):
        world = Chance(draws(1, category="general"), general=4)

        drawn = Counter(items(world.begin(f"l{number}"))[0] for number in range(400))

        assert len(drawn) == 4
        assert min(drawn.values()) > 60

    @pytest.mark.parametrize("seed", range(10))
    def test_slots_whose_pools_overlap_are_filled_whenever_they_can_be(self, seed):
        world = Chance(
            Section(
                "chance",
                slots=(
                    Slot("any", category="general"),
                    Slot("easy", category="general", tags=("easy",)),
                ),
            ),
            general=2,
        )
        world.random = Random(seed)

        assert items(world.begin()) == ["item-g0", "item-g1"]

    @pytest.mark.parametrize("category", ["general", "gone"])
    def test_an_attempt_that_would_ask_too_little_does_not_begin(self, category):
        world = Chance(draws(3, category=category), general=2)

        with pytest.raises(Refused) as refused:
            world.begin()

        assert "too few questions" in refused.value.words
        assert not world.quiz.attempts


class TestPages:
    def pages(self, per_page, *sizes):
        world = World(per_page=per_page)
        world.quiz.sections = tuple(
            to_plain(
                Section(
                    f"part{part}",
                    slots=tuple(
                        Slot(f"{part}-{n}", world.item(single(f"{part}-{n}")).__name__)
                        for n in range(size)
                    ),
                )
            )
            for part, size in enumerate(sizes)
        )
        return world.begin().pages

    def test_a_section_begins_on_a_page_of_its_own(self):
        assert self.pages(2, 3, 1) == ((0, 1), (2,), (3,))

    def test_a_page_can_hold_a_whole_section(self):
        assert self.pages(0, 3, 2) == ((0, 1, 2), (3, 4))
