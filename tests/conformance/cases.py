"""What a conformance case asks: its launches in order, each with the calls that content makes, the
questions about the system's controls, and what the learner then does.

A folder of cases holds ``<id>.json`` for each, and ``<id>.manifest.xml`` for its package; where a
case walks through several packages, a letter follows the id in the manifests' names.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shared import SHARED

CTS = SHARED / "scorm" / "cts"
DATA_MODEL_CASES = ("API", "DMI", "DMB", "DDM")
"""The cases about the API and the data model, whose calls are counted to the last."""
DATA_MODEL_CALLS = 8546
"""How many they make; a macro of DMI that could not be decoded is not among them."""

OPERATIONS = (
    *("Initialize", "Terminate", "GetValue", "SetValue", "Commit"),
    *("GetLastError", "GetErrorString", "GetDiagnostic", "compareObjIds"),
)
CONTROLS = {
    "continue": "Continue",
    "previous": "Previous",
    "suspend": "Suspend",
    "suspendall": "Suspend",
    "exit": "Exit",
    "exitall": "Exit",
    "abandon": "Abandon",
    "abandonall": "Abandon",
}
"""The name of a control by the words that cases have for it; nobody sees the last one."""
ROOT = re.compile(r'the activity that corresponds to the root of "(.+)"')
PACKAGE = r"(?:LMS )?(?:Test )?Content Package"

EVENT = re.compile(r"trigger an? (.+?) Navigation (?:Event|Request)", re.IGNORECASE)
LEAVING = re.compile(r"(exit|suspend|abandon) the (?:package|course|content)", re.IGNORECASE)
OPENING = re.compile(
    rf"(?:relaunch|re-launch|and launch|please launch) {PACKAGE} (\S+?)(?=[.,;]?(?:\s|$))",
    re.IGNORECASE,
)
CHOOSING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"target (.+?) for a Choice Navigation",
        r"(?:choose|select) (.+?) (?:to continue|from the|in the)",
        rf"please (?:launch|choose|select) (?!{PACKAGE})([^.]+?)\.(?:\s|$)",
    )
)
BY_ITSELF = re.compile(r"(?:attempt|session)\b.* should end", re.IGNORECASE)


class NotUnderstood(Exception):
    """A case says something that is not known here; the message says what."""


@dataclass(frozen=True)
class Step:
    """One call, and what ADL expects of it.

    :param call: the function and its arguments. ``compareObjIds`` stands for reading the ids of
        all objectives; an element such as ``cmi.objectives.&OBJ&.score.raw`` names its record by id
    """

    call: tuple[str, ...]
    expect: str
    error: str


@dataclass(frozen=True)
class Question:
    """Whether the learner can use something; what is absent is disabled too.

    :param control: the name of a button; None when it is about the contents
    :param title: of the part in the contents that it is about; None for any
    :param expect: whether it can be used
    """

    control: str | None
    title: str | None
    expect: bool

    def __str__(self) -> str:
        what = self.control or (f"“{self.title}” in the contents" if self.title else "the contents")
        return f"{what} should be {'enabled' if self.expect else 'disabled'}"


@dataclass(frozen=True)
class Deed:
    """One thing that the learner does: press a control (``press``), choose a part from the contents
    (``choose``), or open a package once the session is over (``open``), each by its name."""

    what: str
    name: str


@dataclass(frozen=True)
class Launch:
    """One launch: the word by which the manifest's ``parameters`` know the activity, what its
    content does, and what the learner does afterwards.

    :param instruction: in ADL's short form; empty when content itself asks for what comes next
    :param words: the same for a person
    """

    key: str
    activity: str
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    instruction: str
    words: str

    @property
    def asks(self) -> str:
        """The navigation request that content makes; empty for none."""
        requests = [s.call[2] for s in self.steps if s.call[:2] == ("SetValue", NAVIGATION)]
        return requests[-1] if requests else ""

    @property
    def stays(self) -> bool:
        """Whether content says goodbye only when the learner leaves it: it asks for something, and
        the learner goes elsewhere."""
        first = self.deeds[:1]
        return bool(self.asks and first and first[0].what != "open")

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What the learner does afterwards.

        :raises NotUnderstood: when there are words that say nothing known
        """
        found = (*self._pressed(), *self._opened(), *self._chosen())
        if found or not (self.instruction or self.words) or BY_ITSELF.search(self.words):
            return found
        raise NotUnderstood(f"{self.key}: “{self.words or self.instruction}” is not understood")

    def _pressed(self) -> Iterator[Deed]:
        said = EVENT.search(self.words) or LEAVING.search(self.words)
        name = self.instruction.partition("~")[0] if said is None else said[1]
        control = CONTROLS.get(name.replace(" ", "").lower())
        if control is not None:
            yield Deed("press", control)

    def _opened(self) -> Iterator[Deed]:
        if said := OPENING.search(self.words):
            yield Deed("open", said[1])

    def _chosen(self) -> Iterator[Deed]:
        if self.instruction.startswith("Choice~"):
            yield Deed("choose", self.instruction.partition("~")[2])
        elif found := [said[1] for each in CHOOSING if (said := each.search(self.words))]:
            yield Deed("choose", found[0])


NAVIGATION = "adl.nav.request"


@dataclass(frozen=True)
class Case:
    """
    :param start: the title that the learner chooses first; None when the course starts by itself
    :param packages: the manifest of each package that it walks through, the first one first
    """

    name: str
    start: str | None
    launches: tuple[Launch, ...]
    packages: dict[str, Path]


def names(folder: Path = CTS) -> list[str]:
    """The ids of the cases in a folder."""
    return sorted(path.stem for path in folder.glob("*.json"))


def case(name: str, folder: Path = CTS) -> Case:
    """
    :raises NotUnderstood: for a question or a call that is not known here, and where there is no
        manifest
    """
    data = json.loads((folder / f"{name}.json").read_text("utf-8"))
    launches = tuple(_launch(each) for each in data["launches"])
    packages = _packages(folder, name, launches)
    start = data["start"]
    if start in packages:
        packages = {start: packages[start], **packages}
        start = "."
    return Case(name, None if start in (None, "", ".") else start, launches, packages)


def _packages(folder: Path, name: str, launches: tuple[Launch, ...]) -> dict[str, Path]:
    there = {
        path.name.removesuffix(".manifest.xml"): path for path in folder.glob("*.manifest.xml")
    }
    own = [name] if name in there else []
    if not own:
        lettered = re.compile(re.escape(name) + "[a-z]")
        cases = names(folder)
        own = [each for each in sorted(there) if lettered.fullmatch(each) and each not in cases]
    opened = [found[1] for each in launches if (found := OPENING.search(each.words))]
    missing = [each for each in opened if each not in there]
    if missing or not own:
        raise NotUnderstood(f"there is no {(missing or [name])[0]}.manifest.xml")
    return {each: there[each] for each in dict.fromkeys([*own, *opened])}


def _launch(raw: dict) -> Launch:
    return Launch(
        raw["key"],
        raw["activity"],
        tuple(_steps(raw["steps"])),
        tuple(_question(each) for each in raw["ui"]),
        raw["instruction"] or "",
        raw["instruction_text"] or "",
    )


def _question(raw: dict) -> Question:
    """``continue.enabled``, ``previous.disabled``, ``toc.enabled.selectable``, …"""
    what, _, how = raw["key"].partition(".")
    state = how.partition(".")[0]
    if state not in ("enabled", "disabled") or (what != "toc" and what.lower() not in CONTROLS):
        raise NotUnderstood(f"a question about {raw['key']}")
    usable = (raw["expect"] == "Y") is (state == "enabled")
    if what != "toc":
        return Question(CONTROLS[what.lower()], None, usable)
    title = raw["arg"] or None
    root = ROOT.fullmatch(title or "")
    return Question(None, root[1] if root else title, usable)


def _steps(raw: list[dict]) -> Iterator[Step]:
    for each in raw:
        operation = each["op"].removeprefix("do")
        if operation.startswith("?"):
            continue  # a macro that could not be decoded
        if operation not in OPERATIONS:
            raise NotUnderstood(f"a call of {operation}")
        if operation == "compareObjIds":
            yield Step((operation,), ",".join(each["objective_ids"]), "0")
            continue
        given = [each[name] for name in ("arg", "element", "value") if name in each]
        expect = each["expect"]
        if operation == "GetValue" and re.fullmatch(r".*&.*&\.id", each["element"]):
            expect = expect or "<<id>>"
        yield Step((operation, *given), expect, each["error"])
