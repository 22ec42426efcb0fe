"""What a learner gets of a question, and when: an allow-list, and the author's matrix."""

import dataclasses
import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.attempts.behaviour import check, try_again
from assessments.attempts.finish import close_overdue, finish
from assessments.attempts.pages import go_on
from assessments.attempts.review import moment, seen
from assessments.attempts.shown import number_of, shown
from assessments.attempts.timing import accepts
from assessments.questions.base import Verdict
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.html import Html
from assessments.questions.numerical import NumberAnswer, NumericalQuestion
from assessments.quizzes.plan import Overdue, See, When
from tests.assessments.attempts.making import (
    LEARNER,
    MINUTE,
    NOW,
    SECOND,
    World,
    hints,
    say,
    single,
)
from tests.assessments.examples import DESCRIPTION, ESSAY, MATCHING, MULTIPLE

HOUR = 60 * MINUTE
FEEDBACK = ("Told to right ones.", "Told to wrong ones.", "Told to everybody.")
MATRIX = {
    When.DURING: frozenset(),
    When.SOON: {See.RESPONSES},
    When.LATER: {See.RESPONSES, See.MARKS},
    When.CLOSED: set(See),
}


def text_of(found):
    """All that is in what is shown, as one text."""
    return json.dumps(dataclasses.asdict(found), default=str)


def look(attempt, now=NOW, position=0):
    return shown(attempt, position, now)


class TestMoments:
    def test_an_open_attempt_is_during(self):
        world = World(single(), closes=NOW + HOUR)

        assert moment(world.begin(), NOW + 2 * HOUR) is When.DURING

    def test_two_minutes_are_soon_then_it_is_later_until_the_quiz_closes(self):
        attempt = World(single(), closes=NOW + HOUR).begin()
        finish(attempt, now=NOW)

        assert moment(attempt, NOW + timedelta(seconds=119)) is When.SOON
        assert moment(attempt, NOW + 2 * MINUTE) is When.LATER
        assert moment(attempt, NOW + HOUR + MINUTE) is When.CLOSED

    def test_a_quiz_is_not_closed_while_an_answer_still_counts(self):
        world = World(single(), closes=NOW + HOUR)
        first = world.begin()
        finish(first, now=NOW)
        second = world.begin()

        for seconds in range(10):
            now = NOW + HOUR + timedelta(seconds=seconds)
            assert (moment(first, now) is When.CLOSED) is not accepts(second, now)

    def test_a_quiz_is_not_closed_while_another_learner_has_more_time(self):
        world = World(single(), closes=NOW + HOUR)
        world.override("another", closes=NOW + 2 * HOUR)
        attempt = world.begin()
        finish(attempt, now=NOW)

        assert moment(attempt, NOW + HOUR) is When.LATER
        assert moment(attempt, NOW + 2 * HOUR + MINUTE) is When.CLOSED

    def test_the_author_says_what_is_seen_when(self):
        attempt = World(single(), closes=NOW + HOUR, review=MATRIX).begin()
        finish(attempt, now=NOW)

        assert seen(attempt, NOW) == {See.RESPONSES}
        assert seen(attempt, NOW + 2 * MINUTE) == {See.RESPONSES, See.MARKS}
        assert seen(attempt, NOW + HOUR + MINUTE) == set(See)

    def test_where_the_author_says_nothing_nothing_is_seen(self):
        attempt = World(single(), review={}).begin()

        assert seen(attempt, NOW) == frozenset()


class TestRightAnswers:
    """They are told when they are of no use any more for a better result."""

    def handed_in(self, world, key="wrong", now=NOW):
        attempt = world.begin(now=now)
        say(attempt, 0, key, now=now)
        finish(attempt, now=now)
        return attempt

    def test_while_attempts_are_left_they_are_not_and_everything_else_is(self):
        attempt = self.handed_in(World(single(), attempts=2))

        found = look(attempt)

        assert found.right is None
        assert (found.verdict, found.mark) == (Verdict.WRONG, 0)
        assert found.general == "Told to everybody."
        assert "Told to wrong ones." in text_of(found)
        assert "Told to right ones." not in text_of(found)

    def test_they_are_when_all_attempts_are_handed_in(self):
        world = World(single(), attempts=2)
        first = self.handed_in(world)
        second = self.handed_in(world, now=NOW + MINUTE)

        for attempt in (first, second):
            assert look(attempt, NOW + MINUTE).right is not None

    def test_they_are_not_told_of_another_attempt_while_the_last_is_open(self):
        world = World(single(), attempts=2)
        first = self.handed_in(world)
        world.begin()

        assert look(first).right is None

    def test_in_the_last_attempt_a_question_that_is_done_tells_its_own(self):
        world = World(single("a"), single("b"), attempts=2, behaviour="immediate")
        for is_told in (False, True):
            attempt = world.begin()
            say(attempt, 0, "wrong")
            check(attempt, 0, revision=1, now=NOW)
            assert (look(attempt).right is not None) is is_told
            finish(attempt, now=NOW)

    @pytest.mark.parametrize(("exception", "is_told"), [(2, False), (0, True)])
    def test_attempts_that_an_exception_adds_are_counted(self, exception, is_told):
        world = World(single(), attempts=1)
        world.override(LEARNER, attempts=exception)

        assert (look(self.handed_in(world)).right is not None) is is_told

    def test_the_groups_of_the_newest_attempt_say_how_many_there_are(self):
        world = World(single(), attempts=2)
        first = self.handed_in(world)
        world.override("centre:1", attempts=3)
        second = world.begin(groups=("centre:1",))
        finish(second, now=NOW)

        assert look(first).right is look(second).right is None

    def test_who_may_try_as_often_as_they_like_is_told_when_they_have_passed(self):
        world = World(single(), pass_percent=Decimal(60))
        first = self.handed_in(world)
        open_one = world.begin()
        assert look(first).right is None

        say(open_one, 0, "right")
        finish(open_one, now=NOW)

        assert look(first).right is not None

    def test_nobody_has_passed_before_something_is_handed_in(self):
        world = World(single("a"), single("b"), pass_percent=Decimal(60), behaviour="immediate")
        attempt = world.begin()
        say(attempt, 0, "wrong")
        check(attempt, 0, revision=1, now=NOW)

        assert look(attempt).right is None

    @pytest.mark.parametrize(
        "settings",
        [
            {},
            {"attempts": 1, "pass_percent": Decimal(60)},
            {"attempts": 2, "answers_early": True},
            {"pass_percent": Decimal(60), "practice": True},
        ],
    )
    def test_where_they_do_no_harm_the_table_alone_counts(self, settings):
        assert look(self.handed_in(World(single(), **settings))).right is not None

    def test_they_are_told_when_the_quiz_is_closed(self):
        world = World(single(), attempts=2, closes=NOW + HOUR)
        attempt = self.handed_in(world)

        assert look(attempt, NOW + HOUR).right is None
        assert look(attempt, NOW + HOUR + MINUTE).right is not None

    def test_an_authors_own_look_tells_them(self):
        world = World(single(), attempts=2)
        attempt = world.begin(preview=True)
        finish(attempt, now=NOW)

        assert look(attempt).right is not None


class TestBefore:
    @pytest.mark.parametrize("behaviour", ["deferred", "immediate", "interactive", "manual"])
    def test_nothing_tells_what_is_right_until_it_was_checked(self, behaviour):
        world = World(single(hints=hints("Think.")), behaviour=behaviour)
        attempt = world.begin()
        found = [look(attempt)]
        for key in ("right", "wrong", "worse"):
            say(attempt, 0, key)
            found.append(look(attempt))

        for each in found:
            assert (each.mark, each.verdict, each.parts, each.right, each.hint) == (
                None,
                None,
                (),
                None,
                None,
            )
            words = text_of(each)
            assert not any(said in words for said in (*FEEDBACK, "Think.", '"worse"', "fraction"))

    def test_right_and_wrong_answers_look_alike(self):
        attempt = World(single()).begin()

        def without_values():
            return dataclasses.replace(look(attempt), values={}, revision=0)

        say(attempt, 0, "right")
        right = without_values()
        say(attempt, 0, "wrong")

        assert without_values() == right

    def test_it_has_what_the_form_needs(self):
        attempt = World(single(), certainty=True).begin()
        say(attempt, 0, "half", certainty=2, flagged=True)

        found = look(attempt)

        (value,) = found.values["answer"]
        option = found.asked["controls"][0]["options"][int(value) - 1]
        assert option == {"value": value, "html": "The half"}
        assert (found.revision, found.saved, found.certainty, found.flagged) == (
            1,
            NOW + SECOND,
            2,
            True,
        )
        assert (found.writable, found.checkable, found.again, found.done) == (
            True,
            False,
            False,
            False,
        )

    def test_where_nobody_asks_for_certainty_none_is_shown(self):
        assert look(World(single()).begin()).certainty is None
        assert look(World(ESSAY, certainty=True).begin()).certainty is None
        interactive = World(single(), certainty=True, behaviour="interactive")
        assert look(interactive.begin()).certainty is None

    def test_when_the_time_is_up_nothing_can_be_written(self):
        assert not look(World(single(), seconds=30).begin(), NOW + MINUTE).writable

    def test_a_page_of_a_sequential_attempt_is_shown_while_it_is_there(self):
        attempt = World(single("a"), single("b"), sequential=True).begin()

        assert look(attempt) is not None
        assert look(attempt, position=1) is None
        go_on(attempt, 0, now=NOW)
        assert look(attempt) is None
        assert look(attempt, position=1) is not None

    def test_what_cannot_be_read_is_said_of_right_and_wrong_answers_alike(self):
        question = dataclasses.replace(MULTIPLE, most=1)
        attempt = World(question).begin()
        say(attempt, 0, "sleep", "away")
        right = look(attempt).remarks
        say(attempt, 0, "sleep", "tea")

        assert look(attempt).remarks == right
        assert len(right) == 1

    def test_texts_to_read_are_not_counted(self):
        attempt = World(single("a"), DESCRIPTION, single("b")).begin()

        assert [number_of(attempt, position) for position in range(3)] == [1, None, 2]
        assert not look(attempt, position=1).writable


class TestChecked:
    def checked(self, key, **settings):
        attempt = World(single(), behaviour="immediate", **settings).begin()
        say(attempt, 0, key)
        check(attempt, 0, revision=1, now=NOW)
        return look(attempt)

    def test_a_question_that_was_checked_tells_all_that_is_allowed(self):
        found = self.checked("half")

        assert (found.verdict, found.mark, found.most) == (Verdict.PARTLY, 0.5, 1)
        assert found.general == "Told to everybody."
        assert (found.done, found.writable, found.tries_left) == (True, False, None)
        options = found.asked["controls"][0]["options"]
        (right,) = found.right["answer"]
        assert options[int(right) - 1]["html"] == "The right"

    @pytest.mark.parametrize(
        ("key", "verdict", "said"),
        [
            ("right", Verdict.RIGHT, "Told to right ones."),
            ("half", Verdict.PARTLY, ""),
            ("worse", Verdict.WRONG, ""),
            ("wrong", Verdict.WRONG, "Told to wrong ones."),
        ],
    )
    def test_what_was_chosen_is_told_by_the_number_that_the_page_gave_it(self, key, verdict, said):
        found = self.checked(key)

        (part,) = found.parts
        assert (part.verdict, part.feedback) == (verdict, said)
        assert (part.value,) == found.values["answer"]

    @pytest.mark.parametrize("see", list(See))
    def test_nothing_is_told_that_the_author_does_not_allow(self, see):
        settings = {"review": {When.DURING: {see}}}
        found = self.checked("right", **settings)

        told = {
            See.VERDICTS: found.verdict is not None,
            See.MARKS: found.mark is not None,
            See.FEEDBACK: "Told to right ones." in text_of(found),
            See.GENERAL: bool(found.general),
            See.ANSWERS: found.right is not None,
        }
        assert {each for each, is_told in told.items() if is_told} == {see} & set(told)
        assert all(part.verdict is None for part in found.parts) == (see is not See.VERDICTS)

    def test_each_of_several_right_choices_is_right(self):
        attempt = World(MULTIPLE, behaviour="immediate").begin()
        say(attempt, 0, "sleep", "tea")
        check(attempt, 0, revision=1, now=NOW)

        assert [part.verdict for part in look(attempt).parts] == [Verdict.RIGHT, Verdict.WRONG]


@pytest.mark.parametrize(
    ("questions", "rules", "offered"),
    [
        ((single("a"), single("b")), {"sequential": True}, False),
        ((single("a"), DESCRIPTION), {"sequential": True, "per_page": 0}, False),
        ((single("a"), single("b")), {"sequential": True, "per_page": 0}, True),
        ((single("a"), single("b")), {}, True),
    ],
)
def test_a_question_can_be_marked_to_come_back_to_where_one_can_come_back(
    questions, rules, offered
):
    attempt = World(*questions, **rules).begin()
    assert look(attempt).flaggable is offered
    finish(attempt, now=NOW)
    assert look(attempt).flaggable is False


class TestTried:
    def tried(self, question=None, *keys):
        question = question or single(hints=hints("Think.", "More."), penalty=0)
        attempt = World(question, behaviour="interactive").begin()
        say(attempt, 0, *(keys or ("half",)))
        check(attempt, 0, revision=1, now=NOW)
        return attempt

    def test_the_hint_that_is_due_is_told_and_not_what_is_right(self):
        attempt = self.tried()

        found = look(attempt)

        assert found.hint.html == "Think."
        assert (found.verdict, found.again, found.tries_left) == (Verdict.PARTLY, True, 2)
        assert (found.mark, found.right, found.general) == (None, None, "")
        assert "More." not in text_of(found)

    def test_the_hint_stays_while_it_is_tried_again_and_the_verdict_goes(self):
        attempt = self.tried()
        try_again(attempt, 0, now=NOW)

        found = look(attempt)

        assert found.hint.html == "Think."
        assert (found.verdict, found.parts, found.again, found.writable) == (None, (), False, True)

    def test_a_hint_can_tell_how_many_are_right(self):
        question = dataclasses.replace(MULTIPLE, hints=hints("Two.", tell_right=True))
        attempt = self.tried(question, "sleep", "tea")

        assert look(attempt).hint.right == 1
        try_again(attempt, 0, now=NOW)
        assert look(attempt).hint.right is None

    def test_a_hint_says_nothing_of_right_parts_where_one_is_half_right(self):
        question = single(hints=hints("Think.", tell_right=True))
        assert look(self.tried(question, "half")).hint.right is None
        assert look(self.tried(question, "wrong")).hint.right == 0

    def test_a_hint_that_does_not_tell_does_not(self):
        assert look(self.tried()).hint.right is None

    def test_when_it_is_done_the_hint_is_gone(self):
        attempt = self.tried()
        try_again(attempt, 0, now=NOW)
        say(attempt, 0, "right")
        check(attempt, 0, revision=2, now=NOW)

        found = look(attempt)
        assert (found.hint, found.again, found.tries_left) == (None, False, 0)

    def test_a_verdict_that_is_not_allowed_is_not_shown_between_tries(self):
        world = World(single(hints=hints("Think.")), behaviour="interactive", review={})
        attempt = world.begin()
        say(attempt, 0, "half")
        check(attempt, 0, revision=1, now=NOW)

        found = look(attempt)
        assert (found.verdict, found.parts, found.hint.html) == (None, (), "Think.")


class TestReview:
    def test_after_handing_in_the_matrix_holds(self):
        attempt = World(single(), closes=NOW + HOUR, review=MATRIX).begin()
        say(attempt, 0, "wrong")
        finish(attempt, now=NOW)

        soon, later, closed = (look(attempt, NOW + after) for after in (SECOND, HOUR / 2, 2 * HOUR))

        assert (soon.mark, later.mark, closed.mark) == (None, 0, 0)
        assert (soon.verdict, later.verdict, closed.verdict) == (None, None, Verdict.WRONG)
        assert (soon.right, later.right) == (None, None)
        assert closed.right is not None

    def test_where_answers_may_not_be_seen_nothing_of_the_question_is(self):
        attempt = World(single(), review={When.SOON: {See.MARKS}}).begin()
        finish(attempt, now=NOW)

        assert look(attempt) is None

    def test_what_nobody_answered_is_not_called_wrong(self):
        attempt = World(single()).begin()
        finish(attempt, now=NOW)

        assert look(attempt).verdict is Verdict.UNANSWERED

    def test_what_a_person_has_to_mark_waits(self):
        attempt = World(single(), behaviour="manual").begin()
        say(attempt, 0, "right")
        finish(attempt, now=NOW)

        found = look(attempt)
        assert (found.verdict, found.mark, found.parts) == (Verdict.WAITING, None, ())

    def test_an_abandoned_attempt_is_not_marked(self):
        attempt = World(single(), seconds=30, overdue=Overdue.ABANDON).begin()
        say(attempt, 0, "right")
        close_overdue(attempt, NOW + MINUTE)

        found = look(attempt, NOW + MINUTE)
        assert (found.verdict, found.mark, found.right) == (None, None, None)
        assert found.values["answer"]

    def test_a_text_to_read_says_nothing_afterwards(self):
        attempt = World(DESCRIPTION).begin()
        finish(attempt, now=NOW)

        assert (look(attempt).verdict, look(attempt).right) == (None, None)

    def test_parts_that_were_written_or_paired_have_the_name_of_their_control(self):
        attempt = World(MATCHING).begin()
        answer = attempt.answers[0]
        asked = answer.version.question.ask(answer.arrangement)
        right = answer.version.question.right_response(answer.arrangement)
        from assessments.attempts.save import save

        save(attempt, 0, revision=0, posted=asked.fields(right), now=NOW)
        finish(attempt, now=NOW)

        found = look(attempt)

        assert {part.name for part in found.parts} == set(right)
        assert all(found.values[part.name] == (part.value,) for part in found.parts)

    def test_the_language_of_the_attempt_is_that_of_all_that_is_said(self):
        question = ChoiceQuestion(
            name="q",
            body=Html("One?"),
            choices=(Choice("a", Html("Yes"), 1), Choice("b", Html("No"), 0)),
            feedback=Html("So it is."),
            translations={"fr": {"body": "Un ?", "feedback": "Voilà."}},
        )
        attempt = World(question).begin(language="fr")
        finish(attempt, now=NOW)

        assert (look(attempt).asked["body"], look(attempt).general) == ("Un ?", "Voilà.")

    def test_a_number_is_read_and_shown_as_people_of_the_attempts_language_write_it(self):
        question = NumericalQuestion(
            name="q",
            body=Html("How many?"),
            answers=(NumberAnswer("1", Decimal("1.5"), Fraction(1)),),
            language="en",
        )
        attempt = World(question).begin(language="fr")
        finish(attempt, now=NOW)

        assert look(attempt).right == {"answer": ("1,5",)}
