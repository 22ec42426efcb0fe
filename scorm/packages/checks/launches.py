"""The addresses that a manifest gives to files and parts, compared with the files there are."""

import re
from collections.abc import Iterable, Iterator

from scorm.packages.addresses import Places, foreign, split_address
from scorm.packages.checks.names import ending
from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.document import NAME
from scorm.packages.manifest import Item, Manifest
from scorm.packages.reading import Resource
from scorm.packages.words import _, ngettext

TWICE = re.compile(r"\?[^?#]*[?][\w.~-]+=")
"""A second question mark where the next parameter should begin with ``&``."""

RULES = {
    "file-case": Rule(
        "note",
        lambda n, places: ngettext(
            "The manifest lists one file with other capital letters than it has: ${places}. It is "
            "found here, but not on every server.",
            "The manifest lists ${n} files with other capital letters than they have: ${places}. "
            "They are found here, but not on every server.",
            n,
            places=places,
        ),
        _("Write the manifest's addresses with the same capital letters as the files' names."),
    ),
    "launch-parameters": Rule(
        "warning",
        lambda n, places: ngettext(
            "The parameters of one part are not written as a browser reads them: ${places}.",
            "The parameters of ${n} parts are not written as a browser reads them: ${places}.",
            n,
            places=places,
        ),
        _("Write them as ?name=value&other=value, with one question mark."),
    ),
    "launch-document": Rule(
        "warning",
        lambda n, places: ngettext(
            "One part opens a file that a browser does not show: ${places}.",
            "${n} parts open files that a browser does not show: ${places}.",
            n,
            places=places,
        ),
        _("Let the part open a page, or give the text as a page or a PDF."),
    ),
}


def listed(resources: Iterable[Resource], places: Places, tally: Tally) -> set[str]:
    """The files of the package that the manifest lists."""
    found: set[str] = set()
    for resource in resources:
        for href, line in (*resource.files, (resource.href, resource.line)):
            if not href or foreign(href) or foreign(resource.base + href):
                continue
            place = places.find(resource.base, href)
            if place is None or (place.member in found and place.mended != "case"):
                continue
            found.add(place.member)
            if place.mended == "case" and href != resource.href:
                tally.add("file-case", NAME, line, href)
    return found


def opened(manifest: Manifest) -> dict[str, bool]:
    """The files that parts open, and whether one of these is a SCO."""
    found: dict[str, bool] = {}
    for item in parts(manifest.organization.items):
        assert item.launch is not None
        file = unlaunched(item.launch)
        found[file] = found.get(file, False) or item.sco
    return found


def parts(items: Iterable[Item]) -> Iterator[Item]:
    """The items that open something, in order."""
    for item in items:
        if item.launch is not None:
            yield item
        yield from parts(item.children)


def unlaunched(launch: str) -> str:
    """The member that a launch path opens: see ``addresses.launchable``."""
    return re.sub(
        "(?i)%3f|%23",
        lambda code: "?" if code[0].lower() == "%3f" else "#",
        split_address(launch)[0],
    )


def judge(manifest: Manifest, shown: Iterable[str], tally: Tally) -> None:
    """Tell of parts whose parameters are malformed, or whose file a browser does not show.

    :param shown: endings of files that are none a browser shows
    """
    endings = frozenset(shown)
    for item in parts(manifest.organization.items):
        assert item.launch is not None
        _path, rest = split_address(item.launch)
        if TWICE.match(rest):
            tally.add("launch-parameters", NAME, None, f"{item.title}: {rest}")
        file = unlaunched(item.launch)
        if ending(file) in endings:
            tally.add("launch-document", file)
