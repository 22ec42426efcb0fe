"""An item's sequencing definition: ``imsss:sequencing`` over the collection it refers to
(CAM 5.1; SN 3)."""

import math
from collections.abc import Callable, Mapping

from lxml import etree

from scorm.packages.document import attribute, boolean, child, children, text_of
from scorm.packages.manifest import (
    ControlMode,
    DeliveryControls,
    Objective,
    RollupFlags,
    Sequencing,
)

Warn = Callable[[str, str, etree._Element], None]
"""Called with a rule, a message and the element when a value cannot be used."""


def read_sequencing(
    element: etree._Element, shared: Mapping[str, etree._Element], warn: Warn
) -> Sequencing:
    """The sequencing of an item or organization; the defaults of the book when it has none.

    :param shared: ``sequencing`` elements of the collection by ID: each child element of the
        item's own wins whole over that of the collection (CAM 5.1.2)
    """
    own = child(element, "sequencing")
    if own is None:
        return Sequencing()
    reference = attribute(own, "IDRef")
    inherited = shared.get(reference) if reference else None
    if reference and inherited is None:
        warn("sequencing-missing", f"The sequencing “{reference}” does not exist.", own)

    def part(name: str) -> etree._Element | None:
        found = child(own, name)
        return child(inherited, name) if found is None else found

    control, limits = part("controlMode"), part("limitConditions")
    rollup, delivery = part("rollupRules"), part("deliveryControls")
    objectives = part("objectives")
    primary = child(objectives, "primaryObjective")
    return Sequencing(
        control=ControlMode(
            boolean(control, "choice", True),
            boolean(control, "choiceExit", True),
            boolean(control, "flow", False),
            boolean(control, "forwardOnly", False),
            boolean(control, "useCurrentAttemptObjectiveInfo", True),
            boolean(control, "useCurrentAttemptProgressInfo", True),
        ),
        primary_objective=None if primary is None else _objective(primary, warn),
        objectives=tuple(_objective(found, warn) for found in children(objectives, "objective")),
        rollup=RollupFlags(
            boolean(rollup, "rollupObjectiveSatisfied", True),
            boolean(rollup, "rollupProgressCompletion", True),
            measure(rollup, "objectiveMeasureWeight", 1.0, warn),
        ),
        delivery=DeliveryControls(
            boolean(delivery, "tracked", True),
            boolean(delivery, "completionSetByContent", False),
            boolean(delivery, "objectiveSetByContent", False),
        ),
        attempt_limit=_count(limits, "attemptLimit", warn),
        attempt_absolute_duration_limit=(
            None if limits is None else attribute(limits, "attemptAbsoluteDurationLimit") or None
        ),
    )


def _objective(element: etree._Element, warn: Warn) -> Objective:
    least = child(element, "minNormalizedMeasure")
    return Objective(
        attribute(element, "objectiveID") or None,
        boolean(element, "satisfiedByMeasure", False),
        1.0 if least is None else number(text_of(least), 1.0, least, warn, lowest=-1.0),
    )


def _count(element: etree._Element | None, name: str, warn: Warn) -> int | None:
    value = None if element is None else attribute(element, name)
    if element is None or not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        warn("value-invalid", f"“{value[:40]}” is no number for {name}; it is left out.", element)
        return None
    return int(value)


def measure(element: etree._Element | None, name: str, default: float, warn: Warn) -> float:
    """An attribute between 0 and 1, or the default."""
    if element is None:
        return default
    return number(attribute(element, name), default, element, warn)


def number(
    text: str | None,
    default: float,
    element: etree._Element,
    warn: Warn,
    lowest: float = 0.0,
) -> float:
    """A real number between ``lowest`` and 1; anything else is told, and the default taken."""
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if lowest <= value <= 1.0:
        return value
    words = f"“{text[:40]}” is no number from {lowest:g} to 1; {default:g} is taken."
    warn("value-invalid", words, element)
    return default
