"""What is wrong with a manifest's prerequisites (SCORM 1.2 CAM 2.3.2.5): none of it refuses it.

What they mean is ``scorm.sequencing.prerequisites``, which also leaves out what cannot count.
"""

from collections.abc import Mapping

from lxml import etree

from scorm.packages.document import NAME, attribute, mended
from scorm.packages.findings import Finding
from scorm.packages.manifest import Edition, Item
from scorm.packages.words import Words, _, listed
from scorm.sequencing.prerequisites import survey

LISTED = 5
"""Names that are listed in one sentence."""

IDENTIFIERS = _("Name the parts by their identifiers in the manifest, as in lesson-1&lesson-2.")


def meaningless(element: etree._Element, title: str, edition: Edition) -> Finding | None:
    """Why an item's ``prerequisites`` have no meaning here, if they have none."""
    if edition.is_2004:
        words = _(
            "The manifest has prerequisites, which SCORM 2004 does not know; they do nothing."
        )
        remedy = _("Let sequencing rules say what comes first.")
        return Finding("note", "prerequisites-2004", words, remedy, NAME, element.sourceline)
    kind = attribute(element, "type") or "aicc_script"
    if kind.lower() == "aicc_script":
        return None
    words = _(
        "The prerequisites of “${title}” are of the type “${kind}”, which nobody can read here; "
        "they are left out.",
        title=title,
        kind=kind[:40],
    )
    return _warning("type", words, _("Write them as aicc_script."), element.sourceline)


def findings_on(items: tuple[Item, ...], lines: Mapping[str, int]) -> list[Finding]:
    """What is wrong with the prerequisites of an organization's items.

    :param lines: where they stand in the manifest, by the item's identifier
    """
    titles = _titles(items)
    found = survey(items)
    findings = []
    for name, invalid in found.unreadable.items():
        words = _(
            "The prerequisites of “${title}” cannot be read, so it is open: ${fault}.",
            title=titles[name],
            fault=invalid.words,
        )
        remedy = _("Correct them: & is and, | is or, ~ is not; a name with spaces needs quotes.")
        findings.append(_warning("unreadable", words, remedy, lines[name]))
    for name, unknown in found.unknown.items():
        words = _(
            "The prerequisites of “${title}” name ${names}, which the course does not have; they "
            "are left out.",
            title=titles[name],
            names=listed(sorted(unknown), LISTED),
        )
        findings.append(_warning("unknown", words, IDENTIFIERS, lines[name]))
    for name, hollow in found.hollow.items():
        words = _(
            "“${title}” is to come after ${names}, where nothing can be opened; its prerequisites "
            "are left out.",
            title=titles[name],
            names=listed([titles[x] for x in sorted(hollow)], LISTED),
        )
        remedy = _("Take them out, or give what comes first a file to open.")
        findings.append(_warning("hollow", words, remedy, lines[name]))
    for circle in found.circles:
        words = _(
            "“${title}” waits for itself; its prerequisites are left out.",
            title=titles[circle[0]],
        )
        if len(circle) > 1:
            words = _(
                "${names} wait for each other; their prerequisites are left out.",
                names=listed([titles[name] for name in circle], LISTED),
            )
        line = min(lines[name] for name in circle)
        remedy = _("Let one of them be open from the start.")
        findings.append(_warning("circle", words, remedy, line))
    for name, read in found.heeded.items():
        if read.spelled:
            words = _(
                "The prerequisites of “${title}” use words for the signs & (AND), | (OR) and ~ "
                "(NOT).",
                title=titles[name],
            )
            findings.append(mended("prerequisites-words", words, lines[name]))
    return findings


def _warning(rule: str, message: Words, remedy: Words, line: int) -> Finding:
    return Finding("warning", f"prerequisites-{rule}", message, remedy, NAME, line)


def _titles(items: tuple[Item, ...]) -> dict[str, str]:
    found = {}
    for item in items:
        found[item.identifier] = item.title
        found |= _titles(item.children)
    return found
