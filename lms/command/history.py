"""What content reported, as lines for an admin: ``tutela runtime show`` without ``--json``."""

import textwrap
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from lms.services import courses
from scorm.cmi.names import in_order
from scorm.runtime.record import readable, spent

WIDTH = 96
LONGEST = 120
"""Characters of a value that are shown; the whole is in ``--json``."""
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of what steers a terminal, or cannot be seen on it."""
MARKS = {"attention": "!", "note": "-"}


def history_words(plain: dict, enrolment, person) -> str:
    """The words for what :func:`scorm.runtime.record.history` gives.

    :param enrolment: the person's, in the course
    """
    return "\n".join(map(seen, _lines(plain, enrolment, person))).rstrip("\n")


def seen(line: str) -> str:
    """A line as it is, with escapes for what would steer the terminal: content chooses words."""
    return "".join(
        _escape(ord(each)) if unicodedata.category(each) in UNSEEN else each for each in line
    )


def _escape(code: int) -> str:
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _lines(plain: dict, enrolment, person) -> Iterator[str]:
    course, result = enrolment.course, plain["result"]
    yield f"Course: {course.title} (/courses/{course.__name__}), SCORM {plain['edition']}"
    yield f"Learner: {person.display_name} ({person.username})"
    facts = [result["completion"], result["success"], result["score"], spent(result["time"])]
    known = [fact for fact in facts if fact and fact != "unknown"]
    yield f"Result: {', '.join(known) or 'nothing is known'}"
    yield f"For this site: {_standing(enrolment)}"
    yield f"Version: {plain['version'][:12]}"
    for passage in plain["passages"]:
        yield _passage(passage)
    yield ""
    yield "Why:"
    yield from _findings(plain["explanation"]["course"])
    for number, part in enumerate(plain["parts"], start=1):
        yield ""
        yield f"{number}. {part['title']}: {part['status']}"
        yield from _findings(plain["explanation"]["activities"][part["id"]])
        if part["id"] in plain["activities"]:
            yield from _activity(plain["activities"][part["id"]])
    if plain["aside"]:
        yield ""
        yield "Set aside, since this version does not have these parts:"
        for activity in plain["aside"].values():
            yield f"   {activity['title']}"
            yield from _activity(activity)
    yield ""
    yield "Sessions:"
    for session in sorted(plain["sessions"].values(), key=lambda each: each["started"]):
        yield from _session(session)


def _standing(enrolment) -> str:
    """Whether the course counts, by the rule that its author chose."""
    if enrolment.completed:
        return f"completed since {_time(enrolment.completed)}"
    missing = courses.missing(enrolment.course, enrolment)
    have = "" if missing.have is None else f" (now {missing.have} %)"
    return {
        "start": "not completed: the course has not been started",
        "finish": "not completed: the course has to say that it is finished",
        "pass": f"not completed: the course has to be passed{have}",
        "score": f"not completed: a score of {missing.wanted} % is needed{have}",
        "lessons": f"not completed: {_counted(missing.wanted, 'part')} of the course missing",
    }[missing.kind]


def _passage(passage: dict) -> str:
    """Each time that the learner came to another version, with the result until then."""
    result = passage["result"]
    facts = [result["completion"], result["success"], result["score"], spent(result["time"])]
    known = ", ".join(fact for fact in facts if fact and fact != "unknown")
    how = {"move": "moved", "restart": f"attempt {passage['attempt']} left behind"}[passage["how"]]
    return (
        f"   {_time(datetime.fromisoformat(passage['when']))}: from {passage['from'][:12]} to "
        f"{passage['to'][:12]}, {how}; result until then: {known or 'nothing is known'}"
    )


def _findings(found: list[dict]) -> Iterator[str]:
    for finding in found:
        yield from textwrap.wrap(
            seen(finding["words"]),
            WIDTH,
            initial_indent=f"   {MARKS[finding['kind']]} ",
            subsequent_indent="     ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _activity(activity: dict) -> Iterator[str]:
    time = spent(activity["total_time"]) or "none"
    yield f"   Attempt {activity['attempt']} (begun on {activity['version'][:12]}), time {time}"
    if activity["past"]:
        earlier = ", ".join(
            f"{number} ({_counted(len(past['values']), 'value')}, on {past['version'][:12]})"
            for number, past in activity["past"].items()
        )
        yield f"   Earlier attempts, whole in --json: {earlier}"
    told = {
        name: value
        for name, value in sorted(activity["values"].items(), key=lambda pair: in_order(pair[0]))
        if not name.startswith("cmi.interactions.")
    }
    if told:
        yield "   Values:"
        yield from (f"     {_short(name)} = {_short(value)}" for name, value in told.items())
    if activity["interactions"]:
        yield "   Questions:"
        yield from (f"     {_interaction(each)}" for each in activity["interactions"])


def _interaction(each: dict) -> str:
    words = _short(each.get("id", "without an id"))
    if "type" in each:
        words += f" ({_short(each['type'])})"
    if "answered" in each:
        words += f", answered: {_short(readable(each['answered']))}"
    if "right" in each:
        words += f", right: {_short(' or '.join(map(readable, each['right'])))}"
    for name in ("result", "latency", "weighting"):
        if name in each:
            words += f", {name}: {_short(each[name])}"
    return words


def _session(session: dict) -> Iterator[str]:
    started, last = (datetime.fromisoformat(session[name]) for name in ("started", "last"))
    words = [
        f"{_time(started)} to {_time(last)}",
        session["mode"],
        f"on {session['version'][:12]}",
        _counted(session["commits"], "commit"),
        f"acknowledged up to {session['acknowledged']}",
    ]
    if session["outcome"]:
        words.append(session["outcome"]["state"])
    yield f"   {', '.join(words)}"
    for value in session["refused"]:
        element = _short(value["element"])
        yield f"     refused: {element}, error {value['error']}, entry {value['number']}"
    for first, last_one in session["skipped"]:
        yield f"     never came in time: entries {first} to {last_one}"
    for name in ("waiting", "late"):
        for entry in session[name]:
            values = ", ".join(f"{_short(key)} = {_short(value)}" for key, value in entry["values"])
            yield f"     {name}: entry {entry['number']}, {entry['kind']} {values}".rstrip()


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _short(value: str) -> str:
    """On one line, and not too long."""
    line = " ".join(value[: 2 * LONGEST].splitlines())
    if len(value) <= LONGEST:
        return line or "(empty)"
    return f"{line[:LONGEST]}… ({len(value)} characters)"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
