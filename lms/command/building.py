"""``tutela courses``: what works on a course's sources, and needs no database."""

import shlex

from lms import authoring
from lms.authoring.report import claim_rows, claims_table, report
from lms.command.tasks import Answer


def build(_context, arguments) -> Answer:
    """Build a SCORM package from text sources."""
    built = authoring.build(arguments.directory, arguments.output, standard=arguments.standard)
    return Answer(report(built), built.to_plain())


def new(_context, arguments) -> Answer:
    """Begin a course: a small one that can be built, with comments that say how it is written."""
    names = authoring.start(arguments.directory)
    words = [
        f"A course has begun in {arguments.directory}:",
        *(f"  {name}" for name in names),
        "Read its files: they say how a course is written. Build it:",
        f"  tutela courses build {shlex.quote(str(arguments.directory))} --output course.zip",
    ]
    plain = {"directory": str(arguments.directory), "files": names}
    return Answer("\n".join(words), plain)


def claims(_context, arguments) -> Answer:
    """Every claim of a course with its source."""
    course, found = authoring.claims(arguments.directory)
    rows = claim_rows(found)
    return Answer(claims_table(course, rows), {"course": course.title, "claims": rows})


WITHOUT_DATABASE = frozenset({build, new, claims})
