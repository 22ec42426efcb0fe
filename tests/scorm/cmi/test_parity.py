"""The page and the server give the same answer to every call, whatever it is.

The server's model is the reference; what it should say is in the other tests of this folder.
"""

import random
import re

import pytest

from scorm.cmi import DataModel, SharedStore
from scorm.cmi.tables import table

STORES = [
    SharedStore("plain", "kept"),
    SharedStore("read", "kept", writable=False),
    SharedStore("write", "kept", readable=False),
    SharedStore("neither", None, readable=False, writable=False),
    SharedStore("empty"),
]
VALID = {
    "continue": "true",
    "previous": "false",
    "choice": {"a.1": "true", "__proto__": "true", "b": "unknown"},
    "jump": {"a.1": "false"},
}
THRESHOLDS = {"cmi.completion_threshold": "0.8", "cmi.scaled_passing_score": "-0.50"}

NAMES_OF_TROUBLE = """cmi adl cmi. .cmi . settings constructor __proto__ toString cmi.__proto__.x
cmi.constructor cmi.x.y cmi._children cmi._count cmi._version adl._children adl._count cmi.core
cmi.objectives.n.id cmi.objectives.-1.id cmi.objectives.01.id cmi.objectives.00.id
cmi.objectives.1e0.id cmi.objectives.999999999999.id cmi.objectives.٣.id cmi.objectives.0
cmi.objectives.0._children cmi.objectives.0._count cmi.objectives.7._children cmi.objectives.x.id
cmi.objectives.0.id.0 cmi.objectives.0.id._children cmi.interactions.0.objectives.n.id
cmi.interactions.0.objectives.3.id cmi.interactions.3.objectives.0.id cmi.score._version
cmi.interactions.0.correct_responses.1.pattern cmi.interactions.0.correct_responses.9.pattern
cmi.location.{target=x} adl.nav.request_valid.continue.{target=x} adl.nav adl.nav.request_valid
adl.nav.request_valid.choice.{target=a.1} adl.nav.request_valid.choice.{target=__proto__}
adl.nav.request_valid.choice.{target=} adl.nav.request_valid.choice.a
adl.nav.request_valid.choice.{target=toString} adl.nav.request_valid.jump.{target=a.1}
adl.nav.request_valid.jump.{target=b} adl.nav.request_valid._children adl.nav.request_valid.exit
adl.data.1.store adl.data.2.store adl.data.3.store adl.data.4.store adl.data.5.store
adl.data.5.id cmi.interactions.0.0.0.id"""
ODD_NAMES = NAMES_OF_TROUBLE.split()
ODD_NAMES += ["", " ", "cmi.location ", "cmi .location", "cmi.objectives." + "9" * 5000 + ".id"]
ODD_NAMES += [".".join(["1"] * 500), "cmi.\n", "é", "\ud800"]

WORDS = """0 1 -1 1.5 .5 5. +0.5 -0.0 00.10 1e3 0x1 101 100 100.0 -100 NaN Infinity 34,000.00
0.8 0.80 0.79999999999999999999999 0.80000000000000000000001 -0.5 -0.50000000000000000000001
1.00000000000000000000001 abc true false passed failed completed incomplete browsed unknown normal
suspend logout time-out correct wrong incorrect neutral unanticipated continue exitAll _none_
{target=a.1}choice {target=a.1}jump {target=}choice {target=a[}choice {target=a}exit P PT PT1H P1Y
P1Y6M14DT P1W PT1.5M PT1.123S PT0.5S 00:00:10 24:59:59 1:00:00 0000:00:10.5 33330:30:40
2026 2026-11 2026-11-24T10 2026-11-24T09:45:58Z 2026-11-24T09:45:58.5Z 2026-11-24T09:45:58.5-05:30
2025-02-29 2024-02-29 1969 2039 en eng EN-gb en-XX en-USA en-latn en-419 sp x x-y i-klingon
i-nothing qaa qua qzz en- \u212ao fr-\u212ag urn: urn:a http: a%20b a%2 a[,]b b[,]a a[,]a [,]
a[,] a[.]b a[.]b[,]c[.]d a[.]b[.]c [.] a[.] [.]a a[.]1[:]2 a[.]2[:]1 1[:]2 2[:]1 [:] 1[:] 1[:]2[:]3
1.0[:]1 {lang=}x {lang=en}x {lang=xx}x {lang=en}{lang=xx}x {case_matters=true}x {case_matters=y}x
{order_matters=false}{case_matters=true}a[,]b {order_matters=x}a[.]b {order_matters=true}a[.]b
{case_matters=true}{case_matters=no}x {lang=en}{case_matters=no}x {case_matters=true}{lang=xx}x
{x=y}a {a t f"""
VALUES = WORDS.split()
VALUES += ["", " ", "a b", "1\n", "not attempted", "continue,no message", "\u00a0", "é", "a\u00a0b"]
VALUES += [
    "é" * 255,
    "é" * 256,
    "😀" * 255,
    "😀" * 256,
    "x" * 4097,
    "{lang=en}" + "x" * 4001,
    "\ud800",
]
VALUES += ["[,]".join(f"i{n}" for n in range(40)), "[,]".join(f"[.]i{n}" for n in range(130))]
VALUES += ["9" * 400, "-" + "9" * 400 + ".5", "PT" + "9" * 400 + "S", "A" * 1000]
KINDS = ["choice", "fill-in", "long-fill-in", "likert", "matching", "performance", "sequencing"]
KINDS += ["numeric", "true-false", "other", "bad"]


def names(standard: str) -> list[str]:
    found = list(ODD_NAMES)
    for pattern in table(standard).elements:
        one = re.sub(r"\.n(?=\.|$)", ".0", pattern)
        two = re.sub(r"\.n(?=\.|$)", ".1", pattern)
        found += [one, two, f"{one}._children", f"{one}._count", f"{one}._version"]
    return list(dict.fromkeys(found))


def answers_of_server(launch: dict) -> dict:
    stores = [SharedStore(**store) for store in launch["stores"]]
    edition = launch["edition"]
    model = DataModel(launch["standard"], launch["values"], launch["valid"], stores, edition)
    given = [
        list(model.get(name)) if call == "get" else model.set(name, *rest)
        for call, name, *rest in launch["calls"]
    ]
    return {"given": given, "values": model.values(), "warnings": model.warnings}


def launch(standard: str, calls: list, *, values=None, edition="2004 4th") -> dict:
    stores = [vars(store) for store in STORES] if standard == "2004" else []
    return {
        "standard": standard,
        "edition": edition,
        "values": values or {},
        "stores": stores,
        "valid": VALID,
        "calls": calls,
    }


def differences(launches: list[dict], ask_page) -> list:
    found = []
    for asked, page in zip(launches, ask_page(launches), strict=True):
        server = answers_of_server(asked)
        found += [
            (call, one, other)
            for call, one, other in zip(asked["calls"], server["given"], page["given"], strict=True)
            if one != other
        ]
        found += [
            (part, server[part], page[part])
            for part in ("values", "warnings")
            if server[part] != page[part]
        ]
    return found


def interaction(kind: str) -> list:
    return [
        ["set", "cmi.interactions.0.id", "q"],
        ["set", "cmi.interactions.0.type", kind],
    ]


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_every_element_takes_and_gives_every_value_alike(standard, ask_page):
    calls = []
    for name in names(standard):
        for value in VALUES:
            calls.append(["set", name, value])
        calls.append(["get", name])
    asked = launch(standard, calls, values=THRESHOLDS if standard == "2004" else {})
    assert len(calls) > 20_000
    assert differences([asked], ask_page) == []


def test_every_interaction_type_takes_every_value_alike(ask_page):
    launches = []
    for kind in KINDS:
        calls = interaction(kind)
        for value in VALUES:
            for part in ("learner_response", "correct_responses.0.pattern"):
                name = f"cmi.interactions.0.{part}"
                calls += [["set", name, value], ["get", name]]
            again = "cmi.interactions.0.correct_responses.1.pattern"
            calls += [["set", again, value], ["get", again]]
        launches.append(launch("2004", calls))
    assert sum(len(each["calls"]) for each in launches) > 5_000
    assert differences(launches, ask_page) == []


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_any_order_of_calls_is_answered_alike(standard, ask_page):
    chance = random.Random(f"calls {standard}")
    patterns = [name for name, element in table(standard).elements.items() if "type" in element] + [
        "cmi.interactions.n.type",
        "cmi.interactions.n.id",
        "cmi.objectives.n.id",
    ] * 6
    launches = []
    for _ in range(200):
        calls = []
        for _ in range(100):
            name = re.sub(
                r"\.n(?=\.|$)", lambda _: f".{chance.choice('00011123')}", chance.choice(patterns)
            )
            element = table(standard).elements.get(re.sub(r"\.\d+", ".n", name), {})
            fitting = element.get("values", []) + KINDS + ["a", "b", "0.9", "true", "PT1S"]
            value = chance.choice(fitting if chance.random() < 0.7 else VALUES)
            calls += [["set", name, value], ["get", name]]
        edition = chance.choice(["2004 2nd", "2004 3rd", "2004 4th"])
        launches.append(launch(standard, calls, edition=edition))
    assert differences(launches, ask_page) == []


def test_another_type_forgets_alike(ask_page):
    record = "cmi.interactions.0"
    calls = interaction("choice")
    calls += [
        ["set", f"{record}.learner_response", "a"],
        ["set", f"{record}.correct_responses.0.pattern", "a"],
        ["set", f"{record}.correct_responses.1.pattern", "b"],
        ["set", f"{record}.type", "sequencing"],
        ["get", f"{record}.correct_responses._count"],
        ["get", f"{record}.learner_response"],
        ["get", f"{record}.correct_responses.0.pattern"],
        ["set", f"{record}.correct_responses.0.pattern", "a"],
    ]
    assert differences([launch("2004", calls)], ask_page) == []
