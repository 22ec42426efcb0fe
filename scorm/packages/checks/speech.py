"""Whether a SCO can find the API (SCORM 1.2 RTE 3.3.6.1, 2004 RTE 3.3.6).

A SCO has to initialize and finish. Whether it will cannot be seen, but that it cannot is certain
when no script that it could reach ever names the API. Reached is what a page's tags name; as soon
as there is a script in reach, it might load any other, so then all scripts of the package count.
"""

from collections.abc import Collection

from scorm.packages.checks.names import ending
from scorm.packages.checks.scripts import Trait
from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.findings import Finding
from scorm.packages.manifest import Manifest
from scorm.packages.words import _, ngettext

SCRIPTS = frozenset(("js", "mjs", "cjs"))
PAGES = frozenset(("html", "htm", "xhtml", "xht"))
"""Endings of scripts and of pages."""

SHOWN = frozenset(("pdf", "txt", "jpg", "jpeg", "png", "gif", "mp4", "mp3", "webm"))
"""Endings of what a browser shows and that has no scripts that could look for anything."""

KEPT = (
    Trait.SPEAKS
    | Trait.SPEAKS_ANY
    | Trait.SPEAKS_12
    | Trait.SPEAKS_2004
    | Trait.PARENT
    | Trait.TOP
    | Trait.OPENER
)

MOST_EDGES = 200_000
"""Addresses between files that are remembered."""

RULES = {
    "sco-silent": Rule(
        "warning",
        lambda n, places: ngettext(
            "One part says that it reports to the learning system (SCO), but nothing in it ever "
            "looks for that: ${places}. It counts as completed once it was opened, and has no "
            "score.",
            "${n} parts say that they report to the learning system (SCO), but nothing in them "
            "ever looks for that: ${places}. They count as completed once they were opened, and "
            "have no score.",
            n,
            places=places,
        ),
        _(
            "If a part is only to be read, make its resource an asset; otherwise export it again "
            "with tracking."
        ),
    ),
}


class Speech:
    """Remembers which files name the API and which lead where."""

    def __init__(self) -> None:
        self._traits: dict[str, Trait] = {}
        self._leads: dict[str, set[str]] = {}
        self._edges = 0
        self._scripted: set[str] = set()

    def note(self, file: str, traits: Trait, *, scripted: bool) -> None:
        """What a text file has in it, and whether a script runs in it."""
        if kept := traits & KEPT:
            self._traits[file] = kept
        if scripted:
            self._scripted.add(file)

    def lead(self, file: str, to: str) -> None:
        """A page names another file."""
        if self._edges < MOST_EDGES:
            self._edges += 1
            self._leads.setdefault(file, set()).add(to)

    @property
    def led_to(self) -> frozenset[str]:
        """The files that pages name."""
        return frozenset().union(*self._leads.values())

    def judge(self, manifest: Manifest, launched: Collection[str], tally: Tally) -> list[Finding]:
        """What is certain about how parts look for the API.

        :param launched: the files that SCOs open
        """
        said = Trait.NONE
        for traits in self._traits.values():
            said |= traits
        for file in sorted(launched):
            if self._is_silent(file, Trait.SPEAKS in said):
                tally.add("sco-silent", file)
        if Trait.SPEAKS not in said or not launched:
            return []
        finding = self._edition(manifest, said) or self._search()
        return [] if finding is None else [finding]

    def _is_silent(self, file: str, anybody_speaks: bool) -> bool:
        if ending(file) not in PAGES | SHOWN:
            return False
        reached, new = {file}, [file]
        while new:
            for to in self._leads.get(new.pop(), ()):
                if to not in reached:
                    reached.add(to)
                    new.append(to)
        if any(Trait.SPEAKS in self._traits.get(name, Trait.NONE) for name in reached):
            return False
        unsure = self._edges >= MOST_EDGES or not self._scripted.isdisjoint(reached)
        return not (unsure and anybody_speaks)

    def _edition(self, manifest: Manifest, said: Trait) -> Finding | None:
        """A search for the object of the other standard alone."""
        if manifest.edition.is_2004 and Trait.SPEAKS_12 in said and Trait.SPEAKS_2004 not in said:
            trait, wanted, sought = Trait.SPEAKS_12, "API_1484_11", "API"
        elif not manifest.edition.is_2004 and self._only_2004(said):
            trait, wanted, sought = Trait.SPEAKS_2004, "API", "API_1484_11"
        else:
            return None
        return Finding(
            "warning",
            "api-edition",
            _(
                "The manifest says SCORM ${edition}, where the course has to look for ${wanted}, "
                "but its scripts only look for ${sought}: nothing will be saved.",
                edition=str(manifest.edition),
                wanted=wanted,
                sought=sought,
            ),
            _("Export the course again, so that manifest and scripts follow the same SCORM."),
            self._first(trait),
        )

    def _only_2004(self, said: Trait) -> bool:
        return Trait.SPEAKS_2004 in said and not any(
            Trait.SPEAKS_ANY in traits or Trait.SPEAKS_12 in traits
            for traits in self._traits.values()
        )

    def _search(self) -> Finding | None:
        """A search that leaves out the windows above, where the API is."""
        ways = Trait.NONE
        for traits in self._traits.values():
            if Trait.SPEAKS in traits:
                ways |= traits
        if Trait.PARENT in ways or not (Trait.TOP | Trait.OPENER) & ways:
            return None
        if Trait.TOP in ways:
            return Finding(
                "note",
                "api-top",
                _(
                    "The course looks for the learning system in the topmost window only. That "
                    "works here, but not where the learning system is itself in a frame."
                ),
                _("Look through all windows above, one after the other (parent)."),
                self._first(Trait.TOP),
            )
        return Finding(
            "warning",
            "api-opener",
            _(
                "The course looks for the learning system only in the window that opened it. Here "
                "it runs in a frame of the player, so it will find nothing and save nothing."
            ),
            _("Look through all windows above first (parent)."),
            self._first(Trait.OPENER),
        )

    def _first(self, trait: Trait) -> str:
        return min(
            name
            for name, traits in self._traits.items()
            if trait in traits and Trait.SPEAKS in traits
        )
