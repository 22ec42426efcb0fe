"""The activity tree's state as a registration holds it: primitives on disk, values in memory.

Global objectives of a course that shares them live with the learner, and are put under the state
whenever it is read; others are part of it (``objectivesGlobalToSystem``, 4th Ed. CAM 3.4.1.2).
"""

from dataclasses import replace
from zlib import crc32

from scorm.resources import Registration, Session, TreeState
from scorm.runtime.course import Course, course_of
from scorm.sequencing import ActivityTree, Progress, State


def is_normal(session: Session | None) -> bool:
    """Whether what happens counts; a review leaves no trace."""
    return session is None or session.mode == "normal"


def tree_of(course: Course, session: Session | None) -> ActivityTree:
    """The tree that a session walks through: a review may go anywhere."""
    return course.tree if is_normal(session) else course.open_tree


def state_of(registration: Registration, session: Session | None) -> State:
    """The activity tree's state: of the registration, or of a review."""
    if session is not None and session.mode != "normal":
        return _state(session, session.review_state, 0)
    holder = registration.tree
    state = holder._v_state
    if state is None:
        state = _state(holder, holder.plain, crc32(registration.id.encode()))
    tree = course_of(registration.version).tree
    if tree.targets and tree.shares_objectives:
        shared = registration.learner.objectives
        plain = {target: shared[target] for target in tree.targets if target in shared}
        if plain != holder._v_objectives:
            found = {target: Progress(**values) for target, values in plain.items()}
            holder._v_objectives = plain
            holder._v_state = state = replace(state, objectives=found)
    return state


def _state(holder: TreeState | Session, plain: dict | None, seed: int) -> State:
    if holder._v_state is None:
        state = State() if plain is None else State.from_plain(plain)
        holder._v_state = replace(state, seed=state.seed or seed)
    return holder._v_state


def keep_state(registration: Registration, session: Session | None, state: State) -> None:
    """Store a state when it is another one."""
    before = state_of(registration, session)
    if state == before:
        return
    plain = state.to_plain()
    if session is not None and session.mode != "normal":
        session.review_state = plain
        session._v_state = state
        return
    tree = course_of(registration.version).tree
    if tree.shares_objectives:
        told = plain.pop("objectives", {})
        learner = registration.learner
        for target in tree.targets:
            if state.objectives.get(target) != before.objectives.get(target):
                learner.keep_objective(target, told.get(target))
        registration.tree.keep(plain, state, told)
    else:
        registration.tree.keep(plain, state, None)
