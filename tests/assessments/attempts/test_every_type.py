"""Every type of question lives through an attempt, and tells nothing before its time."""

import dataclasses
from fractions import Fraction

import pytest

from assessments.attempts.finish import finish
from assessments.attempts.history import entries
from assessments.attempts.receipt import receipt, verify
from assessments.attempts.save import Saved, save
from assessments.attempts.shown import shown
from assessments.questions.base import Verdict
from assessments.questions.plain import to_plain
from tests.assessments.attempts.making import LEARNER, MINUTE, NOW, World
from tests.assessments.examples import EXAMPLES, MORE

ALL = {**EXAMPLES, **MORE}
"""QTI's items have tests of their own."""
ANSWERABLE = {name: each for name, each in ALL.items() if each.answerable}
MARKED = {name: each for name, each in ANSWERABLE.items() if each.automatic}
SECRET = ("feedback", "hints", "said", "when_true", "when_false", "for_markers", "rubric")
"""Parts of a question of which a learner may see no text before it is due."""
ANSWERS = {
    "short": ("Istanbul", "Constantinople"),
    "numerical": ("0.05", "significant"),
    "formula": ("{rate} * {meetings}", "0.005"),
}
"""What the author expects to be written."""


def keys(plain):
    """Every key that an author gave, and that is not also what it says."""
    if isinstance(plain, dict):
        if "key" in plain and plain["key"] != plain.get("html") and not plain["key"].isdecimal():
            yield plain["key"]
        plain = plain.values()
    if not isinstance(plain, str | bool | int | None):
        for each in plain:
            yield from keys(each)


def secrets(plain, secret=False):
    """Every sentence in the secret parts of a question."""
    if isinstance(plain, dict):
        for name, value in plain.items():
            yield from secrets(value, secret or name in SECRET)
    elif isinstance(plain, str):
        if secret and " " in plain:
            yield plain
    elif not isinstance(plain, bool | int | None):
        for each in plain:
            yield from secrets(each, secret)


def leaves(told):
    """Every text that a page gets of the question."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        yield from leaves(list(told.values()))
    elif isinstance(told, list | tuple):
        for each in told:
            yield from leaves(each)


def page(attempt):
    """What a page gets of the question, but for what the learner wrote."""
    found = dataclasses.replace(shown(attempt, 0, NOW), values={})
    return set(leaves(dataclasses.asdict(found)))


def answer_rightly(attempt):
    answer = attempt.answers[0]
    question = answer.version.question
    fields = question.ask(answer.arrangement).fields(question.right_response(answer.arrangement))
    return save(attempt, 0, revision=answer.revision, posted=fields, now=NOW)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("behaviour", ["deferred", "immediate", "interactive", "manual"])
def test_no_key_and_no_word_that_is_not_due_is_told_while_it_is_answered(name, behaviour):
    question = ALL[name]
    attempt = World(question, behaviour=behaviour).begin()
    told = page(attempt)
    if question.automatic and question.answerable:
        answer_rightly(attempt)
        assert page(attempt) == told  # the same as before: nothing in it depends on the answer

    plain = to_plain(question)
    assert not set(keys(plain)) & told
    for secret in (*secrets(plain), *ANSWERS.get(question.kind, ())):
        assert not any(secret in each for each in told)


@pytest.mark.parametrize("name", MARKED)
def test_the_right_answer_brings_the_whole_mark_and_is_shown_when_it_may_be(name):
    attempt = World(MARKED[name]).begin()
    outcome = answer_rightly(attempt)
    finish(attempt, now=NOW + MINUTE)

    found = shown(attempt, 0, NOW + MINUTE)

    assert outcome == Saved(1, NOW, True)
    assert (found.verdict, found.mark) == (Verdict.RIGHT, found.most)
    assert found.right is not None
    assert found.values == found.right
    assert {part.verdict for part in found.parts} == {Verdict.RIGHT}


@pytest.mark.parametrize("name", ANSWERABLE)
def test_what_is_shown_again_is_what_was_saved_and_saving_it_changes_nothing(name):
    question = ANSWERABLE[name]
    attempt = World(question).begin()
    posted = {"text": ["A letter"]}
    if question.automatic:
        answer_rightly(attempt)
    else:
        save(attempt, 0, revision=0, posted=posted, now=NOW)
    values = shown(attempt, 0, NOW).values

    assert save(attempt, 0, revision=0, posted=values, now=NOW) == Saved(1, NOW, False)
    assert len(list(entries(attempt.answers[0]))) == 1


@pytest.mark.parametrize("name", ANSWERABLE)
def test_what_nobody_answered_brings_nothing_and_waits_for_nobody(name):
    attempt = World(ANSWERABLE[name]).begin()
    finish(attempt, now=NOW)

    found = shown(attempt, 0, NOW)
    assert (found.verdict, found.mark) == (Verdict.UNANSWERED, Fraction(0))


@pytest.mark.parametrize("name", ANSWERABLE)
def test_each_can_be_in_a_receipt(name):
    question = ANSWERABLE[name]
    attempt = World(question).begin()
    if question.automatic:
        answer_rightly(attempt)
    finish(attempt, now=NOW)

    assert verify(receipt(attempt, "secret"), "secret").count == int(question.automatic)


def test_an_essay_waits_for_a_person():
    attempt = World(EXAMPLES["essay"]).begin(LEARNER)
    save(attempt, 0, revision=0, posted={"text": ["What helped me was rest."]}, now=NOW)
    finish(attempt, now=NOW)

    found = shown(attempt, 0, NOW)
    assert (found.verdict, found.mark, found.most) == (Verdict.WAITING, None, 4)
