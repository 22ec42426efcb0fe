"""The parts of a course: Markdown files, numbered by their names, with a head between ``+++``."""

import re
from itertools import pairwise

from lms.authoring.course import Part
from lms.authoring.errors import SourceError
from lms.authoring.folder import Folder
from lms.authoring.tables import Table

FENCE = "+++"
NAME = re.compile(r"(?P<number>[0-9]{1,3})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
LONGEST = 8
"""Minutes of a part at most: what can be read between two interruptions."""


def names(folder: Folder) -> list[str]:
    """The file names of all parts, in the order of their numbers.

    :raises SourceError: when two have one number, or a name is nearly that of a part
    """
    found = []
    for name in folder.names():
        if part := NAME.fullmatch(name):
            found.append((int(part["number"]), name))
        elif name[0].isdigit() and name.endswith(".md"):
            raise SourceError(
                folder.label(name),
                None,
                "This is not how a part is called.",
                "Use two digits, hyphens and small letters without accents: 01-first-part.md",
            )
    found.sort()
    for (one, first), (other, second) in pairwise(found):
        if one == other:
            raise SourceError(
                folder.label(second),
                None,
                f"{first} has the same number.",
                "Number each part once.",
            )
    return [name for _number, name in found]


def read(folder: Folder, language: str) -> tuple[Part, ...]:
    """All parts of a course.

    :raises SourceError: for the first mistake, with its file and line
    """
    found = names(folder)
    if not found:
        raise SourceError(
            folder.label("01-….md"),
            None,
            "The course has no part.",
            "Name its texts 01-first.md, 02-second.md.",
        )
    return tuple(part(folder, name, language) for name in found)


def part(folder: Folder, name: str, language: str, original: Part | None = None) -> Part:
    """One part.

    :param original: of a translation: its minutes hold here too
    :raises SourceError: for the first mistake, with its file and line
    """
    file = folder.label(name)
    lines = folder.text(name).split("\n")
    ends = [place for place, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(ends) < 2 or ends[0] != 0:
        raise SourceError(
            file,
            1,
            "The part does not start with its title and minutes.",
            'Begin with three lines: +++, title = "…" and minutes = 3, then +++ again.',
        )
    table = Table.parse(file, "\n".join(lines[1 : ends[1]]), 2)
    found = NAME.fullmatch(name)
    assert found is not None
    made = Part(
        number=int(found["number"]),
        slug=found["slug"],
        file=file,
        language=language,
        title=table.words("title"),
        minutes=table.whole("minutes", 1, LONGEST, original.minutes if original else None),
        content_note=table.words("content_note", ""),
        text="\n".join(lines[ends[1] + 1 :]),
        first_line=ends[1] + 2,
    )
    table.nothing_left()
    if original is not None:
        _alike(original, made)
    return made


def _alike(original: Part, made: Part) -> None:
    if made.minutes != original.minutes:
        raise SourceError(
            made.file,
            2,
            f"The part takes {made.minutes} minutes here and {original.minutes} in the original.",
            "Leave minutes out of the translation.",
        )
    if bool(made.content_note) != bool(original.content_note):
        raise SourceError(
            made.file,
            2,
            "Only one of translation and original says what to expect.",
            f"Write content_note in both or in none, as in {original.file}.",
        )
