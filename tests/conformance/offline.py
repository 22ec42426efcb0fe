"""A learner without a browser: the server's run-time and sequencer, driven as the player drives
them, and its data model in the place of the page's.
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import etree

from conformance.cases import Launch, Question, launched, manifest
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
        return f"{match[1]}.{self._ids(match[1]).index(match[2])}{match[3]}"


class Shelf:
    """One learner's registrations on the packages of a case."""

    def __init__(self, packages: Iterable[str]):
        registrations = Registrations()
        self.registrations = {name: _registration(registrations, name) for name in packages}


def _registration(registrations: Registrations, name: str) -> Registration:
    reader = Reader(etree.parse(manifest(name)).getroot(), launched(name))
    found = reader.manifest()
    assert found is not None
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
    """Somebody who has a case's courses open one after the other."""

    def __init__(self, packages: Iterable[str]):
        self.shelf = Shelf(packages)
        self.opened = 0

    def open(self, package: str) -> None:
        """Open a course, or open it again."""
        self.registration = self.shelf.registrations[package]
        self.opened += 1
        self.session = f"session-{self.opened}"
        self.number = 0
        self.taken: int | None = None
        written = open_session(self.registration, self.session, "normal", [], NOW)
        self._see(written)

    def _see(self, written) -> None:
        self.view = answer(self.registration, written.session, "cap", written.refused, 0)
        assert written.refused == []
        delivery = self.view["delivery"]
        if delivery is None or delivery["number"] == self.taken:
            return
        self.taken = delivery["number"]
        self.activity = delivery["activity"]
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

    @property
    def act(self) -> str | None:
        """The word by which the manifest knows what is before the learner."""
        delivery = self.view["delivery"]
        if delivery is None:
            return None
        return parse_qs(urlsplit(delivery["url"]).query)["act"][0]

    def play(self, launch: Launch) -> list[list[str]]:
        """Make the launch's calls; content says goodbye at their end, unless the learner leaves it
        first. What each call answered."""
        api = self.api
        answers = [list(api.call(step.call)) for step in launch.steps]
        if api.state == "running" and not launch.learner_wins:
            assert api.call(("Terminate", "")) == ("true", "0")
        return answers

    def _ask(self, request: str) -> None:
        """A request of the learner: content may still say goodbye, but no longer ask."""
        if self.taken is not None and self.api.state == "running":
            self.goodbye_first = False
            assert self.api.call(("Terminate", "")) == ("true", "0")
        self._send("navigate", request=request)

    def press(self, control: str) -> None:
        assert self.control(control), f"{control} cannot be pressed"
        requests = {"Exit": "exitAll", "Suspend": "suspendAll"}
        self._ask(requests.get(control, control.lower()))

    def choose(self, title: str) -> None:
        entry = self._entry(title)
        assert entry is not None, f"{title} is not in the contents"
        assert entry["enabled"], f"{title} cannot be chosen"
        self._ask(f"{{target={entry['id']}}}choice")

    def control(self, name: str) -> bool:
        """Whether a control is there and can be pressed."""
        key = name.lower()
        hidden = {"exit": "exitAll", "suspend": "suspendAll"}.get(key, key)
        return self.view["navigation"][key] and hidden not in self.view["hidden"]

    def _entries(self) -> list[dict]:
        found, waiting = [], list(self.view["toc"])
        while waiting:
            entry = waiting.pop()
            found.append(entry)
            waiting.extend(entry["children"])
        return found

    def _entry(self, title: str) -> dict | None:
        return next((entry for entry in self._entries() if entry["title"] == title), None)

    def sees(self, question: Question) -> bool:
        """What the learner sees of the controls and the contents."""
        what, _, how = question.about.partition(".")
        if what != "toc":
            return self.control(what) is (how == "enabled")
        choosable = {entry["title"] for entry in self._entries() if entry["enabled"]}
        return question.title in choosable if how == "enabled.selectable" else bool(choosable)

    @property
    def over(self) -> bool:
        outcome = self.view["outcome"]
        return outcome is not None and outcome["state"] in ("ended", "suspended")
