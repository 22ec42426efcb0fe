"""Links that lead out of the course.

The player frames nothing but its own origin, so a link to a web site that opens in the course's
place shows an empty frame, and the part that was open there is gone.
"""

from scorm.packages.checks.markup import Tag
from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.checks.window import Window
from scorm.packages.words import _, ngettext

OUTSIDE = ("http://", "https://", "//")

RULES = {
    "link-leaves": Rule(
        "warning",
        lambda n, places: ngettext(
            "One link to another web site opens in the place of the course, where it is not "
            "shown: ${places}.",
            "${n} links to other web sites open in the place of the course, where they are not "
            "shown: ${places}.",
            n,
            places=places,
        ),
        _('Let such links open in a window of their own (target="_blank").'),
    ),
    "link-above": Rule(
        "warning",
        lambda n, places: ngettext(
            "One link opens in the place of the player: ${places}. After it the course cannot "
            "save.",
            "${n} links open in the place of the player: ${places}. After them the course cannot "
            "save.",
            n,
            places=places,
        ),
        _("Take the target (_top) out of the link."),
    ),
    "link-insecure": Rule(
        "note",
        lambda n, places: ngettext(
            "One link to another web site is not encrypted (http): ${places}. Others can read what "
            "the learner reads there.",
            "${n} links to other web sites are not encrypted (http): ${places}. Others can read "
            "what the learner reads there.",
            n,
            places=places,
        ),
        _("Where the web site has one, give its https address."),
    ),
}


class Links:
    """Looks at the links of one page."""

    def __init__(self, file: str, tally: Tally):
        self._file = file
        self._tally = tally
        self._target = ""

    def look(self, tag: Tag, window: Window) -> None:
        if tag.name == "base":
            self._target = tag.attributes.get("target", "").lower()
        if tag.name not in ("a", "area") or not tag.certain:
            return
        said = tag.attributes
        address = said.get("href", "").lower()
        target = said.get("target", self._target).lower()
        if address.startswith("http://"):
            self._tell("link-insecure", tag, window, said["href"])
        # A script that handles the link may open it anywhere.
        if not address or address.startswith(("#", "javascript:")) or "onclick" in said:
            return
        if target == "_top":
            self._tell("link-above", tag, window, said["href"])
        elif address.startswith(OUTSIDE) and target in ("", "_self"):
            self._tell("link-leaves", tag, window, said["href"])

    def _tell(self, rule: str, tag: Tag, window: Window, address: str) -> None:
        line = window.line_of(tag.at) if self._tally.wants_place(rule) else None
        self._tally.add(rule, self._file, line, address)
