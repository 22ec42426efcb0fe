"""The files of a course's folder, read as text that is safe to take further."""

import re
from dataclasses import dataclass
from pathlib import Path

from lms.authoring.errors import SourceError

COURSE = "course.toml"
UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that a manifest (XML) cannot hold, and that no one can see."""


@dataclass(frozen=True)
class Folder:
    """A course's folder, or the folder of a translation within it.

    :param prefix: what errors put before a file's name, ``fr/``; empty for the course itself
    """

    path: Path
    prefix: str = ""

    def label(self, name: str) -> str:
        """How a file is called in errors."""
        return self.prefix + name

    def has(self, name: str) -> bool:
        return (self.path / name).exists()

    def names(self) -> list[str]:
        """Names of all that lies in it, sorted; what begins with a dot is nobody's source."""
        return sorted(each.name for each in self.path.iterdir() if not each.name.startswith("."))

    def content(self, name: str) -> bytes:
        """:raises SourceError: when there is no such file, or it cannot be read"""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            raise SourceError(
                self.label(name),
                None,
                "The file is missing.",
                "Add it, under this very name.",
            ) from None
        except OSError as wrong:
            raise SourceError(
                self.label(name),
                None,
                f"The file cannot be read: {wrong.strerror}.",
                "See that it is a file and that you may read it.",
            ) from None

    def text(self, name: str) -> str:
        """The text of a file, its lines ended by ``\\n``.

        :raises SourceError: when it is missing, not UTF-8, or has signs that nobody can see
        """
        content = self.content(name)
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as wrong:
            raise SourceError(
                self.label(name),
                content.count(b"\n", 0, wrong.start) + 1,
                "The text is not in UTF-8.",
                "Save the file as UTF-8 and build again.",
            ) from None
        if found := UNPRINTABLE.search(text):
            raise SourceError(
                self.label(name),
                text.count("\n", 0, found.start()) + 1,
                f"There is a sign here that nobody can see: U+{ord(found[0]):04X}.",
                "Take it out.",
            )
        return text
