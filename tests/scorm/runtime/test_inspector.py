"""What is remembered of a preview's requests, for its author."""

import pytest

from scorm.packages.manifest import Condition, Sequencing, SequencingRule
from scorm.runtime.inspector import MOST_ASKED, inspected, meaning
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
