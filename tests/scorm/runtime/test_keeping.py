"""What a device keeps of a course: whether it can go on alone, and that what it shows and sends
then is what the server would have shown and kept."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from nodes import NODE, needs_node
from scorm.packages.manifest import (
    ChildSelection,
    CompletionThreshold,
    Condition,
    ControlMode,
    DataMap,
    DeliveryControls,
    Edition,
    Item,
    Objective,
    ObjectiveMap,
    RollupFlags,
    RollupRule,
    Sequencing,
    SequencingRule,
)
from scorm.runtime.commit import most_moves
from scorm.runtime.course import course_of
from scorm.runtime.keeping import roams, shelf
from scorm.runtime.record import history

FREE = ControlMode(flow=True)
SHELF = Path(__file__).parents[3] / "scorm" / "static" / "player" / "shelf.js"
WALK = """
import { readFileSync } from "node:fs";
const { Shelf } = await import(process.argv[1]);
const walks = JSON.parse(readFileSync(0, "utf-8"));
const told = walks.map(({ shelf, entries }) => {
  const here = new Shelf(shelf);
  return entries.map((entry) => {
    here.fold(entry);
    const { delivery, outcome, navigation, toc } = here.copy().view(-1, "");
    return { delivery, over: outcome && outcome.state, navigation, toc, lost: !!here.plain.lost };
  });
});
console.log(JSON.stringify(told));
"""


def scored(identifier: str, measure: float) -> Sequencing:
    """With a primary objective that a score decides about."""
    objective = Objective(identifier, satisfied_by_measure=True, min_normalized_measure=measure)
    return Sequencing(primary_objective=objective)


def set_by_content(sequencing: Sequencing) -> Sequencing:
    return replace(sequencing, delivery=DeliveryControls(True, True, True))


def chapter(lesson_of, edition: Edition) -> tuple[Item, ...]:
    """Three lessons, two of them in a chapter, and a page that only is to be seen."""
    is_2004 = edition.is_2004
    maps = (DataMap("shelf"), DataMap("locked", write=False)) if edition is Edition.FOURTH else ()
    quiz = set_by_content(scored("quiz", 0.5)) if is_2004 else Sequencing()
    within = (
        lesson_of("one", data_maps=maps, data_from_lms="begin"),
        lesson_of("two", quiz, data_maps=maps, mastery_score=None if is_2004 else "60"),
    )
    sequencing = Sequencing(control=FREE)
    return (
        Item("chapter", "Chapter", children=within, sequencing=sequencing),
        lesson_of("three", set_by_content(Sequencing())),
        lesson_of("page", sco=False),
        Item("heading", "Heading"),
    )


VALUES = {
    "2004": {
        "cmi.location": ["a", "b"],
        "cmi.suspend_data": ["x" * 20, "y"],
        "cmi.completion_status": ["completed", "incomplete"],
        "cmi.success_status": ["passed", "failed"],
        "cmi.score.scaled": ["0.4", "0.9"],
        "cmi.learner_preference.language": ["fr"],
        "adl.data.0.store": ["shared", "other"],
        "cmi.session_time": ["PT12.5S", "PT1H2M", "PT59M59.99S"],
        "cmi.exit": ["suspend", "suspend", "normal", ""],
    },
    "1.2": {
        "cmi.core.lesson_location": ["a", "b"],
        "cmi.suspend_data": ["x" * 20, "y"],
        "cmi.core.lesson_status": ["completed", "incomplete", "passed"],
        "cmi.core.score.raw": ["40", "90"],
        "cmi.comments": ["well", "badly"],
        "cmi.core.session_time": ["00:00:12.5", "01:02:00", "00:59:59.99"],
        "cmi.core.exit": ["suspend", "suspend", ""],
    },
}
PARTS = ["one", "two", "three", "page"]


class Walk:
    """A learner's way through a course, entry by entry, as a page would write it down."""

    def __init__(self, learner, random: Random):
        self.learner, self.random = learner, random
        self.entries: list[dict] = []
        self.views: list[dict] = []
        self.view = learner.start("s1")
        self.shelf = shelf_of(learner)

    def say(self, kind: str, activity: str | None, **more) -> None:
        entry = self.learner.entry(kind, activity, **more)
        self.entries.append(entry)
        self.view = self.learner.send(entry)
        self.views.append(self.view)

    @property
    def goes_on(self) -> bool:
        return (self.view["outcome"] or {"state": ""})["state"] != "ended"

    def visit(self) -> None:
        """Something in the part that is open, and then on to another."""
        random, delivery = self.random, self.view["delivery"]
        activity = None if delivery is None else delivery["activity"]
        if delivery and delivery["sco"] and random.random() < 0.85:
            self.say("initialize", activity)
            for name, values in VALUES[delivery["standard"]].items():
                stores = not name.startswith("adl.") or delivery["stores"]
                if random.random() < 0.4 and stores:
                    self.say("set", activity, values=[[name, random.choice(values)]])
            if random.random() < 0.7:
                wish = self.way() if random.random() < 0.2 else "back"
                self.say("terminate", activity, request="_none_" if wish == "back" else wish)
                if wish != "back":
                    return
        self.say("navigate", activity, request=self.way())

    def way(self) -> str:
        random, ways = self.random, ["choice"] * 4 + ["suspendAll", "exit", "back"]
        state = self.view["navigation"]
        ways += [each for each in ("continue", "previous") for _ in range(4) if state[each]]
        way = random.choice(ways)
        if self.view["delivery"] is None:
            way = "choice" if self.view["outcome"] is None else "back"
        return f"{{target={random.choice(['chapter', *PARTS])}}}choice" if way == "choice" else way


def shelf_of(learner) -> dict:
    registration = learner.registration
    return shelf(registration, registration.sessions[learner.session], "cap")


def walks(another_learner, lesson_of, edition: Edition, many: int, entries: int) -> list[Walk]:
    found = []
    for seed in range(many):
        items = chapter(lesson_of, edition)
        walk = Walk(another_learner(*items, edition=edition), Random(seed))
        while walk.goes_on and len(walk.entries) < entries:
            walk.visit()
        found.append(walk)
    return found


def without_server(found: list[Walk]) -> list[list[dict]]:
    """What the device shows after each entry of each walk."""
    given = json.dumps([{"shelf": walk.shelf, "entries": walk.entries} for walk in found])
    run = subprocess.run(
        [NODE, "--input-type=module", "--eval", WALK, SHELF.as_uri()],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def shown(delivery: dict | None) -> dict | None:
    """All of a delivery but its number, and with the file alone of its address."""
    if delivery is None:
        return None
    found = {name: value for name, value in delivery.items() if name != "number"}
    return found | {"url": delivery["url"].rpartition("/")[2]}


@needs_node
@pytest.mark.parametrize("edition", list(Edition))
def test_the_device_alone_delivers_what_the_server_would(another_learner, lesson_of, edition):
    found = walks(another_learner, lesson_of, edition, many=30, entries=80)
    moves = 0
    for walk, told in zip(found, without_server(found), strict=True):
        for entry, view, here in zip(walk.entries, walk.views, told, strict=True):
            if entry["kind"] not in ("navigate", "terminate"):
                continue
            assert not here["lost"], (entry, walk.entries)
            assert here["over"] == (view["outcome"] and view["outcome"]["state"])
            assert shown(here["delivery"]) == shown(view["delivery"]), (entry, walk.entries)
            moves += 1
    assert moves > 400
    if edition is Edition.SCORM_12:
        for walk, told in zip(found, without_server(found), strict=True):
            for entry, view, here in zip(walk.entries, walk.views, told, strict=True):
                if entry["kind"] == "navigate":
                    assert statuses(here["toc"]) == statuses(view["toc"])
                    assert [line["enabled"] for line in here["toc"]] == [True, True, True, False]


def statuses(toc: list[dict]) -> dict[str, str]:
    """Of the parts."""
    parts = [part for line in toc for part in (line["children"] or [line])]
    return {part["id"]: part["status"] for part in parts}


@pytest.mark.parametrize("edition", list(Edition))
def test_what_was_done_without_a_line_comes_to_the_same_as_with_one(
    another_learner, lesson_of, edition
):
    """Sent later, in parts or from another session's page, as left-overs."""
    for walk in walks(another_learner, lesson_of, edition, many=15, entries=80):
        later, left = (another_learner(*chapter(lesson_of, edition), edition=edition) for _ in "ab")
        later.start("s1")
        left.start("s1")
        for at in range(0, len(walk.entries), 7):
            view = later.send(*walk.entries[at : at + 7])
        left.replay("s1", *walk.entries)
        assert view["acknowledged"] == len(walk.entries)
        assert shown(view["delivery"]) == shown(walk.view["delivery"])
        assert done(later) == done(left) == done(walk.learner)


def done(learner) -> dict:
    """All that has come of it."""
    found = history(learner.registration)
    version = found["version"]
    kept = ("result", "tracking", "parts", "explanation", "activities")
    text = json.dumps({name: found[name] for name in kept}).replace(version, "version")
    plain = json.loads(text)
    del plain["tracking"]["seed"]  # of draws, which there are none of
    return plain


@pytest.mark.parametrize("edition", list(Edition))
def test_coming_back_without_a_line_is_like_opening_the_course_again(
    another_learner, lesson_of, edition
):
    for seed in range(40):
        here, elsewhere = (
            Walk(another_learner(*chapter(lesson_of, edition), edition=edition), Random(seed))
            for _ in "ab"
        )
        while here.goes_on and len(here.entries) < 30:
            here.visit()
            elsewhere.visit()
        if here.goes_on:
            here.say("navigate", None, request="back")
            elsewhere.view = elsewhere.learner.start("s2")
        assert shown(here.view["delivery"]) == shown(elsewhere.view["delivery"])
        assert here.view["toc"] == elsewhere.view["toc"]


def test_nobody_comes_back_to_what_they_have_ended(learner):
    found = learner("one", "two", edition=Edition.FOURTH)
    found.start("s1")
    found.navigate("exitAll", "one")
    view = found.navigate("back")
    assert (view["outcome"]["state"], view["delivery"]) == ("ended", None)


def test_content_cannot_ask_for_what_a_page_asks_that_comes_back(learner):
    found = learner("one", "two", edition=Edition.FOURTH)
    found.start("s1")
    found.initialize("one")
    before = found.terminate("one")
    assert found.terminate("one", "back")["delivery"]["number"] == before["delivery"]["number"]


RULE = SequencingRule("skip", (Condition("completed"),))
LINK = (ObjectiveMap("global", reads=frozenset({"satisfied"})),)
BOUND = {
    "a rule": Sequencing(precondition_rules=(RULE,)),
    "a rule at the end": Sequencing(postcondition_rules=(replace(RULE, action="retry"),)),
    "a limit of attempts": Sequencing(attempt_limit=2),
    "a limit of time": Sequencing(attempt_absolute_duration_limit="PT1H"),
    "no way out": Sequencing(control=ControlMode(choice_exit=False)),
    "an objective of others": Sequencing(primary_objective=Objective("a", maps=LINK)),
    "another objective of others": Sequencing(objectives=(Objective("a", maps=LINK),)),
}
CLUSTERS = {
    "no choice": ControlMode(choice=False, flow=True),
    "no flow": ControlMode(),
    "only forward": ControlMode(flow=True, forward_only=True),
    "constrained choice": ControlMode(flow=True, constrain_choice=True),
    "no activation": ControlMode(flow=True, prevent_activation=True),
}


def roams_with(learner, *items, control=FREE, **more) -> bool:
    return roams(course_of(learner(*items, control=control, **more).registration.version))


@pytest.mark.parametrize("name", BOUND)
def test_a_course_whose_parts_are_bound_does_not_roam(learner, lesson_of, name):
    assert not roams_with(learner, "one", lesson_of("two", BOUND[name]))


@pytest.mark.parametrize("name", CLUSTERS)
def test_a_course_in_which_not_all_can_be_chosen_does_not_roam(learner, name):
    assert not roams_with(learner, "one", "two", control=CLUSTERS[name])


def test_a_course_that_draws_its_parts_does_not_roam(learner):
    draw = Sequencing(selection=ChildSelection("once", 1))
    assert not roams_with(learner, "one", "two", sequencing=draw)


def test_a_course_that_hides_a_control_does_not_roam(learner, lesson_of):
    assert not roams_with(learner, "one", lesson_of("two", hide_lms_ui=frozenset({"exitAll"})))


def test_a_course_with_prerequisites_does_not_roam(learner, lesson_of):
    items = (lesson_of("one"), lesson_of("two", prerequisites="one"))
    assert not roams_with(learner, *items, edition=Edition.SCORM_12)


def test_what_only_judges_lets_a_course_roam(learner, lesson_of):
    rollup = RollupRule("completed", (Condition("attempted"),))
    judged = replace(
        set_by_content(scored("quiz", 0.8)),
        rollup=RollupFlags(objective_satisfied=False),
        rollup_rules=(rollup,),
    )
    threshold = CompletionThreshold(completed_by_measure=True)
    items = ("one", lesson_of("two", judged, completion_threshold=threshold))
    assert roams_with(learner, *items)


def test_a_course_of_one_part_roams_without_a_choice(learner):
    assert roams_with(learner, "one", control=ControlMode(choice=False, flow=True))


def test_a_long_way_is_more_than_one_request_may_bring(learner):
    """The page then sends it in parts (line.js)."""
    found = learner(*(f"part-{number}" for number in range(60)), edition=Edition.FOURTH)
    assert 1 <= most_moves(found.registration) < 200
