"""What a conformance case asks: its launches in order, each with the calls that content makes, the
questions about the system's controls, and what the learner then does.
"""

import json
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from lxml import etree

from scorm.cmi.formats import PREFIX
from scorm.cmi.time import parse_2004
from shared import SHARED

CTS = SHARED / "scorm" / "cts"
CASES = sorted(path.stem for path in CTS.glob("*.json"))
DATA_MODEL_CASES = ("API", "DMI", "DMB", "DDM")
"""The cases about the API and the data model, whose calls are counted to the last."""
DATA_MODEL_CALLS = 8546
"""How many they make; a macro of DMI that could not be decoded is not among them."""
FREE = "Returned a valid value or error code"
ROOT = re.compile(r'the activity that corresponds to the root of "(.+)"')
BASE = "{http://www.w3.org/XML/1998/namespace}base"


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
    """Whether the learner can see something.

    :param about: ``continue.enabled``, ``previous.disabled``, ``toc.enabled.selectable``, …; what
        is absent is disabled too
    :param title: of the part it is about, ``None`` for the root, which is no part
    """

    about: str
    title: str | None
    expect: bool


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
    def learner_wins(self) -> bool:
        """Whether the learner goes elsewhere than content asks."""
        return (
            bool(self.asks) and re.match("Continue|Previous|Choice", self.instruction) is not None
        )

    @property
    def relaunched(self) -> str | None:
        """The package that is opened next, once this session is over; None for none."""
        found = re.search(
            r"(?:relaunch|and launch) LMS Test Content Package (\S+?)[. ]", self.words
        )
        return found[1] if found else None

    @property
    def chosen(self) -> str | None:
        """The title of the part that the learner opens from the contents; None for none."""
        if self.instruction.startswith("Choice~"):
            return self.instruction.partition("~")[2]
        found = re.search(r"(?:choose (.+) to continue|please launch (.+)\.$)", self.words)
        return None if found is None or self._leaves else (found[1] or found[2])

    @property
    def _leaves(self) -> bool:
        return "exit the package" in self.words


NAVIGATION = "adl.nav.request"


@dataclass(frozen=True)
class Case:
    """:param start: the title that the learner chooses first; None when the course starts by
    itself"""

    name: str
    start: str | None
    launches: tuple[Launch, ...]

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that it walks through, the first one first."""
        return ("DDMa", "DDMb") if self.name == "DDM" else (self.name,)


@cache
def case(name: str) -> Case:
    data = json.loads((CTS / f"{name}.json").read_text("utf-8"))
    start = data["start"]
    if start == "." or name == "DDM":  # there the word names the package to open
        start = None
    return Case(name, start, tuple(_launch(each) for each in data["launches"]))


def _launch(raw: dict) -> Launch:
    return Launch(
        raw["key"],
        raw["activity"],
        tuple(_steps(raw["steps"])),
        tuple(
            Question(each["key"], _title(each["arg"]), each["expect"] == "Y") for each in raw["ui"]
        ),
        raw["instruction"],
        raw["instruction_text"],
    )


def _title(argument: str | None) -> str | None:
    return None if argument is None or ROOT.fullmatch(argument) else argument


def _steps(raw: list[dict]) -> Iterator[Step]:
    for each in raw:
        operation = each["op"].removeprefix("do")
        if operation == "compareObjIds":
            yield Step((operation,), ",".join(each["objective_ids"]), "0")
        elif not operation.startswith("?"):  # one macro of DMI that could not be decoded
            given = [each[name] for name in ("arg", "element", "value") if name in each]
            expect = each["expect"]
            if operation == "GetValue" and re.fullmatch(r".*&.*&\.id", each["element"]):
                expect = expect or "<<id>>"
            yield Step((operation, *given), expect, each["error"])


def manifest(package: str) -> Path:
    return CTS / f"{package}.manifest.xml"


def build(package: str, content: str, folder: Path) -> Path:
    """A package with ADL's manifest and ``content`` at each address that the manifest launches."""
    path = folder / f"{package}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest(package).read_bytes())
        for name in launched(package):
            archive.writestr(name, content)
    return path


def launched(package: str) -> list[str]:
    """The files that the manifest launches."""
    resources = etree.parse(manifest(package)).getroot().iter("{*}resource")
    return sorted(
        {
            posixpath.join(resource.get(BASE, ""), resource.get("href"))
            for resource in resources
            if resource.get("href")
        }
    )


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
    return _same(expected, value)


def _same(expected: str, value: str) -> bool:
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


def differences(launch: Launch, answers: list[list[str]]) -> list[tuple]:
    """What was answered otherwise than expected: launch, call, expectation, value and error."""
    return [
        (
            launch.key,
            [part[:80] for part in step.call],
            step.expect[:80],
            step.error,
            value[:80],
            error,
        )
        for step, (value, error) in zip(launch.steps, answers, strict=True)
        if not right(step, value, error)
    ]
