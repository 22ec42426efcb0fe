"""An item's sequencing definition: ``imsss:sequencing`` over the collection it refers to
(CAM 5.1; SN 3)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from lxml import etree

from scorm.packages.document import attribute, children, local
from scorm.packages.manifest import (
    ChildSelection,
    Condition,
    ControlMode,
    DeliveryControls,
    Edition,
    RollupFlags,
    Sequencing,
    SequencingRule,
)
from scorm.packages.objectives import Objectives, of_adlseq, read_maps, read_objectives, spelled
from scorm.packages.room import Room, written_out
from scorm.packages.rules import (
    EXIT,
    POSTCONDITION,
    PRECONDITION,
    rollup_rules,
    sequencing_rules,
)
from scorm.packages.values import (
    Tell,
    count,
    flag,
    measure,
    only,
    repeated,
    vocabulary,
    word_or_default,
)
from scorm.packages.words import _, listed, ngettext

TIMINGS = vocabulary("never", "once", "onEachNewAttempt")
CONSIDERATIONS = vocabulary("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended")

NAMES = {
    name.lower(): name
    for name in (
        *("controlMode", "sequencingRules", "limitConditions", "rollupRules", "objectives"),
        *("randomizationControls", "deliveryControls"),
        *("constrainedChoiceConsiderations", "rollupConsiderations"),
    )
}
"""What ``imsss:sequencing`` holds, by its lower case."""
ADL_OBJECTIVES = "adlseq:objectives"

LISTED = 3
"""Objectives that are named in one sentence."""

Value = TypeVar("Value")


class Definitions:
    """Reads the sequencing of the items of one manifest.

    :param collection: ``imsss:sequencingCollection``, or None
    :param tell: is called with what is wrong or mended
    :param room: a collection is referred to by many items, and takes its room for each
    """

    def __init__(self, collection: etree._Element | None, edition: Edition, tell: Tell, room: Room):
        self._edition = edition
        self._tell = tell
        self._room = room
        self._shared: dict[str, dict[str, etree._Element]] = {}
        for found in children(collection, "sequencing"):
            identifier = attribute(found, "ID") or ""
            if identifier in self._shared:
                words = _(
                    "Two sequencings are called “${name}”; the first one is taken.",
                    name=identifier[:60],
                )
                tell("warning", "sequencing-repeated", words, found)
                continue
            self._shared[identifier] = self._parts(found)
        self._kept: dict[tuple[Callable, etree._Element | None], Any] = {}

    def of(self, element: etree._Element) -> Sequencing:
        """The sequencing of an item or organization; the defaults of the book when it has none.

        Each child element of the item's own wins whole over that of the collection (CAM 5.1.2).

        :raises ManifestRefused: when all items together have more than can be kept
        """
        own = only(element, "sequencing", self._tell)
        if own is None:
            return Sequencing()
        reference = attribute(own, "IDRef")
        shared = self._shared.get(reference, {}) if reference else {}
        if reference and reference not in self._shared:
            words = _("The sequencing “${name}” does not exist.", name=reference[:60])
            self._tell("warning", "sequencing-missing", words, own)
        sequencing = self._sequencing(shared | self._parts(own), own)
        self._room.take(written_out(sequencing), own.sourceline)
        return sequencing

    def _parts(self, sequencing: etree._Element) -> dict[str, etree._Element]:
        """The first element of each kind."""
        parts: dict[str, etree._Element] = {}
        for element in sequencing:
            name = NAMES.get(local(element).lower())
            if name == "objectives" and of_adlseq(element):
                name = ADL_OBJECTIVES
            if name in parts:
                repeated(name, element, self._tell)
            elif name:
                parts[name] = element
        return parts

    def _read(
        self, reader: Callable[[etree._Element | None, Tell], Value], element: etree._Element | None
    ) -> Value:
        """What ``reader`` makes of an element, which many items may share; it is read once."""
        key = (reader, element)
        if key not in self._kept:
            self._kept[key] = reader(element, self._tell)
        return self._kept[key]

    def _sequencing(self, parts: Mapping[str, etree._Element], place: etree._Element) -> Sequencing:
        def read(reader: Callable[[etree._Element | None, Tell], Value], name: str) -> Value:
            return self._read(reader, parts.get(name))

        objectives = self._objectives(read(read_objectives, "objectives"), parts, place)
        before, at_exit, after = (
            self._resolved(rules, objectives) for rules in read(_rules, "sequencingRules")
        )
        self._tell_missing((*before, *at_exit, *after), objectives, place)
        limit, duration = read(_limits, "limitConditions")
        return Sequencing(
            control=replace(
                read(_control, "controlMode"),
                **read(_constraints, "constrainedChoiceConsiderations"),
            ),
            precondition_rules=before,
            exit_rules=at_exit,
            postcondition_rules=after,
            rollup_rules=read(rollup_rules, "rollupRules"),
            primary_objective=objectives.primary,
            objectives=objectives.others,
            rollup=replace(
                read(_contribution, "rollupRules"),
                **read(_considerations, "rollupConsiderations"),
            ),
            selection=read(_selection, "randomizationControls"),
            delivery=read(_delivery, "deliveryControls"),
            attempt_limit=limit,
            attempt_absolute_duration_limit=duration,
        )

    def _objectives(
        self, objectives: Objectives, parts: Mapping[str, etree._Element], place: etree._Element
    ) -> Objectives:
        """The objectives with the maps that the 4th Edition adds."""
        element = parts.get(ADL_OBJECTIVES)
        if element is None:
            return objectives
        if self._edition is not Edition.FOURTH:
            words = _(
                "Maps of scores, completion and progress (adlseq:objectives) exist since the 4th "
                "Edition; this package follows ${edition}, so they are left out.",
                edition=str(self._edition),
            )
            self._tell("note", "objectives-edition", words, element)
            return objectives
        maps = self._read(read_maps, element)
        if unknown := maps.keys() - objectives.identifiers().keys():
            words = ngettext(
                "Maps of scores, completion and progress are for the objective ${names}, which the "
                "part does not have; they are left out.",
                "Maps of scores, completion and progress are for the objectives ${names}, which "
                "the part does not have; they are left out.",
                len(unknown),
                names=listed(sorted(unknown), LISTED),
            )
            self._tell("warning", "objective-missing", words, place)
        return objectives.with_maps(maps)

    def _resolved(
        self, rules: tuple[SequencingRule, ...], objectives: Objectives
    ) -> tuple[SequencingRule, ...]:
        """The rules with each objective named as the item itself spells it."""
        names = objectives.identifiers()

        def condition(found: Condition) -> Condition:
            own = names.get(spelled(found.objective or ""), found.objective)
            return found if own == found.objective else replace(found, objective=own)

        def rule(found: SequencingRule) -> SequencingRule:
            conditions = tuple(condition(one) for one in found.conditions)
            return (
                found if conditions == found.conditions else replace(found, conditions=conditions)
            )

        return tuple(rule(found) for found in rules)

    def _tell_missing(
        self, rules: Iterable[SequencingRule], objectives: Objectives, place: etree._Element
    ) -> None:
        named = {one.objective for rule in rules for one in rule.conditions if one.objective}
        if missing := named - set(objectives.identifiers().values()):
            words = ngettext(
                "Rules ask about the objective ${names}, which the part does not have; such a "
                "condition is never known, so it never makes a rule apply.",
                "Rules ask about the objectives ${names}, which the part does not have; such a "
                "condition is never known, so it never makes a rule apply.",
                len(missing),
                names=listed(sorted(missing), LISTED),
            )
            self._tell("warning", "objective-missing", words, place)


def _rules(
    element: etree._Element | None, tell: Tell
) -> tuple[tuple[SequencingRule, ...], tuple[SequencingRule, ...], tuple[SequencingRule, ...]]:
    return (
        sequencing_rules(element, "preConditionRule", PRECONDITION, tell),
        sequencing_rules(element, "exitConditionRule", EXIT, tell),
        sequencing_rules(element, "postConditionRule", POSTCONDITION, tell),
    )


def _control(element: etree._Element | None, tell: Tell) -> ControlMode:
    return ControlMode(
        choice=flag(element, "choice", True, tell),
        choice_exit=flag(element, "choiceExit", True, tell),
        flow=flag(element, "flow", False, tell),
        forward_only=flag(element, "forwardOnly", False, tell),
        use_current_attempt_objective_info=flag(
            element, "useCurrentAttemptObjectiveInfo", True, tell
        ),
        use_current_attempt_progress_info=flag(
            element, "useCurrentAttemptProgressInfo", True, tell
        ),
    )


def _constraints(element: etree._Element | None, tell: Tell) -> dict[str, bool]:
    return {
        "constrain_choice": flag(element, "constrainChoice", False, tell),
        "prevent_activation": flag(element, "preventActivation", False, tell),
    }


def _contribution(element: etree._Element | None, tell: Tell) -> RollupFlags:
    return RollupFlags(
        objective_satisfied=flag(element, "rollupObjectiveSatisfied", True, tell),
        progress_completion=flag(element, "rollupProgressCompletion", True, tell),
        measure_weight=measure(element, "objectiveMeasureWeight", 1.0, tell),
    )


def _considerations(element: etree._Element | None, tell: Tell) -> dict[str, Any]:
    def required(name: str) -> str:
        return word_or_default(element, name, CONSIDERATIONS, "always", tell)

    return {
        "required_for_satisfied": required("requiredForSatisfied"),
        "required_for_not_satisfied": required("requiredForNotSatisfied"),
        "required_for_completed": required("requiredForCompleted"),
        "required_for_incomplete": required("requiredForIncomplete"),
        "measure_satisfaction_if_active": flag(element, "measureSatisfactionIfActive", True, tell),
    }


def _selection(element: etree._Element | None, tell: Tell) -> ChildSelection:
    return ChildSelection(
        selection_timing=word_or_default(element, "selectionTiming", TIMINGS, "never", tell),
        count=count(element, "selectCount", tell),
        randomization_timing=word_or_default(
            element, "randomizationTiming", TIMINGS, "never", tell
        ),
        reorder=flag(element, "reorderChildren", False, tell),
    )


def _delivery(element: etree._Element | None, tell: Tell) -> DeliveryControls:
    return DeliveryControls(
        tracked=flag(element, "tracked", True, tell),
        completion_set_by_content=flag(element, "completionSetByContent", False, tell),
        objective_set_by_content=flag(element, "objectiveSetByContent", False, tell),
    )


def _limits(element: etree._Element | None, tell: Tell) -> tuple[int | None, str | None]:
    longest = None if element is None else attribute(element, "attemptAbsoluteDurationLimit")
    return count(element, "attemptLimit", tell), longest or None
