"""``tutela receipts``: whether what a learner shows was made by this site, and still holds."""

from assessments.attempts.receipt import Receipt, intact, verify
from lms.command.tasks import Answer, Context, needs_file
from lms.resources.site import Site


def check(context: Context, arguments) -> Answer:
    """Say whether a receipt of a quiz is genuine, and whether the site still has what it says; exit
    status 1 when it is not, or when what the site has was changed since."""
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
        "record": _record(context.site, found),
    }
    return Answer(
        "This receipt is genuine.\n"
        + "\n".join(f"{name}: {value}" for name, value in plain.items() if name != "genuine"),
        plain,
        1 if plain["record"] == "changed" else 0,
    )


def _record(site: Site, receipt: Receipt) -> str:
    """What became of the attempt in the site's database since its receipt was made."""
    for quiz in site.quizzes.values():
        attempt = quiz.attempts.get(receipt.attempt)
        if attempt is not None:
            same = intact(attempt) and attempt.seal["chain"] == receipt.chain
            return "unchanged" if same else "changed"
    return "gone"
