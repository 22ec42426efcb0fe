"""What a package weighs, said as the time it takes on the lines that members have.

Courses of our own may have 1.5 MB (people-and-courses R4). Authors elsewhere do not know that
number and their tools' players alone weigh more, so others are measured by patience: from 10 MB on,
which is 80 seconds on a line of 1 Mbit/s and 21 minutes on one of 64 kbit/s, the weight is noted
and the largest files are named; from 100 MB on, 13 minutes and three and a half hours, it is a
warning, since a learner on the slow line does not get through it in a day's visit.
A film is fetched only when it is played: so times are said to be those for everything. What a part
fetches before it shows anything is another matter: from 2 MB on (16 seconds, four minutes) that is
noted too.
"""

from collections.abc import Iterable, Mapping

from scorm.packages.archive import size
from scorm.packages.checks.tally import clipped
from scorm.packages.findings import Finding
from scorm.packages.words import Words, _, ngettext

HEAVY = 10 * 1000**2
VERY_HEAVY = 100 * 1000**2
HEAVY_START = 2 * 1000**2
"""Bytes from which on a weight is noted, is a warning, and is noted of a part's beginning."""

LARGEST = 5
SLOW, BETTER = 64_000, 1_000_000
"""Bits a second of the lines that times are told for (R1)."""


def findings(sizes: Mapping[str, int], packed: int) -> list[Finding]:
    """The package's weight and its largest files, when it is heavy.

    :param sizes: bytes of each file, unpacked; :param packed: bytes of the zip
    """
    if packed < HEAVY:
        return []
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))[:LARGEST]
    return [
        Finding(
            "warning" if packed >= VERY_HEAVY else "note",
            "weight",
            _(
                "The package has ${size}. All of it takes ${better} on a line of 1 Mbit/s, and "
                "${slow} on one of 64 kbit/s.",
                size=size(packed),
                better=duration(packed * 8 // BETTER),
                slow=duration(packed * 8 // SLOW),
            ),
            _("Make videos and pictures smaller, offer text instead, or split the course."),
        ),
        Finding(
            "note",
            "weight-largest",
            _(
                "Its largest files: ${files}.",
                files=", ".join(f"{clipped(name)} ({size(sizes[name])})" for name in largest),
            ),
            "",
            largest[0],
        ),
    ]


def start(starts: Mapping[str, Iterable[str]], sizes: Mapping[str, int]) -> Finding | None:
    """The heaviest beginning of a part, when it is heavy.

    :param starts: page that a part opens → what its tags fetch at once
    """
    weights = {
        page: sizes.get(page, 0) + sum(sizes[name] for name in fetched if name != page)
        for page, fetched in starts.items()
    }
    page = max(sorted(weights), key=weights.__getitem__, default=None)
    if page is None or weights[page] < HEAVY_START:
        return None
    weight = weights[page]
    return Finding(
        "note",
        "weight-start",
        _(
            "${page} and what it loads at once have ${size}, not yet compressed: up to ${better} "
            "on a line of 1 Mbit/s, and ${slow} on one of 64 kbit/s, before it is all there.",
            page=page,
            size=size(weight),
            better=duration(weight * 8 // BETTER),
            slow=duration(weight * 8 // SLOW),
        ),
        _("Make pictures smaller, or let the course load them when they are needed."),
        page,
    )


def duration(seconds: int) -> Words:
    """A time for a person, to the precision that matters."""
    if seconds < 120:
        return ngettext("${n} second", "${n} seconds", seconds)
    if seconds < 2 * 3600:
        return ngettext("${n} minute", "${n} minutes", round(seconds / 60))
    if seconds < 2 * 86400:
        return ngettext("${n} hour", "${n} hours", round(seconds / 3600))
    return ngettext("${n} day", "${n} days", round(seconds / 86400))
