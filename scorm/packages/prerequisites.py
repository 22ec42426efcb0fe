"""What is wrong with a manifest's prerequisites (SCORM 1.2 CAM 2.3.2.5): none of it refuses it.

What they mean is ``scorm.sequencing.prerequisites``, which also leaves out what cannot count.
"""

from collections.abc import Mapping

from lxml import etree

from scorm.packages.document import NAME, attribute, mended
from scorm.packages.findings import Finding
from scorm.packages.manifest import Edition, Item
from scorm.sequencing.prerequisites import survey

LISTED = 5
"""Names that are listed in one sentence."""

IDENTIFIERS = "Name the parts by their identifiers in the manifest, as in lesson-1&lesson-2."


def meaningless(element: etree._Element, title: str, edition: Edition) -> Finding | None:
    """Why an item's ``prerequisites`` have no meaning here, if they have none."""
    if edition.is_2004:
        words = "The manifest has prerequisites, which SCORM 2004 does not know; they do nothing."
        remedy = "Let sequencing rules say what comes first."
        return Finding("note", "prerequisites-2004", words, remedy, NAME, element.sourceline)
    kind = attribute(element, "type") or "aicc_script"
    if kind.lower() == "aicc_script":
        return None
    words = f"The prerequisites of “{title}” are of the type “{kind[:40]}”, which nobody can read "
    return _warning(
        "type", words + "here; they are left out.", "Write them as aicc_script.", element.sourceline
    )


def findings_on(items: tuple[Item, ...], lines: Mapping[str, int]) -> list[Finding]:
    """What is wrong with the prerequisites of an organization's items.

    :param lines: where they stand in the manifest, by the item's identifier
    """
    titles = _titles(items)
    found = survey(items)
    findings = []
    for name, invalid in found.unreadable.items():
        words = f"The prerequisites of “{titles[name]}” cannot be read, so it is open: {invalid}."
        remedy = "Correct them: & is and, | is or, ~ is not; a name with spaces needs quotes."
        findings.append(_warning("unreadable", words, remedy, lines[name]))
    for name, unknown in found.unknown.items():
        words = f"The prerequisites of “{titles[name]}” name {_listed(sorted(unknown))}, "
        words += "which the course does not have; they are left out."
        findings.append(_warning("unknown", words, IDENTIFIERS, lines[name]))
    for name, hollow in found.hollow.items():
        words = (
            f"“{titles[name]}” is to come after {_listed([titles[x] for x in sorted(hollow)])}, "
        )
        words += "where nothing can be opened; its prerequisites are left out."
        remedy = "Take them out, or give what comes first a file to open."
        findings.append(_warning("hollow", words, remedy, lines[name]))
    for circle in found.circles:
        waiting = _listed([titles[name] for name in circle])
        words = f"{waiting} waits for itself; its prerequisites are left out."
        if len(circle) > 1:
            words = f"{waiting} wait for each other; their prerequisites are left out."
        line = min(lines[name] for name in circle)
        findings.append(_warning("circle", words, "Let one of them be open from the start.", line))
    for name, read in found.heeded.items():
        if read.spelled:
            words = (
                f"The prerequisites of “{titles[name]}” use words for the signs & (AND), | (OR) "
            )
            findings.append(mended("prerequisites-words", words + "and ~ (NOT).", lines[name]))
    return findings


def _warning(rule: str, message: str, remedy: str, line: int) -> Finding:
    return Finding("warning", f"prerequisites-{rule}", message, remedy, NAME, line)


def _titles(items: tuple[Item, ...]) -> dict[str, str]:
    found = {}
    for item in items:
        found[item.identifier] = item.title
        found |= _titles(item.children)
    return found


def _listed(names: list[str]) -> str:
    listed = [f"“{name[:60]}”" for name in names]
    if more := len(names[LISTED:]):
        listed[LISTED:] = [f"{more} more"]
    *first, last = listed
    return f"{', '.join(first)} and {last}" if first else last
