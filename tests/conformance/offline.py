"""A learner without a browser: the server's run-time and sequencer, driven as the player drives
them, and its data model in the place of the page's.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import etree

from conformance.cases import Launch
from conformance.packages import launched
from conformance.walk import Astray
from scorm.cmi import DataModel, SharedStore
from scorm.cmi.tables import table
from scorm.packages.reading import Reader
from scorm.resources import PackageVersion, Registration, Registrations, ScormPackage
from scorm.runtime.commit import Entry, commit, open_session
from scorm.runtime.launch import register
from scorm.runtime.view import answer

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
MACRO = re.compile(r"(.*)\.&([^&]*)&(.*)")


class Api:
    """``API_1484_11`` over a data model (SCORM 2004 4th Ed. RTE 3.1).

    :param on: called with the name of the call, once Initialize or Terminate has succeeded
    """

    def __init__(self, model: DataModel, on):
        self.model = model
        self.on = on
        self.state = "not initialized"
        self.last = "0"

    def call(self, call: tuple[str, ...]) -> tuple[str, str]:
        """What the call answers, and the error it leaves."""
        name, *given = call
        if name == "compareObjIds":
            return ",".join(self._ids("cmi.objectives")), "0"
        if name == "GetLastError":
            return self.last, self.last
        if name in ("GetErrorString", "GetDiagnostic"):
            code = given[0] or self.last if name == "GetDiagnostic" else given[0]
            return table("2004").errors.get(code, ""), self.last
        value, self.last = self._stateful(name, *given)
        return value, self.last

    def _stateful(self, name: str, *given: str) -> tuple[str, str]:
        before, after = {
            "Initialize": ("", "104"),
            "Terminate": ("112", "113"),
            "GetValue": ("122", "123"),
            "SetValue": ("132", "133"),
            "Commit": ("142", "143"),
        }[name]
        refused = "" if name == "GetValue" else "false"
        if name in ("Initialize", "Terminate", "Commit") and given != ("",):
            return refused, "201"
        if name == "Initialize":
            if self.state != "not initialized":
                return refused, "103" if self.state == "running" else after
            self.state = "running"
            self.on(name)
            return "true", "0"
        if self.state != "running":
            return refused, before if self.state == "not initialized" else after
        if name == "Terminate":
            self.state = "terminated"
            self.on(name)
            return "true", "0"
        if name == "Commit":
            return "true", "0"
        if not given[0]:
            return refused, "301" if name == "GetValue" else "351"
        element = self._resolved(given[0])
        if name == "GetValue":
            value, error = self.model.get(element)
            return value, str(error)
        error = self.model.set(element, given[1])
        return ("false" if error else "true"), str(error)

    def _ids(self, collection: str) -> list[str]:
        count = int(self.model.get(f"{collection}._count")[0])
        return [unquote(self.model.get(f"{collection}.{n}.id")[0]) for n in range(count)]

    def _resolved(self, element: str) -> str:
        match = MACRO.fullmatch(element)
        if match is None:
            return element
        ids = self._ids(match[1])
        return f"{match[1]}.{ids.index(match[2])}{match[3]}" if match[2] in ids else element


class Shelf:
    """One learner's registrations on the packages of a case."""

    def __init__(self, packages: Mapping[str, Path]):
        registrations = Registrations()
        self.registrations = {
            name: _registration(registrations, name, manifest)
            for name, manifest in packages.items()
        }


def _registration(registrations: Registrations, name: str, manifest: Path) -> Registration:
    reader = Reader(etree.parse(manifest).getroot(), launched(manifest))
    found = reader.manifest()
    assert found is not None, "The manifest has nothing to deliver."
    plain = json.dumps(found.to_plain())
    version = PackageVersion(
        f"cts-{name}", index="{}", manifest=plain, report="{}", size=1, created=NOW
    )
    package = ScormPackage(name, name, "author", NOW)
    package.versions = (version,)
    return register(
        registrations,
        package,
        version,
        learner_key="learner",
        learner_id="1f",
        learner_name="Learner, A.",
        reference=name,
        return_url="http://site.test/courses/x",
        now=NOW,
    )


class Learner:
    """Somebody who has a case's courses open one after the other.

    ``given`` holds what each launch's page was given, as ``tests/scorm/js/answers.mjs`` takes it,
    ``answers`` what each call of each launch was answered.

    :param packages: the manifest of each
    """

    def __init__(self, packages: Mapping[str, Path]):
        self.shelf = Shelf(packages)
        self.opened = 0
        self.given: list[dict] = []
        self.answers: list[list[list[str]]] = []

    def open(self, package: str) -> None:
        self.registration = self.shelf.registrations[package]
        self.opened += 1
        self.session = f"session-{self.opened}"
        self.number = 0
        self.taken: int | None = None
        written = open_session(self.registration, self.session, "normal", [], NOW)
        self._see(written)

    def _see(self, written) -> None:
        self.view = answer(self.registration, written.session, "cap", written.refused, 0)
        if written.refused:
            raise Astray(f"The server refused {written.refused}.")
        delivery = self.view["delivery"]
        if delivery is None or delivery["number"] == self.taken:
            return
        self.taken = delivery["number"]
        self.activity = delivery["activity"]
        self.arrived = False
        self.goodbye_first = True
        model = DataModel(
            "2004",
            delivery["data"],
            self.view["request_valid"],
            [
                SharedStore(x["target"], x["value"], x["readable"], x["writable"])
                for x in delivery["stores"]
            ],
            delivery["edition"],
        )
        self.api = Api(model, self._on)

    def _on(self, name: str) -> None:
        if name == "Initialize":
            self._send("initialize", activity=self.activity)
            return
        request = self.api.model.value("adl.nav.request") or "_none_"
        self._send_values()
        if not self.goodbye_first:
            request = "_none_"
        self._send("terminate", activity=self.activity, request=request)

    def _send_values(self) -> None:
        values = [
            [name, value]
            for name, value in self.api.model.take_changes().items()
            if name != "adl.nav.request"
        ]
        if values:
            self._send("set", activity=self.activity, values=values)

    def _send(self, kind: str, **more) -> None:
        self.number += 1
        entry = Entry.from_plain({"number": self.number, "kind": kind, **more})
        self._see(commit(self.registration, self.session, [entry], NOW))

    def arrive(self, launch: Launch) -> None:
        delivery = self.view["delivery"]
        if delivery is None or self.arrived:
            raise Astray(f"{launch.key} did not come: {self.view['outcome']}")
        act = parse_qs(urlsplit(delivery["url"]).query).get("act", [""])[0]
        if act != launch.activity:
            raise Astray(f"Instead of {launch.key}, activity {act} came.")
        self.arrived = True
        self.given.append(
            {
                "standard": "2004",
                "values": delivery["data"],
                "stores": delivery["stores"],
                "valid": self.view["request_valid"],
                "edition": delivery["edition"],
            }
        )

    def play(self, launch: Launch) -> list[list[str]]:
        self.answers.append([list(self.api.call(step.call)) for step in launch.steps])
        return self.answers[-1]

    def say_goodbye(self) -> None:
        if self.api.state == "running":
            answered = self.api.call(("Terminate", ""))
            if answered != ("true", "0"):
                raise Astray(f"Terminate answered {answered}.")

    def settle(self) -> None:
        if self.api.state == "running":
            self._send_values()

    def _ask(self, request: str) -> None:
        """A request of the learner: content may still say goodbye, but no longer ask."""
        if self.taken is not None:
            self.goodbye_first = False
            self.say_goodbye()
        self._send("navigate", request=request)

    def press(self, control: str) -> None:
        if not self.can_press(control):
            raise Astray(f"{control} cannot be pressed.")
        requests = {"Exit": "exitAll", "Suspend": "suspendAll"}
        self._ask(requests.get(control, control.lower()))

    def choose(self, title: str) -> None:
        entry = next((each for each in self._enabled() if each["title"] == title), None)
        if entry is None:
            raise Astray(f"“{title}” cannot be chosen.")
        self._ask(f"{{target={entry['id']}}}choice")

    def can_press(self, control: str) -> bool:
        key = control.lower()
        hides = {"exit": "exitAll", "suspend": "suspendAll"}.get(key, key)
        return self.view["navigation"].get(key, False) and hides not in self.view["hidden"]

    def can_choose(self, title: str | None) -> bool:
        return any(title in (None, each["title"]) for each in self._enabled())

    def _enabled(self) -> list[dict]:
        found, waiting = [], list(self.view["toc"])
        while waiting:
            entry = waiting.pop(0)
            waiting.extend(entry["children"])
            if entry["enabled"]:
                found.append(entry)
        return found

    def is_over(self) -> bool:
        outcome = self.view["outcome"]
        return outcome is not None and outcome["state"] in ("ended", "suspended")
