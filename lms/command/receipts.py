"""``tutela receipts``: whether what a learner shows was made by this site."""

from assessments.attempts.receipt import verify
from lms.command.tasks import Answer, Context, needs_file


def check(context: Context, arguments) -> Answer:
    """Say whether a receipt of a quiz is genuine; exit status 1 when it is not."""
    needs_file(arguments.file)
    text = arguments.file.read_bytes().decode("utf-8", "replace")
    found = verify(text, context.settings.secret)
    if found is None:
        words = "This receipt is not genuine, or somebody changed it."
        return Answer(words, {"genuine": False}, 1)
    plain = {
        "genuine": True,
        "attempt": found.attempt,
        "begun": found.begun.isoformat(),
        "finished": found.finished.isoformat(),
        "saved": found.count,
    }
    return Answer(
        "This receipt is genuine.\n"
        + "\n".join(f"{name}: {value}" for name, value in plain.items() if name != "genuine"),
        plain,
    )
