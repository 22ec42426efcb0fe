"""Saving an answer: revisions, two tabs, what comes twice, and what comes too late."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.attempts import history
from assessments.attempts.behaviour import check
from assessments.attempts.finish import finish
from assessments.attempts.history import Kind, TooMuch, entries
from assessments.attempts.pages import go_on, may_see
from assessments.attempts.save import Conflict, Kept, Saved, put, save
from assessments.resources import Answer
from tests.assessments.attempts.making import LEARNER, MINUTE, NOW, SECOND, World, say, single

LATER = NOW + MINUTE


def kinds(answer):
    return [entry.kind.value for entry in entries(answer)]


def value(attempt, position, key):
    """What the page calls the option with the author's key."""
    answer = attempt.answers[position]
    (found,) = answer.version.question.ask(answer.arrangement).fields({"answer": (key,)})["answer"]
    return found


class TestRevisions:
    def test_each_change_is_a_revision(self):
        attempt = World(single()).begin()

        assert say(attempt, 0, "right") == Saved(1, NOW + SECOND, True)
        assert say(attempt, 0, "wrong", now=LATER) == Saved(2, LATER, True)
        assert attempt.answers[0].response == {"answer": ("wrong",)}
        assert attempt.answers[0].revision == 2

    def test_the_same_again_is_no_revision_whatever_it_was_made_from(self):
        attempt = World(single()).begin()
        say(attempt, 0, "right")

        assert say(attempt, 0, "right", revision=0, now=LATER) == Saved(1, NOW + SECOND, False)
        assert len(kinds(attempt.answers[0])) == 1

    def test_nothing_is_a_revision_too_once_there_was_something(self):
        attempt = World(single()).begin()

        assert say(attempt, 0) == Saved(0, NOW + SECOND, False)
        say(attempt, 0, "right")
        assert say(attempt, 0).revision == 2
        assert attempt.answers[0].response == {}

    @pytest.mark.parametrize("position", [-1, 1])
    def test_there_is_no_question_beside_those_of_the_attempt(self, position):
        with pytest.raises(IndexError):
            save(World(single()).begin(), position, revision=0, posted={}, now=NOW)


class TestTwoTabs:
    def test_another_answer_on_an_old_revision_is_a_conflict_and_both_are_told(self):
        attempt = World(single()).begin()
        say(attempt, 0, "right")

        outcome = say(attempt, 0, "wrong", revision=0, now=LATER)

        assert outcome == Conflict(
            1,
            {"answer": (value(attempt, 0, "wrong"),)},
            {"answer": (value(attempt, 0, "right"),)},
            NOW + SECOND,
        )
        assert attempt.answers[0].response == {"answer": ("right",)}

    def test_both_are_in_the_history(self):
        attempt = World(single()).begin()
        say(attempt, 0, "right")
        say(attempt, 0, "wrong", revision=0, now=LATER)

        saved, refused = entries(attempt.answers[0])

        assert (saved.kind, saved.revision, saved.response) == (
            Kind.SAVED,
            1,
            {"answer": ("right",)},
        )
        assert (refused.kind, refused.revision, refused.base, refused.response, refused.at) == (
            Kind.CONFLICT,
            0,
            0,
            {"answer": ("wrong",)},
            LATER,
        )

    def test_a_revision_that_never_was_is_a_conflict(self):
        assert isinstance(say(World(single()).begin(), 0, "right", revision=7), Conflict)

    def test_saving_on_the_newest_revision_decides(self):
        attempt = World(single()).begin()
        say(attempt, 0, "right")
        conflict = say(attempt, 0, "wrong", revision=0)

        assert say(attempt, 0, "wrong", revision=conflict.revision).revision == 2

    def test_a_conflict_that_comes_again_is_kept_once(self):
        attempt = World(single()).begin()
        say(attempt, 0, "right")
        for _ in range(3):
            say(attempt, 0, "wrong", revision=0, post="p")

        assert kinds(attempt.answers[0]) == ["saved", "conflict"]


class TestPosts:
    def test_the_same_post_is_done_once_also_when_others_came_after_it(self):
        attempt = World(single()).begin()
        first = say(attempt, 0, "right", post="a")
        say(attempt, 0, "wrong", post="b", now=LATER)

        again = say(attempt, 0, "right", revision=0, post="a", now=LATER)

        assert again == Saved(first.revision, first.at, False)
        assert attempt.answers[0].response == {"answer": ("wrong",)}

    def test_going_back_to_an_earlier_answer_counts_also_under_the_name_that_it_had(self):
        attempt = World(single()).begin()
        say(attempt, 0, "right", post="a")
        say(attempt, 0, "wrong", post="b")

        assert say(attempt, 0, "right", revision=2, post="a").revision == 3
        assert attempt.answers[0].response == {"answer": ("right",)}

    def test_another_answer_under_the_same_name_is_not_taken_for_done(self):
        attempt = World(single()).begin()
        say(attempt, 0, "right", post="a")

        assert isinstance(say(attempt, 0, "wrong", revision=0, post="a"), Conflict)

    def test_a_bounded_number_is_remembered(self):
        attempt = World(single()).begin()
        for number in range(100):
            say(attempt, 0, ("right", "wrong")[number % 2], post=str(number))

        assert len(attempt.answers[0].posts) == history.REMEMBERED


class TestTooLate:
    def test_an_answer_after_the_deadline_is_kept_told_and_not_counted(self):
        attempt = World(single(), seconds=30).begin()
        say(attempt, 0, "right")

        outcome = say(attempt, 0, "wrong", now=LATER)

        assert outcome == Kept(Kind.LATE, 1, LATER)
        assert attempt.answers[0].response == {"answer": ("right",)}
        assert kinds(attempt.answers[0]) == ["saved", "late"]

    def test_what_was_offline_and_comes_after_handing_in_is_kept_once(self):
        attempt = World(single()).begin()
        finish(attempt, now=NOW)

        for _ in range(3):
            assert say(attempt, 0, "right", now=LATER).why is Kind.LATE
        assert kinds(attempt.answers[0]) == ["late"]

    def test_what_was_saved_in_time_is_not_late_when_it_is_sent_again(self):
        attempt = World(single(), seconds=30).begin()
        say(attempt, 0, "right", post="a")

        assert say(attempt, 0, "right", revision=0, post="a", now=LATER).revision == 1
        assert say(attempt, 0, "right", revision=0, post="b", now=LATER).revision == 1

    def test_more_time_counts_from_the_next_save_on(self):
        world = World(single(), seconds=30)
        attempt = world.begin()
        world.override(LEARNER, extra=60)

        assert say(attempt, 0, "right", now=LATER) == Saved(1, LATER, True)

    def test_a_question_that_was_checked_takes_nothing_more(self):
        attempt = World(single(), behaviour="immediate").begin()
        say(attempt, 0, "wrong")
        check(attempt, 0, revision=1, now=NOW)

        assert say(attempt, 0, "right", now=LATER) == Kept(Kind.DONE, 1, LATER)
        assert attempt.answers[0].response == {"answer": ("wrong",)}


class TestCertaintyAndFlags:
    def test_certainty_is_part_of_the_answer(self):
        attempt = World(single(), certainty=True).begin()

        assert say(attempt, 0, "right", certainty=2).revision == 1
        assert say(attempt, 0, "right", certainty=3).revision == 2
        assert say(attempt, 0, "right").changed is False
        assert [entry.certainty for entry in entries(attempt.answers[0])] == [2, 3]

    @pytest.mark.parametrize("certainty", [0, 4, -1])
    def test_another_certainty_than_one_to_three_says_nothing(self, certainty):
        attempt = World(single(), certainty=True).begin()
        say(attempt, 0, "right", certainty=certainty)

        assert attempt.answers[0].certainty == 0

    def test_where_nobody_asks_for_certainty_it_is_not_taken(self):
        attempt = World(single()).begin()
        say(attempt, 0, "right", certainty=3)

        assert attempt.answers[0].certainty == 0

    def test_a_flag_is_no_answer(self):
        attempt = World(single(), seconds=30).begin()

        assert say(attempt, 0, flagged=True).revision == 0
        assert attempt.answers[0].flagged
        say(attempt, 0, flagged=False, now=LATER)
        assert attempt.answers[0].flagged  # too late

    def test_a_flag_from_an_older_page_changes_none_that_was_set_since(self):
        attempt = World(single()).begin()
        say(attempt, 0, flagged=True)
        say(attempt, 0, flagged=False, flags=1)

        say(attempt, 0, "right", flagged=True, flags=0)

        answer = attempt.answers[0]
        assert (answer.flagged, answer.flags, answer.response) == (False, 2, {"answer": ("right",)})


class TestPages:
    def test_free_pages_can_be_seen_and_answered_in_any_order(self):
        attempt = World(single("a"), single("b")).begin()

        assert may_see(attempt, 1)
        assert say(attempt, 1, "right").changed
        assert go_on(attempt, 0, now=NOW) == 0

    def test_only_the_page_that_a_sequential_attempt_has_come_to_is_seen_and_answered(self):
        attempt = World(single("a"), single("b"), single("c"), sequential=True).begin()
        say(attempt, 0, "half")

        assert go_on(attempt, 0, now=NOW) == 1

        assert [may_see(attempt, page) for page in range(-1, 4)] == [
            False,
            False,
            True,
            False,
            False,
        ]
        assert say(attempt, 0, "right") == Kept(Kind.PAGE, 1, NOW + SECOND)
        assert say(attempt, 2, "right").why is Kind.PAGE
        assert say(attempt, 1, "right").changed
        assert attempt.answers[0].response == {"answer": ("half",)}

    def test_a_page_that_was_left_takes_no_flag(self):
        attempt = World(single("a"), single("b"), sequential=True).begin()
        go_on(attempt, 0, now=NOW)
        say(attempt, 0, flagged=True)

        assert not attempt.answers[0].flagged

    def test_going_on_twice_leaves_one_page_only_and_there_is_no_way_back(self):
        attempt = World(single("a"), single("b"), single("c"), sequential=True).begin()

        assert [go_on(attempt, 0, now=NOW) for _ in range(2)] == [1, 1]
        assert go_on(attempt, 1, now=NOW) == 2
        assert go_on(attempt, 2, now=NOW) == 2

    def test_nobody_goes_on_when_the_time_is_up(self):
        attempt = World(single("a"), single("b"), sequential=True, seconds=30).begin()

        assert go_on(attempt, 0, now=LATER) == 0

    def test_when_it_is_handed_in_all_pages_can_be_seen(self):
        attempt = World(single("a"), single("b"), sequential=True).begin()
        finish(attempt, now=NOW)

        assert may_see(attempt, 1)


class TestHistory:
    texts = st.lists(
        st.builds(str.__mul__, st.text(max_size=30), st.sampled_from([1, 1, 400])), max_size=40
    )

    @given(texts)
    @settings(max_examples=25)
    def test_everything_that_was_saved_is_read_again_in_its_order(self, texts):
        attempt = World(single()).begin()
        expected = []
        for text in texts:
            answer = attempt.answers[0]
            before = answer.revision
            response = {"answer": (text,)}
            put(attempt, 0, response, revision=before, now=NOW, certainty=0)
            if answer.revision > before:
                expected.append((answer.revision, response))

        found = list(entries(attempt.answers[0]))

        assert [(entry.revision, entry.response) for entry in found] == expected
        assert [entry.number for entry in found] == list(range(1, len(found) + 1))

    def test_a_long_text_that_grows_takes_little_room_each_time(self):
        attempt = World(single()).begin()
        text = " ".join(str(number**5) for number in range(2_000))
        for size in range(1_000):
            response = {"answer": (text[: 15_000 + size],)}
            put(attempt, 0, response, revision=size, now=NOW, certainty=0)

        answer = attempt.answers[0]
        assert answer.packed < 400 * 1_000
        assert answer.recent == ()
        assert sum(1 for _ in entries(answer)) == 1_000

    def test_what_was_not_counted_is_read_again_in_its_place(self):
        attempt = World(single()).begin()
        for number in range(12):
            say(attempt, 0, ("right", "wrong")[number % 2])
            say(attempt, 0, "half", revision=0, post=str(number))
            say(attempt, 0, "worse", revision=number)

        found = list(entries(attempt.answers[0]))

        assert attempt.answers[0].history
        assert [each.number for each in found] == list(range(1, len(found) + 1))
        assert [each.revision for each in found if each.kind is Kind.SAVED] == list(range(1, 13))
        refused = [each.response["answer"] for each in found if each.kind is Kind.CONFLICT]
        assert refused == [("half",), *[("worse",)] * 12]

    def test_short_answers_need_no_record_beside_their_own(self):
        attempt = World(single()).begin()
        for number in range(history.RECENT):
            say(attempt, 0, ("right", "wrong")[number % 2])

        assert attempt.answers[0].history is None
        say(attempt, 0, "right")
        assert attempt.answers[0].recent == ()
        assert len(kinds(attempt.answers[0])) == history.RECENT + 1

    def test_when_it_is_full_nothing_is_lost_and_who_sends_more_is_told(self, monkeypatch):
        monkeypatch.setattr(history, "MOST", 300)
        attempt = World(single()).begin()

        def save_for_ever():
            for number in count():
                say(attempt, 0, ("right", "wrong")[number % 2])

        with pytest.raises(TooMuch):
            save_for_ever()

        answer = attempt.answers[0]
        assert answer.revision == len(kinds(answer)) > history.RECENT
        assert list(entries(answer))[-1].response == answer.response


def test_an_answer_takes_one_record_until_something_is_packed():
    assert Answer.history is None
    assert Answer.files is None


def test_times_are_those_of_the_server():
    attempt = World(single()).begin()
    at = NOW + timedelta(microseconds=1)

    assert say(attempt, 0, "right", now=at).at == at
    assert next(entries(attempt.answers[0])).at == at
