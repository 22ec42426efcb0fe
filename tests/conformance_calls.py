"""ADL's conformance cases, and what each of their calls must answer.

Launches follow each other as the cases say, values carried over as the standard keeps them. What
only a sequencer can answer is marked: see ``rests_on_sequencing``.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from scorm.cmi import DataModel, SharedStore
from scorm.cmi.formats import PREFIX
from scorm.cmi.time import format_2004, parse_2004
from shared import SHARED

CTS = SHARED / "scorm" / "cts"
FREE = "Returned a valid value or error code"
MACRO = re.compile(r"(.*)\.&([^&]*)&(.*)")
PER_SESSION = ("cmi.exit", "cmi.session_time", "adl.nav.request")
"""What starts empty at every launch (runtime-spec 4.5)."""


@dataclass
class Item:
    """What the manifest says of one activity, and what its last session left."""

    fixed: dict[str, str]
    objectives: list[str]
    maps: list[tuple[str, bool, bool]]
    shares_objectives: bool
    kept: dict[str, str] | None = None
    total: int = 0


@dataclass
class Package:
    """A test package on its way: its items by the number that the launch keys have."""

    items: dict[str, Item]
    stores: dict[str, str] = field(default_factory=dict)
    stores_outlive: bool = True
    valid: dict | None = None

    @classmethod
    def read(cls, path: Path) -> "Package":
        root = etree.parse(path, etree.XMLParser(remove_blank_text=True)).getroot()
        organization = _one(root, "organization")
        items = {
            match[1]: _read_item(element)
            for element in root.iter("{*}item")
            if (match := re.search(r"act=(\w+)", element.get("parameters", "")))
        }
        valid = None
        if not list(root.iter("{*}controlMode")):
            # Every activity may be chosen, nothing flows (SN 3.2.1, 3.2.3): no sequencer needed.
            chosen = {element.get("identifier"): "true" for element in root.iter("{*}item")}
            valid = {"continue": "false", "previous": "false", "choice": chosen, "jump": chosen}
        return cls(items, {}, _flag(organization, "sharedDataGlobalToSystem"), valid)

    def launch(self, key: str) -> tuple[dict[str, str], list[SharedStore]]:
        """The values and stores that an activity starts with."""
        item = self.items[key]
        values = item.kept
        if values is None:
            values = {f"cmi.objectives.{n}.id": name for n, name in enumerate(item.objectives)}
        entry = "ab-initio" if item.kept is None else "resume"
        total = format_2004(item.total)
        fixed = item.fixed | {"cmi.entry": entry, "cmi.total_time": total}
        stores = [
            SharedStore(target, self.stores.get(target), read, write)
            for target, read, write in item.maps
        ]
        return {**values, **fixed}, stores

    def end(self, key: str, model: DataModel) -> None:
        """Keep what the standard keeps (runtime-spec 4.4, 4.5, 4.7)."""
        item = self.items[key]
        values = model.values()
        request = values.get("adl.nav.request", "")
        for n, (target, _, write) in enumerate(item.maps):
            if write and f"adl.data.{n}.store" in values:
                self.stores[target] = values[f"adl.data.{n}.store"]
        if request == "exitAll" and not self.stores_outlive:
            self.stores = {}
        if values.get("cmi.exit") != "suspend" and request != "suspendAll":
            item.kept, item.total = None, 0
            return
        item.total += parse_2004(values.get("cmi.session_time", "PT0S"))
        item.kept = {
            name: value
            for name, value in values.items()
            if name not in PER_SESSION and not name.startswith("adl.data.")
        }


def _one(element, name):
    return next(element.iter(f"{{*}}{name}"), None)


def _flag(element, name: str) -> bool:
    """A flag attribute of any namespace, true unless it says otherwise."""
    found = [value for key, value in element.attrib.items() if etree.QName(key).localname == name]
    return found != ["false"]


def _read_item(item) -> Item:
    fixed = {"cmi.learner_id": "learner", "cmi.learner_name": "Learner, A."}
    for tag, name in (
        ("dataFromLMS", "cmi.launch_data"),
        ("timeLimitAction", "cmi.time_limit_action"),
        ("attemptAbsoluteDurationLimit", "cmi.max_time_allowed"),
    ):
        element = _one(item, tag)
        if element is not None:
            fixed[name] = element.text
    limits = _one(item, "limitConditions")
    if limits is not None and limits.get("attemptAbsoluteDurationLimit"):
        fixed["cmi.max_time_allowed"] = limits.get("attemptAbsoluteDurationLimit")
    threshold = _one(item, "completionThreshold")
    if threshold is not None and threshold.get("completedByMeasure") == "true":
        fixed["cmi.completion_threshold"] = threshold.get("minProgressMeasure", "1.0")
    primary = _one(item, "primaryObjective")
    if primary is not None and primary.get("satisfiedByMeasure") == "true":
        measure = _one(primary, "minNormalizedMeasure")
        fixed["cmi.scaled_passing_score"] = "1.0" if measure is None else measure.text
    shares = any(_flag(each, "readSatisfiedStatus") for each in item.iter("{*}mapInfo"))
    objectives = [primary, *item.iter("{http://www.imsglobal.org/xsd/imsss}objective")]
    ids = [each.get("objectiveID", "").strip() for each in objectives if each is not None]
    data = [(e.get("targetID"), *_flags(e)) for e in item.iter("{*}map")]
    return Item(fixed, list(dict.fromkeys(filter(None, ids))), data, shares)


def _flags(element) -> tuple[bool, bool]:
    return _flag(element, "readSharedData"), _flag(element, "writeSharedData")


@dataclass
class Step:
    """One call of the test content, with its macros resolved, and what ADL expects of it.

    :param sequenced: only a sequencer knows the answer
    """

    call: list[str]
    expect: str
    error: str
    sequenced: bool = False

    @property
    def shares_data(self) -> bool:
        """Whether it is about a store that activities share (4th Ed. RTE 4.3.1)."""
        return self.call[1:2] != [] and self.call[1].startswith("adl.data")


@dataclass
class Launch:
    """One launch of a case: what its activity starts with, its calls, what the learner then does.

    :param activity: the word by which the manifest's ``parameters`` know the activity
    :param page: what the page's side takes, but for the calls
    :param steps: every call, in order
    :param instruction: what the learner does afterwards, in ADL's short form
    :param words: the same for a person
    """

    key: str
    activity: str
    page: dict
    steps: list[Step]
    instruction: str
    words: str

    @property
    def played(self) -> list[Step]:
        """The calls that need no sequencer."""
        return [step for step in self.steps if not step.sequenced]

    def question(self) -> dict:
        """The launch as the page's side takes it, with the calls that need no sequencer."""
        return self.page | {"calls": [step.call for step in self.played]}


@dataclass
class Replay:
    """A case walked through on the Python model.

    :param start: the title that the learner chooses first, ``.`` for none
    :param wrong: what the Python model answered otherwise
    """

    start: str
    launches: list[Launch] = field(default_factory=list)
    wrong: list[tuple] = field(default_factory=list)


def manifests(case: str) -> list[Path]:
    """A case's packages; DDM has two."""
    names = [f"{case}a", f"{case}b"] if case == "DDM" else [case]
    return [CTS / f"{name}.manifest.xml" for name in names]


def rests_on_sequencing(element: str, package: Package, item: Item) -> bool:
    """Whether only a sequencer knows: validity of requests, objectives shared with others."""
    if element.startswith("adl.nav.request_valid."):
        return package.valid is None
    return element.startswith("cmi.objectives.&") and item.shares_objectives


@cache
def replay(case: str) -> Replay:
    data = json.loads((CTS / f"{case}.json").read_text("utf-8"))
    packages = [Package.read(path) for path in manifests(case)]
    done = Replay(data["start"])
    for launch in data["launches"]:
        key = launch["activity"]
        package = next(package for package in packages if key in package.items)
        item = package.items[key]
        values, stores = package.launch(key)
        model = DataModel("2004", values, package.valid, stores)
        steps = []
        for raw in launch["steps"]:
            if raw["op"].startswith("?"):
                continue  # one macro of DMI that could not be decoded
            sequenced = rests_on_sequencing(raw.get("element", ""), package, item)
            steps += [plan(raw, model)] if sequenced else perform(raw, model, done)
        package.end(key, model)
        page = {
            "standard": "2004",
            "values": values,
            "stores": [asdict(store) for store in stores],
            "valid": package.valid,
        }
        done.launches.append(
            Launch(
                launch["key"], key, page, steps, launch["instruction"], launch["instruction_text"]
            )
        )
    return done


def plan(raw: dict, model: DataModel) -> Step:
    """A call that the model cannot answer."""
    given = [resolve(raw["element"], model), *([raw["value"]] if "value" in raw else [])]
    return Step([raw["op"].removeprefix("do"), *given], raw["expect"], raw["error"], sequenced=True)


def perform(raw: dict, model: DataModel, done: Replay) -> Iterator[Step]:
    """Make a call on the model, which has no states: those are the page's."""
    name = raw["op"].removeprefix("do")
    if name == "compareObjIds":
        yield from compare_ids(raw, model, done)
        return
    if name not in ("GetValue", "SetValue"):
        argument = [raw["arg"]] if "arg" in raw else []
        yield Step([name, *argument], raw["expect"], raw["error"])
        return
    element = resolve(raw["element"], model)
    step = Step([name, element], raw["expect"], raw["error"])
    if name == "GetValue":
        value, error = model.get(element)
        if "&" in raw["element"] and element.endswith(".id") and not raw["expect"]:
            step.expect = value
    else:
        step.call.append(raw["value"])
        error = model.set(element, raw["value"])
        value = "false" if error else "true"
    if not right(step, value, str(error)):
        done.wrong.append((raw, value[:80], error))
    yield step


def compare_ids(raw: dict, model: DataModel, done: Replay) -> Iterator[Step]:
    """The identifiers of all objectives, one call for each; their order is the system's own."""
    count = model.get("cmi.objectives._count")[0]
    found = [model.get(f"cmi.objectives.{n}.id")[0] for n in range(int(count))]
    if set(found) != set(raw["objective_ids"]):
        done.wrong.append((raw, found))
    yield Step(["GetValue", "cmi.objectives._count"], count, "0")
    for n, identifier in enumerate(found):
        yield Step(["GetValue", f"cmi.objectives.{n}.id"], identifier, "0")


def resolve(name: str, model: DataModel) -> str:
    """``adl.data.&tarID&.store`` by the record whose id that is."""
    match = MACRO.fullmatch(name)
    if match is None:
        return name
    count = int(model.get(f"{match[1]}._count")[0])
    ids = [unquote(model.get(f"{match[1]}.{n}.id")[0]) for n in range(count)]
    return f"{match[1]}.{ids.index(match[2])}{match[3]}"


def right(step: Step, value: str, error: str) -> bool:
    """ADL's typed comparison: sets of names, reals to six decimals, durations by length."""
    expected = step.expect
    if expected == FREE:
        return error in ("0", "301", "403")
    if expected in ("less255", "emptyCS"):
        return len(value) < 255 and (expected == "less255" or value == "")
    if error != step.error:
        return False
    if "<<" in expected:
        return value != ""
    if expected == value or error != "0":
        return expected == value
    return same(expected, value)


def same(expected: str, value: str) -> bool:
    if set(expected.split(",")) == set(value.split(",")):
        return True
    try:
        return abs(Decimal(expected) - Decimal(value)) < Decimal("0.000001")
    except InvalidOperation:
        pass
    try:
        return parse_2004(expected) == parse_2004(value)
    except ValueError:
        return _without_defaults(expected) == _without_defaults(value)


def _without_defaults(text: str) -> tuple[list[str], str]:
    """The leading delimiters in any order, without those that say the default, and the text."""
    prefixes = []
    while match := PREFIX.match(text):
        prefixes.append(match[0])
        text = text[match.end() :]
    defaults = {"{lang=en}", "{case_matters=false}", "{order_matters=true}"}
    return sorted(set(prefixes) - defaults), text


def differences(steps: list[Step], answers: list[list[str]]) -> list[tuple]:
    """What was answered otherwise than expected: the call, the expectation, value and error."""
    return [
        (step.call, step.expect[:80], step.error, value[:80], error)
        for step, (value, error) in zip(steps, answers, strict=True)
        if not right(step, value, error)
    ]


CASES = sorted(path.stem for path in CTS.glob("*.json"))
WITH_STATES = "API"
"""The case about the states of the API, which the model does not have."""
DATA_MODEL_CASES = ("API", "DMI", "DMB", "DDM")
"""The cases about the API and the data model, whose calls are counted to the last."""
DATA_MODEL_CALLS = 8546
"""How many they make; a macro of DMI that could not be decoded is not among them."""
