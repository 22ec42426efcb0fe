"""What a course rests on and the words it explains: ``sources.toml`` and ``glossary.toml``."""

import re

from lms.authoring.course import Reference, Term
from lms.authoring.folder import Folder
from lms.authoring.tables import Table

SOURCES = "sources.toml"
GLOSSARY = "glossary.toml"
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
ADDRESS = re.compile(r"(?:https?://\S+)?")


def references(folder: Folder) -> dict[str, Reference]:
    """The sources by their keys; empty when there is no such file.

    :raises SourceError: for the first mistake, with its line
    """
    found = {}
    for key, table in _sections(folder, SOURCES):
        address = table.words("address", "")
        if not ADDRESS.fullmatch(address):
            raise table.wrong(
                "address", f"“{address}” is no address.", 'Write it whole: "https://…".'
            )
        title, read = table.words("title"), table.words("read", "")
        found[key] = Reference(key, title, address, read, table.words("short", title))
        table.nothing_left()
    return found


def glossary(folder: Folder, language: str) -> dict[str, Term]:
    """The words that are explained, by their keys; empty when there is no such file."""
    found = {}
    for key, table in _sections(folder, GLOSSARY):
        term, line = table.words("term"), table.line("meaning")
        meaning = table.markdown("meaning")
        found[key] = Term(key, term, meaning, folder.label(GLOSSARY), line, language)
        table.nothing_left()
    return found


def _sections(folder: Folder, name: str) -> list[tuple[str, Table]]:
    if not folder.has(name):
        return []
    table = Table.parse(folder.label(name), folder.text(name))
    found = [(key, table.table(key)) for key in table.names]
    for key, section in found:
        if not KEY.fullmatch(key):
            raise section.wrong(
                key, f"The name [{key}] cannot be used.", "Use letters, digits and hyphens."
            )
    return found
