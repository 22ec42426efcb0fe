"""What was built and what it claims, in words for whoever built it."""

from lms.authoring.claims import Claim
from lms.authoring.course import Course, Reference
from lms.authoring.package import Built, Weight

OWN = "own"
"""What stands for the source of a text that is marked as our own."""

COLUMNS = ("language", "part", "line", "claim", "source", "place")


def report(built: Built) -> str:
    """The course and its edition, a line for each page, and what to look at."""
    edition = "SCORM 2004 4th Edition" if built.standard == "2004" else "SCORM 1.2"
    lines = [
        f"{built.course.title}: {edition}, {built.size / 1000:.1f} kB, "
        f"{len(built.course.quiz.questions)} quiz questions, in {built.file}"
    ]
    for language in built.course.languages:
        if built.course.translations:
            lines.append(f"{language}:")
        lines += [_line(page) for page in built.pages if page.language == language]
    if built.remarks:
        lines.append("Please look at:")
        lines += [f"  {remark}" for remark in built.remarks]
    return "\n".join(lines)


def _line(page: Weight) -> str:
    pictures = f", {page.pictures / 1000:.1f} kB of them pictures" if page.pictures else ""
    return f"  {page.path}: {page.bytes / 1000:.1f} kB with all it loads{pictures}"


def claim_rows(claims: dict[str, list[Claim]]) -> list[dict[str, str | int]]:
    """A row for each claim and source of it, in reading order; see :data:`COLUMNS`.

    :param claims: by language
    """
    return [
        dict(zip(COLUMNS, (language, claim.file, claim.line, claim.text, *cited), strict=True))
        for language, found in claims.items()
        for claim in found
        for cited in [(each.key, each.place) for each in claim.citations] or [(OWN, "")]
    ]


def claims_table(course: Course, rows: list[dict[str, str | int]]) -> str:
    """The rows of the course's own language as Markdown: what is claimed, on which sources, and
    what is marked as our own."""
    own = [row for row in rows if row["language"] == course.language]
    sourced = [row for row in own if row["source"] != OWN]
    lines = [
        f"# What “{course.title}” claims",
        "",
        "Every claim of the texts and questions with its source, for whoever checks the course. "
        "Made with `tutela courses claims`.",
        "",
        "## Sources",
        "",
        *(_source(each) for each in course.references.values()),
        "",
        "## Claims",
        "",
        *_table(("part", "line", "claim", "source", "place"), sourced),
        "",
        "## Marked as our own",
        "",
        "Advice, questions, invented cases and words that lead on: no fact from outside.",
        "",
        *_table(("part", "line", "claim"), [row for row in own if row["source"] == OWN]),
    ]
    return "\n".join(lines)


def _source(reference: Reference) -> str:
    said = (f"{reference.title}.", reference.address, reference.read)
    return f"- **{reference.key}**: {' '.join(filter(None, said))}"


def _table(columns: tuple[str, ...], rows: list[dict[str, str | int]]) -> list[str]:
    return [
        "| " + " | ".join(columns) + " |",
        "|" + "---|" * len(columns),
        *(f"| {' | '.join(_cell(row[name]) for name in columns)} |" for row in rows),
    ]


def _cell(value: str | int) -> str:
    return str(value).replace("\\", "\\\\").replace("|", "\\|")
