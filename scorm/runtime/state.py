"""The activity tree's state as a registration holds it: primitives on disk, values in memory."""

from scorm.resources import Registration, Session, TreeState
from scorm.sequencing import State


def state_of(registration: Registration, session: Session | None) -> State:
    """The activity tree's state: of the registration, or of a review that leaves no trace."""
    if session is not None and session.mode != "normal":
        return _state(session, session.review_state)
    return registration.tree._v_state or _state(registration.tree, registration.tree.plain)


def _state(holder: TreeState | Session, plain: dict | None) -> State:
    if holder._v_state is None:
        holder._v_state = State() if plain is None else State.from_plain(plain)
    return holder._v_state


def keep_state(registration: Registration, session: Session | None, state: State) -> None:
    """Store a state when it is another one."""
    if state == state_of(registration, session):
        return
    if session is not None and session.mode != "normal":
        session.review_state = state.to_plain()
        session._v_state = state
    else:
        registration.tree.plain = state.to_plain()
        registration.tree._v_state = state
