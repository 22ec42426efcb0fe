"""Navigation requests: what they are called, and what each asks for (SN book: NB)."""

import re
from dataclasses import dataclass

from scorm.packages.manifest import Edition
from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.selection import place
from scorm.sequencing.tracking import State
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.utility import current_activity, suspended_activity

TARGETED = re.compile(r"\{target=(?P<target>[^{}]+)\}(?P<name>choice|jump)")


@dataclass(frozen=True)
class Request:
    """A navigation request: ``start``, ``resumeAll``, ``continue``, ``previous``, ``choice``,
    ``jump``, ``exit``, ``exitAll``, ``abandon``, ``abandonAll``, ``suspendAll`` or ``_none_``;
    any other name is a request that NB.2.1 refuses.

    :param target: activity id, of ``choice`` and ``jump`` alone
    """

    name: str
    target: str | None = None


def parse_request(text: str) -> Request:
    """A request as content and the player write it (RTE 4.2, ``adl.nav.request``).

    :param text: a name, or ``{target=ID}choice``, ``{target=ID}jump``
    """
    targeted = TARGETED.fullmatch(text)
    if targeted:
        return Request(targeted["name"], targeted["target"].strip())
    return Request(text)


@dataclass(frozen=True)
class Asked:
    """What a navigation request asks for: a termination request, if any, then a sequencing request
    (``target`` is that of a choice or jump)."""

    termination: str | None
    sequencing: str
    target: str | None = None


def navigation_request(tree: ActivityTree, state: State, request: Request) -> Asked:
    """Navigation Request Process (NB.2.1).

    :raises SequencingError: NB.2.1-1 to -13
    """
    name = request.name
    if request.target is not None and name in ("choice", "jump"):
        check = _check_choice if name == "choice" else _check_jump
        check(tree, state, request.target)
        return Asked(_exit_if_active(state), name, request.target)
    if name in ("start", "resumeAll"):
        if state.current is not None:
            raise SequencingError("NB.2.1-1")
        if name == "resumeAll":
            suspended_activity(tree, state)
        return Asked(None, name)
    if name not in ("continue", "previous", "exit", "abandon", *ALL):
        raise SequencingError("NB.2.1-13")
    current = current_activity(tree, state)
    if name in ALL:
        return Asked(name, "exit")
    if name in ("continue", "previous"):
        _check_flow(tree, current, forward=name == "continue")
        return Asked(_exit_if_active(state), name)
    if not state[current.id].active:
        raise SequencingError("NB.2.1-12")
    return Asked(name, "exit")


ALL = ("exitAll", "abandonAll", "suspendAll")
"""Requests that end the session."""


def _exit_if_active(state: State) -> str | None:
    return "exit" if state.current is not None and state[state.current].active else None


def _check_flow(tree: ActivityTree, current: Activity, *, forward: bool) -> None:
    """Continue and Previous (NB.2.1 3, 4)."""
    parent = tree.parent(current)
    if forward:
        if parent is None or not parent.control.flow:
            raise SequencingError("NB.2.1-4")
    elif parent is None:
        raise SequencingError("NB.2.1-6")
    elif not parent.control.flow or parent.control.forward_only:
        raise SequencingError("NB.2.1-5")


def _check_choice(tree: ActivityTree, state: State, key: str) -> None:
    """Choice (NB.2.1 7): the parent allows it, and what is left lets go (``choiceExit``)."""
    if key not in tree:
        raise SequencingError("NB.2.1-11")
    target = tree[key]
    parent = tree.parent(target)
    if parent is not None and not parent.control.choice:
        raise SequencingError("NB.2.1-10")
    if state.current is None:
        return
    current = tree[state.current]
    left = [current]
    if current.parent != target.parent:
        common = tree.common(current.id, key)
        way = tree.path(current.id, common.id)
        left = [x for x in way if x is current or x is not common]
    if any(state[x.id].active and not x.control.choice_exit for x in left):
        raise SequencingError("NB.2.1-8")


def _check_jump(tree: ActivityTree, state: State, key: str) -> None:
    """Jump (NB.2.1 13), which only the 4th Edition knows."""
    if tree.edition is not Edition.FOURTH:
        raise SequencingError("NB.2.1-13")
    current_activity(tree, state)
    parent = tree.parent(tree[key]) if key in tree else None
    if parent is None or place(state, parent, key) is None:
        raise SequencingError("NB.2.1-11")
