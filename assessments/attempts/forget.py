"""A learner goes, and what they answered goes with them."""

from assessments.resources import Quiz, Quizzes


def forget(quizzes: Quizzes, learner_id: str) -> int:
    """Take a learner's attempts out of all quizzes, with answers, files, marks and exceptions; how
    many attempts there were. Results and statistics are made from what is left."""
    return sum(_forget_in(quiz, learner_id) for quiz in quizzes.values())


def _forget_in(quiz: Quiz, learner_id: str) -> int:
    keys = list(quiz.by_learner.keys(f"{learner_id}/", f"{learner_id}0", excludemax=True))
    found = [quiz.by_learner.pop(key) for key in keys]
    for attempt in found:
        quiz.attempts.pop(attempt.__name__, None)
        quiz.open.pop(attempt.__name__, None)
        for regrade in (quiz.regrades or {}).values():
            regrade.changes.pop(attempt.__name__, None)
    quiz.overrides.pop(learner_id, None)
    return len(found)
