"""Whatever two tabs do with an attempt while the clock goes on: nothing that was acknowledged is
lost, nothing is marked twice, the deadline holds, and revisions only grow."""

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from assessments.attempts.behaviour import CannotCheck, check, try_again
from assessments.attempts.finish import close_overdue, finish
from assessments.attempts.history import REMEMBERED, Kind, entries
from assessments.attempts.receipt import intact, receipt, verify
from assessments.attempts.save import Conflict, Kept, Saved, save
from assessments.attempts.shown import shown
from assessments.attempts.timing import TRANSMISSION, ends, left
from assessments.quizzes.plan import Overdue
from tests.assessments.attempts.making import LEARNER, NOW, World, hints, single

TABS = st.integers(0, 1)
VALUES = st.sampled_from(["1", "2", "3", "4"])


@dataclass
class Tab:
    """What a page knows: the revision it was made from, and what is filled in."""

    revision: int = 0
    values: tuple[str, ...] = ()
    sent: list[tuple] = field(default_factory=list)


class TwoTabs(RuleBasedStateMachine):
    @initialize(
        behaviour=st.sampled_from(["deferred", "immediate", "interactive"]),
        overdue=st.sampled_from(Overdue),
    )
    def begin(self, behaviour, overdue):
        question = single(hints=hints("a", "b", clear_wrong=True), penalty=Fraction(1, 4))
        self.world = World(question, behaviour=behaviour, seconds=120, grace=20, overdue=overdue)
        self.attempt = self.world.begin()
        self.answer = self.attempt.answers[0]
        self.overdue = overdue
        self.now = NOW
        self.extra = 0
        self.tabs = (Tab(), Tab())
        self.posts = 0
        self.acknowledged: dict[int, tuple[str, ...]] = {}
        self.refused: list[tuple[Kind, tuple[str, ...]]] = []
        self.done: dict[str, int] = {}
        self.checks: list[tuple[str, int]] = []
        self.tries: list[dict] = []
        self.revision = 0
        self.ended = None

    def response(self, values):
        return dict(
            self.answer.version.question.ask(self.answer.arrangement).read({"answer": values})
        )

    def send(self, tab, post, revision, values, *, arrives=True):
        """A save reaches the server; its answer may be lost on its way back."""
        before, known = self.answer.revision, self.done.get(post)
        outcome = save(
            self.attempt, 0, revision=revision, posted={"answer": values}, now=self.now, post=post
        )
        if known is not None and len(self.answer.posts) < REMEMBERED:
            assert (outcome.revision, outcome.changed) == (known, False)
        match outcome:
            case Saved(new, at, changed):
                if changed:
                    assert self.attempt.state == "open"
                    assert self.now <= ends(self.attempt) + TRANSMISSION
                    assert (new, at) == (before + 1, self.now)
                    self.done[post] = new
                    self.acknowledged[new] = self.response(values)
                elif new:
                    assert self.response(values) == self.known(new)
            case Conflict(new, yours, theirs):
                assert new == before != revision
                assert yours["answer"] == tuple(values)
                assert self.response(theirs["answer"]) == self.answer.response
                self.refused.append((Kind.CONFLICT, self.response(values)))
            case Kept(why, new):
                assert new == before
                late = self.attempt.state != "open" or self.now > ends(self.attempt) + TRANSMISSION
                assert (why is Kind.LATE) == late
                self.refused.append((why, self.response(values)))
        if arrives and not isinstance(outcome, Kept):
            tab.revision = max(tab.revision, outcome.revision)

    def known(self, revision):
        return next(entry.response for entry in entries(self.answer) if entry.revision == revision)

    @rule(which=TABS, value=VALUES, arrives=st.booleans())
    def autosave(self, which, value, arrives):
        tab = self.tabs[which]
        tab.values = (value,)
        self.posts += 1
        tab.sent.append((str(self.posts), tab.revision, tab.values))
        self.send(tab, *tab.sent[-1], arrives=arrives)

    @rule(value=VALUES, other=VALUES)
    def both_tabs_save(self, value, other):
        self.autosave(0, value, True)
        self.autosave(1, other, True)

    @rule(which=TABS, back=st.integers(1, 5))
    def replay_the_outbox(self, which, back):
        tab = self.tabs[which]
        for sent in tab.sent[-back:]:
            self.send(tab, *sent)

    @rule(which=TABS)
    def reload(self, which):
        found = shown(self.attempt, 0, self.now)
        self.tabs[which].revision, self.tabs[which].values = found.revision, found.values["answer"]

    @rule(which=TABS, value=VALUES, fresh=st.booleans())
    def press_check(self, which, value, fresh):
        """The button of a page that may have been made long ago; its post comes once or twice."""
        if fresh:
            self.reload(which)
            self.autosave(which, value, True)
        self.posts += 1
        self.checks.append((f"check {self.posts}", self.tabs[which].revision))
        self.check(*self.checks[-1])

    @rule(back=st.integers(1, 3))
    def a_check_comes_again(self, back):
        for sent in self.checks[-back:]:
            self.check(*sent)

    def check(self, post, revision):
        before = len(self.answer.tries)
        try:
            done = check(self.attempt, 0, revision=revision, now=self.now, post=post)
        except CannotCheck:
            done = False
        if done:
            assert self.attempt.behaviour != "deferred"
            assert self.now <= ends(self.attempt) + TRANSMISSION
            assert revision == self.answer.revision
        assert len(self.answer.tries) == before + done

    @rule()
    def try_again(self):
        try:
            try_again(self.attempt, 0, now=self.now)
        except CannotCheck:
            assert self.now > ends(self.attempt) + TRANSMISSION

    @rule(seconds=st.sampled_from([1, 6, 40]))
    def time_goes_on(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule(seconds=st.sampled_from([10, 120]))
    def more_time_is_given(self, seconds):
        self.extra += seconds
        self.world.override(LEARNER, extra=self.extra)

    @rule()
    def hand_in(self):
        self.end(finish(self.attempt, now=self.now))

    @rule()
    def the_clock_comes_by(self):
        self.end(close_overdue(self.attempt, self.now))

    def end(self, done):
        if self.ended is not None:
            assert done is False
        elif self.attempt.state != "open":
            grace = timedelta(seconds=20 if self.overdue is Overdue.GRACE and done else 0)
            assert self.attempt.finished <= min(self.now, ends(self.attempt) + grace)
            self.ended = (self.attempt.state, self.attempt.finished, self.answer.fraction)

    @precondition(lambda self: self.ended is not None)
    @rule()
    def the_receipt_is_genuine(self):
        assert intact(self.attempt)
        found = verify(receipt(self.attempt, "secret"), "secret")
        assert found is not None
        assert found.count == self.answer.revision

    @invariant()
    def nothing_that_was_acknowledged_is_lost(self):
        kept = list(entries(self.answer))
        by_revision = {each.revision: each.response for each in kept if each.kind is Kind.SAVED}
        for revision, response in self.acknowledged.items():
            assert by_revision[revision] == response
        found = [(each.kind, each.response) for each in kept]
        assert all(each in found for each in self.refused)

    @invariant()
    def revisions_only_grow_and_the_newest_counts(self):
        saved = [each for each in entries(self.answer) if each.kind is Kind.SAVED]
        assert [each.revision for each in saved] == list(range(1, self.answer.revision + 1))
        assert self.answer.revision >= self.revision
        self.revision = self.answer.revision
        if saved:
            assert saved[-1].response == self.answer.response

    @invariant()
    def nothing_is_marked_twice(self):
        tries = list(self.answer.tries)
        assert [each["revision"] for each in tries[: len(self.tries)]] == [
            each["revision"] for each in self.tries
        ]
        posts = [each["post"] for each in tries if each["post"]]
        assert len(posts) == len(set(posts))
        assert len(tries) <= (3 if self.attempt.behaviour == "interactive" else 1)
        self.tries = tries

    @invariant()
    def the_deadline_holds(self):
        assert left(self.attempt, self.now) >= 0
        if self.ended is not None:
            state, finished, fraction = self.ended
            assert (self.attempt.state, self.attempt.finished) == (state, finished)
            assert self.answer.fraction == fraction


TwoTabs.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=30,
)
test_two_tabs = TwoTabs.TestCase
