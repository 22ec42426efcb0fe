"""What an author sees of sequencing in a preview: the requests that were made, and the tree now."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from scorm import sequencing
from scorm.packages.manifest import RollupRule, SequencingRule
from scorm.packages.words import Words, _
from scorm.resources import Registration, Session
from scorm.runtime.course import course_of
from scorm.runtime.record import whole_characters
from scorm.runtime.standing import standing_of
from scorm.sequencing import ActivityTree, Outcome, State
from scorm.sequencing.exceptions import MEANINGS, PROCESSES
from scorm.sequencing.inspection import ActivitySeen, Inspection, inspect
from scorm.sequencing.rules import Fired
from scorm.sequencing.words import rollup_sentence, rule_sentence

MOST_ASKED = 20
"""Requests of a session that are remembered: the newest."""
MOST_FIRED = 30
"""Rules that are remembered of one request: the first."""
LONGEST_REQUEST = 300
LONGEST_SENTENCE = 500
"""Characters that are remembered of a request, and of a rule that fired on it."""


Step = Callable[[ActivityTree, State, str], Outcome]


def watched_step(
    tree: ActivityTree,
    state: State,
    session: Session,
    request: str,
    step: Step = sequencing.step,
) -> Outcome:
    """What a request leads to, remembered in the session with the rules that fired on the way.

    :param step: what answers it; :func:`scorm.sequencing.begin_at` where a preview begins anywhere
    """
    trace: list[Fired] = []
    outcome = step(tree, replace(state, trace=trace), request)
    fired = list(dict.fromkeys(trace))
    asked = {
        "request": shortened(request, LONGEST_REQUEST),
        "from": state.current,
        "delivery": outcome.delivery,
        "session": outcome.session,
        "exception": outcome.exception,
        "past": outcome.words if outcome.delivery else "",
        "chooses": outcome.chooses,
        "fired": [_plain(each) for each in fired[:MOST_FIRED]],
        "more": len(fired[MOST_FIRED:]),
    }
    session.asked = (*session.asked, asked)[-MOST_ASKED:]
    return replace(outcome, state=replace(outcome.state, trace=None))


def shortened(text: str, most: int) -> str:
    """At most so many characters of a text; an ellipsis says that there were more."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _plain(fired: Fired) -> dict:
    return {
        "process": fired.process,
        "activity": fired.activity,
        "action": fired.action,
        "words": shortened(sentence(fired.rule), LONGEST_SENTENCE),
    }


def sentence(rule: object) -> str:
    """A rule as a sentence; empty for what is no rule of the manifest."""
    match rule:
        case SequencingRule():
            return rule_sentence(rule)
        case RollupRule():
            return rollup_sentence(rule)
    return ""


def default_words(fired: dict) -> Words:
    """What fired when it was no rule of the manifest, but the book's own."""
    return {
        "attemptLimit": _("Its attempt limit is reached."),
        "satisfied": _("Satisfied, because all of its parts are."),
        "notSatisfied": _(
            "Not satisfied, because of all of its parts it is known whether they are."
        ),
        "completed": _("Completed, because all of its parts are."),
        "incomplete": _(
            "Incomplete, because of all of its parts it is known whether they are completed."
        ),
    }[fired["action"]]


@dataclass(frozen=True)
class Inspected:
    """A preview's sequencing.

    :param asked: the newest request first (shape: :func:`watched_step`)
    :param titles: by activity
    """

    inspection: Inspection
    asked: tuple[dict, ...]
    titles: dict[str, str]


def inspected(registration: Registration) -> Inspected:
    """What content has said until now counts as if it were left now. Half a character in a request
    is shown by its escape, as no page can show it."""
    tree = course_of(registration.version).tree
    sessions = sorted(registration.sessions.values(), key=lambda session: session.started)
    newest = sessions[-1] if sessions else None
    asked = [each for session in sessions for each in session.asked]
    return Inspected(
        inspect(tree, standing_of(registration, newest).offered),
        tuple(whole_characters(each) for each in reversed(asked[-MOST_ASKED:])),
        {key: tree[key].title for key in tree.order},
    )


def marks_of(seen: ActivitySeen) -> list[str]:
    """What sets an activity apart at this moment, in a word or two each."""
    marks = {
        "current": seen.current,
        "active": seen.tracking.active,
        "suspended": seen.tracking.suspended,
        "will be resumed": seen.resumed,
        "no attempt left": seen.full,
        "not available": not seen.available,
        "from an earlier attempt": seen.tracking.stale,
    }
    return [words for words, holds in marks.items() if holds]


def meaning(code: str) -> tuple[str, Words]:
    """The process that raised an exception, by name, and what stood in the way."""
    return PROCESSES[code.rpartition("-")[0]], MEANINGS[code]
