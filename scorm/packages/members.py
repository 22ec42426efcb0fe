"""Which file of a package an address means."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote

from scorm.packages.addresses import folded

PAGES = ("index.html", "index.htm")
"""What a folder shows of itself, the likelier first."""


class Members:
    """The files of a package by name.

    :param index: name to ``[offset, packed, size, method, crc]``
        (:class:`scorm.packages.archive.Canonical`)
    """

    def __init__(self, index: Mapping[str, list[int]]):
        self.index = index

    def __getitem__(self, name: str) -> list[int]:
        return self.index[name]

    def find(self, path: str) -> str | None:
        """The file that a request means, or None.

        It is the one called so; else the only one that differs in capital letters or in how accents
        are composed alone. A path that came encoded once too often is decoded once more; one with
        back-slashes or doubled slashes is read as Windows does; a folder is its ``index.html``. No
        path leads above the package, since no file's name does.

        :param path: percent-decoded, relative to the package
        """
        if path in self.index:
            return path
        for name in self._candidates(path):
            found = name if name in self.index else self._alike.get(folded(name))
            if found is not None:
                return found
        return None

    def _candidates(self, path: str) -> Iterator[str]:
        for written in dict.fromkeys((path, unquote(path))):
            yield written
            parts = written.replace("\\", "/").split("/")
            plain = "/".join(part for part in parts if part not in ("", "."))
            if parts[-1] in ("", "."):
                yield from (f"{plain}/{page}" if plain else page for page in PAGES)
            else:
                yield plain

    @cached_property
    def _alike(self) -> dict[str, str | None]:
        """Names by their folded form; None where several share one, for nobody can tell which."""
        found: dict[str, str | None] = {}
        for name in self.index:
            key = folded(name)
            found[key] = None if key in found else name
        return found
