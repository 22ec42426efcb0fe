"""What is remembered of a preview's requests, for its author."""

import pytest

from scorm.packages.manifest import Condition, ControlMode, Sequencing, SequencingRule
from scorm.runtime.inspector import (
    LONGEST_SENTENCE,
    MOST_ASKED,
    MOST_FIRED,
    inspected,
    marks_of,
    meaning,
)
from scorm.sequencing.exceptions import MEANINGS, PROCESSES, WORDS

RETRIED = SequencingRule("retry", (Condition("satisfied", negated=True),))


@pytest.fixture
def preview(learner, lesson_of):
    def make(*items, **more):
        made = learner(*items, **more)
        made.registration.preview = True
        return made

    return make


def test_a_request_is_remembered_with_what_it_led_to(preview):
    author = preview("one", "two")
    author.start("s")
    author.navigate("continue")
    newest, first = inspected(author.registration).asked
    assert (newest["request"], newest["from"], newest["delivery"]) == ("continue", "one", "two")
    assert (first["request"], first["from"], first["delivery"]) == ("start", None, "one")


def test_the_rules_that_fired_are_remembered_in_words(preview, lesson_of):
    part = lesson_of("one", Sequencing(postcondition_rules=(RETRIED,)))
    author = preview(part, "two")
    author.start("s")
    author.initialize("one")
    author.set("one", {"cmi.success_status": "failed"})
    author.terminate("one", "continue")
    newest = inspected(author.registration).asked[0]
    assert newest["delivery"] == "one"
    (fired,) = [each for each in newest["fired"] if each["process"] == "UP.2"]
    assert (fired["activity"], fired["action"]) == ("one", "retry")
    assert "begins again" in fired["words"]


def test_a_refusal_is_remembered_with_its_code(preview):
    author = preview("one", "two")
    author.start("s")
    author.navigate("previous")
    newest = inspected(author.registration).asked[0]
    assert (newest["exception"], newest["delivery"]) == ("SB.2.1-3", None)


def test_what_content_has_said_counts_as_if_it_were_left_now(preview, lesson_of):
    skipped = SequencingRule("skip", (Condition("completed"),))
    author = preview(lesson_of("one", Sequencing(precondition_rules=(skipped,))), "two")
    author.start("s")
    author.initialize("one")
    author.set("one", {"cmi.completion_status": "completed"})
    seen = {x.activity.id: x for x in inspected(author.registration).inspection.activities}
    assert seen["one"].rules[0].fires is True


def test_only_the_newest_requests_are_kept(preview):
    author = preview("one", "two")
    author.start("s")
    for _ in range(MOST_ASKED):
        author.navigate("continue")
        author.navigate("previous")
    assert len(author.registration.sessions["s"].asked) == MOST_ASKED


def test_half_a_character_in_a_request_is_shown_by_its_escape(preview):
    author = preview("one", "two")
    author.start("s")
    for request in ("\ud800", "{target=\ud800}choice"):
        author.navigate(request)
    asked = inspected(author.registration).asked
    assert [each["request"] for each in asked[:2]] == ["{target=\\ud800}choice", "\\ud800"]


def test_of_a_long_request_the_beginning_is_kept(preview):
    author = preview("one", "two")
    author.start("s")
    author.navigate("x" * 5000)
    newest = author.registration.sessions["s"].asked[-1]
    assert newest["request"] == "x" * 299 + "…"


def test_of_many_rules_with_long_sentences_not_much_is_kept(preview, lesson_of):
    long = Condition("objectiveStatusKnown", "o" * 4000, negated=True)
    skipped = Sequencing(precondition_rules=(SequencingRule("skip", (long,)),))
    always = Sequencing(precondition_rules=(SequencingRule("skip", (Condition("always"),)),))
    parts = [lesson_of(f"part{number}", always) for number in range(40)]
    author = preview(lesson_of("long", skipped), *parts, "last")
    author.start("s")
    (asked,) = author.registration.sessions["s"].asked
    assert asked["delivery"] == "last"
    assert len(asked["fired"]) == MOST_FIRED
    assert asked["more"] == 41 - MOST_FIRED
    assert max(len(each["words"]) for each in asked["fired"]) <= LONGEST_SENTENCE


def test_rules_that_were_only_tried_after_a_start_that_found_nothing_did_not_fire(
    preview, lesson_of
):
    hidden = SequencingRule("hiddenFromChoice", (Condition("attempted", negated=True),))
    part = lesson_of("one", Sequencing(precondition_rules=(hidden,)))
    author = preview(part, "two", control=ControlMode(choice=True, flow=False))
    author.start("s")
    (asked,) = inspected(author.registration).asked
    assert (asked["exception"], asked["chooses"], asked["fired"]) == ("SB.2.2-1", True, [])


def test_what_will_be_resumed_is_marked(preview):
    author = preview("one", "two")
    author.start("s")
    author.navigate("suspendAll")
    marked = [
        x.activity.id
        for x in inspected(author.registration).inspection.activities
        if "will be resumed" in marks_of(x)
    ]
    assert marked == ["one"]


def test_of_a_learner_nothing_of_the_kind_is_kept(learner):
    somebody = learner("one", "two")
    somebody.start("s")
    somebody.navigate("continue")
    assert somebody.registration.sessions["s"].asked == ()


def test_the_state_that_is_kept_does_not_go_on_watching(preview):
    author = preview("one", "two")
    author.start("s")
    assert author.registration.tree._v_state.trace is None


@pytest.mark.parametrize("code", sorted(WORDS))
def test_every_exception_has_a_meaning_and_a_process(code):
    process, words = meaning(code)
    assert process in PROCESSES.values()
    assert words.endswith(".")


def test_no_meaning_is_left_over():
    assert MEANINGS.keys() == WORDS.keys()
    assert {code.rpartition("-")[0] for code in WORDS} == PROCESSES.keys()
