"""Videos and sounds without text for those who cannot hear them (WCAG 2.2 1.2.1, 1.2.2).

A browser shows captions from a ``track``; tools also keep them beside the video in a file of the
same name, or in their scripts. So what a page plays without a track and without such a file is
a warning, and a video that is only in the package is a hint to look, unless there are captions of
other names for it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from scorm.packages.checks.names import ending, stem
from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.words import _, ngettext

VIDEOS = frozenset(("mp4", "m4v", "webm", "ogv", "mov", "wmv", "avi", "flv", "f4v", "mpg", "mpeg"))
TEXTS = frozenset(("vtt", "srt", "ttml", "dfxp", "sbv", "sub", "ass", "smi"))
"""Endings of films, and of their captions."""

Find = Callable[[str, str], str | None]

MOST_MEDIA = 2000
"""Videos and sounds in pages that are remembered."""

MOST_CUTS = 3

RULES = {
    "video-captions": Rule(
        "warning",
        lambda n, places: ngettext(
            "One video is shown without captions for people who cannot hear it: ${places}.",
            "${n} videos are shown without captions for people who cannot hear them: ${places}.",
            n,
            places=places,
        ),
        _("Add captions in your authoring tool, or a track with a .vtt file to the video."),
    ),
    "video-captions-unseen": Rule(
        "note",
        lambda n, places: ngettext(
            "For one video no captions were seen in the package: ${places}.",
            "For ${n} videos no captions were seen in the package: ${places}.",
            n,
            places=places,
        ),
        _(
            "Look whether the course shows captions: some tools keep them where they cannot be "
            "seen from here. If it does not, add them in your authoring tool."
        ),
    ),
    "audio-text": Rule(
        "note",
        lambda n, places: ngettext(
            "One sound has no text with it that a browser could show: ${places}.",
            "${n} sounds have no text with them that a browser could show: ${places}.",
            n,
            places=places,
        ),
        _("See that what is said can also be read on the page."),
    ),
}


@dataclass
class Medium:
    """One ``video`` or ``audio`` of a page: the addresses of what it plays, whether it has a
    track, and whether it makes no sound."""

    kind: str
    file: str
    line: int
    silent: bool = False
    captioned: bool = False
    addresses: list[str] = field(default_factory=list)

    def take(self, address: str | None) -> None:
        if address and len(self.addresses) < 10:
            self.addresses.append(address)


class Captions:
    """Remembers what pages play, and says at the end what has no captions."""

    def __init__(self) -> None:
        self._media: list[Medium] = []

    def add(self, medium: Medium) -> None:
        if len(self._media) < MOST_MEDIA:
            self._media.append(medium)

    def judge(self, names: Collection[str], find: Find, tally: Tally, *, by_script: bool) -> None:
        """Tell of what has none.

        :param names: the files in the package
        :param find: gives the file that an address in another file leads to, or None
        :param by_script: whether a script of the package adds tracks: then what tags lack says
            nothing
        """
        written = {name: set(_for(stem(name))) for name in names if ending(name) in TEXTS}
        texts = set[str]().union(*written.values())
        known: set[str] = set()
        for medium in self._media:
            found = (find(medium.file, address) for address in medium.addresses)
            played = {name for name in found if name is not None}
            spoken = medium.captioned or any(stem(name) in texts for name in played)
            if medium.silent or spoken:
                known |= played
            elif played and not by_script:
                known |= played
                rule = "video-captions" if medium.kind == "video" else "audio-text"
                tally.add(rule, medium.file, medium.line)
        films = {name for name in names if ending(name) in VIDEOS}
        unseen = {name for name in films - known if stem(name) not in texts}
        stems = {stem(name) for name in films}
        spare = sum(stems.isdisjoint(said) for said in written.values())
        if len(unseen) > spare:
            for name in sorted(unseen):
                tally.add("video-captions-unseen", name)


def _for(stem: str) -> Iterator[str]:
    """The names a film may have that captions of this name are for: they may say a language
    (``film.en.vtt``, ``film_fr-FR.srt``) or what they are (``film-captions.vtt``)."""
    yield stem
    for _cut in range(MOST_CUTS):
        cut = max(map(stem.rfind, "._- "))
        if cut <= 0:
            return
        stem = stem[:cut]
        yield stem
