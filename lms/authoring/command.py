"""``tutela courses build DIR --output FILE [--standard 2004|1.2]``, without argument parsing."""

from argparse import Namespace

from lms.authoring.package import Built, build


def build_command(args: Namespace) -> Built:
    """Build the course in ``args.directory`` into ``args.output`` for ``args.standard``.

    The result's ``to_plain()`` is the JSON object; :func:`report` gives the words for a person.

    :raises CourseError: whose message is the reason for standard error, exit status 1
    """
    return build(args.directory, args.output, args.standard)


def report(built: Built) -> str:
    """What was built, a line for each page."""
    edition = "SCORM 2004 4th Edition" if built.standard == "2004" else "SCORM 1.2"
    lines = [
        f"{built.title}: {edition}, {built.size / 1000:.1f} kB, "
        f"{built.questions} quiz questions, in {built.file}"
    ]
    lines += [f"  {path}: {size / 1000:.1f} kB with all it loads" for path, size in built.pages]
    return "\n".join(lines)
