"""Marks of sources: ``[src: key, place]`` after what a source supports, ``[own]`` after what needs
none; and the sources of one page, numbered in the order in which they are first named."""

import re
from dataclasses import dataclass, field

from assessments.questions.html import one_line
from lms.authoring.errors import SourceError

SOURCE = re.compile(r"\[src:(?P<key>[^\[\],]*)(?:,(?P<place>[^\[\]]*))?\]")
"""``[src: key]`` or ``[src: key, place in it]``."""

OWN = re.compile(r"\[own\]")

LOOSE = re.compile(r"\[\s*(?:src|own|source)\b", re.IGNORECASE)
"""What was most likely meant as a mark, and is none."""


@dataclass(frozen=True)
class Citation:
    """Where a claim comes from: a key of ``sources.toml`` and, if given, the place in it."""

    key: str
    place: str
    line: int


def citation(found: re.Match[str], line: int) -> Citation:
    """The citation that :data:`SOURCE` has found."""
    key, place = (one_line(found[name] or "") for name in ("key", "place"))
    return Citation(key, place, line)


def loose_mark(file: str, line: int) -> SourceError:
    """The error for a mark that cannot be read."""
    return SourceError(
        file,
        line,
        "This mark of a source cannot be read.",
        "Write [src: key], [src: key, place] or [own]; a place has no brackets [ ] in it.",
    )


@dataclass
class Numbering:
    """The sources that one page names.

    :param known: keys of ``sources.toml``
    """

    known: frozenset[str]
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, file: str, cited: Citation) -> int:
        """:raises SourceError: when ``sources.toml`` does not know the source"""
        if cited.key not in self.known:
            raise SourceError(
                file,
                cited.line,
                f"The source “{cited.key}” is not known.",
                f"Add a section [{cited.key or 'name'}] with its title to sources.toml.",
            )
        return self._numbers.setdefault((cited.key, cited.place), len(self._numbers) + 1)

    def numbers(self, file: str, cited: tuple[Citation, ...]) -> list[int]:
        """Of several sources, in rising order, each once."""
        return sorted({self.number(file, each) for each in cited})

    @property
    def entries(self) -> list[tuple[str, str]]:
        """Key and place of each, in the order of the numbers."""
        return list(self._numbers)


class KeyNumbering(Numbering):
    """On the page of all sources each has one number, whatever the place in it.

    :param keys: of ``sources.toml``, in its order
    """

    def __init__(self, keys: tuple[str, ...]):
        super().__init__(frozenset(keys))
        self._order = {key: number for number, key in enumerate(keys, 1)}

    def number(self, file: str, cited: Citation) -> int:
        super().number(file, cited)
        return self._order[cited.key]
