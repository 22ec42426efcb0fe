"""How a certificate looks: its layout, paper, colours, images, signatories and words.

Designs are plain values, kept in template versions as primitives. Three come with the house and are
not stored.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from certificates.refusals import Refused
from certificates.resources import Certificates

_ = TranslationStringFactory("tutela")

LAYOUTS = ("quiet", "frame", "band")
PAPERS = ("a4", "letter")
ORIENTATIONS = ("landscape", "portrait")
SHOWN = ("score", "hours", "length", "validity", "qr")
"""What a design may show or leave out, in the order in which it is printed."""

PLACEHOLDERS = ("title", "hours", "score", "date")
PARTS = ("heading", "before", "statement", "closing")
MOST_SIGNATORIES = 4
LONGEST_SIGNATORY = 80
LONGEST_WORDS = 300
TEXT_CONTRAST = 4.5
LARGE_CONTRAST = 3.0
"""WCAG 2.2, 1.4.3: small text, and large text or drawing."""


class DesignRefused(Refused):
    """A design cannot be used. ``problems`` says why, by field: ``accent``, ``signatories``,
    ``words``…"""

    def __init__(self, problems: Mapping[str, TranslationString]):
        self.problems = dict(problems)
        super().__init__(*self.problems.values())


@dataclass(frozen=True)
class Signatory:
    """Who signs: a name, a role (may be empty), and the name of an image of the signature."""

    name: str
    role: str = ""
    image: str | None = None


@dataclass(frozen=True)
class Words:
    """What is printed in one language; what is empty is said in the house's own words.

    ``heading`` stands above, ``before`` above the name, ``statement`` below it and around the
    title, ``closing`` below the title. ``{title}``, ``{hours}``, ``{score}`` and ``{date}`` stand
    for what the certificate says.
    """

    heading: str = ""
    before: str = ""
    statement: str = ""
    closing: str = ""


@dataclass(frozen=True)
class Design:
    """How a certificate looks.

    :param accent: colour of rules, ornaments and the issuer, ``#rrggbb``; ``ink`` that of the
        text, ``ground`` that of the paper
    :param shown: which of :data:`SHOWN` are printed, where the certificate has them
    :param seal: the name of an image, as are ``background`` and those of the signatories
    :param background_strength: 0 (not to be seen) to 100 (as it is)
    :param words: language (BCP 47) → words
    """

    layout: str = "quiet"
    paper: str = "a4"
    orientation: str = "landscape"
    accent: str = "#0c5a5e"
    ink: str = "#1b2430"
    ground: str = "#ffffff"
    shown: frozenset[str] = frozenset(SHOWN)
    seal: str | None = None
    background: str | None = None
    background_strength: int = 20
    signatories: tuple[Signatory, ...] = ()
    words: Mapping[str, Words] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Design":
        """:param plain: from :meth:`to_plain`, perhaps by an older version of this house
        :raises DesignRefused: for what is no design at all
        """
        try:
            known = {key: plain[key] for key in cls.__dataclass_fields__ if key in plain}
            made: dict[str, Any] = {
                "shown": frozenset(known.pop("shown", SHOWN)),
                "signatories": tuple(Signatory(**one) for one in known.pop("signatories", ())),
                "words": {
                    language: Words(**words) for language, words in known.pop("words", {}).items()
                },
            }
        except (AttributeError, KeyError, TypeError):
            raise DesignRefused({"design": _("This is not the design of a certificate.")}) from None
        return cls(**known, **made)

    def to_plain(self) -> dict[str, Any]:
        """Primitives alone, for the database and for JSON."""
        plain = asdict(self)
        plain["shown"] = [part for part in SHOWN if part in self.shown]
        plain["signatories"] = list(plain["signatories"])
        return plain

    def words_in(self, language: str) -> Words:
        """The design's own words in a language or, when there are none, in its wider language
        (``pt-BR``: ``pt``); empty ones otherwise."""
        own = {key.lower().replace("_", "-"): words for key, words in self.words.items()}
        parts = language.lower().replace("_", "-").split("-")
        for length in range(len(parts), 0, -1):
            if (found := own.get("-".join(parts[:length]))) is not None:
                return found
        return Words()

    @property
    def images(self) -> frozenset[str]:
        """The names of the images that it needs."""
        named = [self.seal, self.background, *(one.image for one in self.signatories)]
        return frozenset(name for name in named if name is not None)


def checked(design: Design, images: Collection[str] = ()) -> Design:
    """The design itself, when it can be printed.

    :param images: the names of the images that are there
    :raises DesignRefused: with every problem, by field
    """
    problems = _choices(design) | _colours(design) | _texts(design)
    strength = design.background_strength
    if not isinstance(strength, int) or not 0 <= strength <= 100:
        problems["background_strength"] = _("The strength of the background is from 0 to 100.")
    if design.images - set(images):
        problems["images"] = _("An image of this design is missing. Add it or leave it out.")
    if problems:
        raise DesignRefused(problems)
    return design


def _choices(design: Design) -> dict[str, TranslationString]:
    offered = {"layout": LAYOUTS, "paper": PAPERS, "orientation": ORIENTATIONS}
    problems = {
        name: _("Choose one of these: ${choices}.", mapping={"choices": ", ".join(values)})
        for name, values in offered.items()
        if getattr(design, name) not in values
    }
    if design.shown - set(SHOWN):
        choices = {"choices": ", ".join(SHOWN)}
        problems["shown"] = _("A certificate can show ${choices}.", mapping=choices)
    return problems


def _colours(design: Design) -> dict[str, TranslationString]:
    problems = {
        name: _("A colour is written like #0c5a5e.")
        for name in ("accent", "ink", "ground")
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(getattr(design, name)))
    }
    if problems:
        return problems
    if contrast(design.ink, design.ground) < TEXT_CONTRAST:
        problems["ink"] = _("This text is hard to read on this paper. Take colours further apart.")
    if contrast(design.accent, design.ground) < LARGE_CONTRAST:
        problems["accent"] = _("This accent is hard to see on this paper. Take a darker one.")
    return problems


def contrast(one: str, other: str) -> float:
    """How far apart two colours are: 1 (the same) to 21 (black and white); WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _texts(design: Design) -> dict[str, TranslationString]:
    problems = {}
    if len(design.signatories) > MOST_SIGNATORIES:
        problems["signatories"] = _(
            "A certificate has at most ${most} signatories.", mapping={"most": MOST_SIGNATORIES}
        )
    for one in design.signatories:
        if not one.name.strip():
            problems["signatories"] = _("A signatory needs a name.")
        if max(len(one.name), len(one.role)) > LONGEST_SIGNATORY:
            problems["signatories"] = _(
                "The name and the role of a signatory have at most ${most} characters.",
                mapping={"most": LONGEST_SIGNATORY},
            )
        if not (_printable(one.name) and _printable(one.role)):
            problems["signatories"] = _("A signatory has characters that cannot be printed.")
    for language, words in design.words.items():
        for part in PARTS:
            problem = _problem_of(getattr(words, part))
            if problem is not None:
                problems["words"] = problem
        if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", language):
            problems["words"] = _(
                "“${language}” is not a language. Write it like en, ar or pt-BR.",
                mapping={"language": language},
            )
    return problems


def _problem_of(text: str) -> TranslationString | None:
    if len(text) > LONGEST_WORDS:
        return _("Each text has at most ${most} characters.", mapping={"most": LONGEST_WORDS})
    if not _printable(text):
        return _("A text has characters that cannot be printed. Write it on one line.")
    rest = re.sub("|".join(f"{{{name}}}" for name in PLACEHOLDERS), "", text)
    if "{" in rest or "}" in rest:
        return _("A text can hold {title}, {hours}, {score} and {date}; nothing else in braces.")
    return None


def _printable(text: str) -> bool:
    return not any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in text)


INCLUDED: Mapping[str, Design] = {
    "quiet": Design(),
    "frame": Design(layout="frame", accent="#7a2e3a", ink="#2a2320", ground="#fdfaf3"),
    "band": Design(layout="band", accent="#1f3f6e", ink="#1c2330"),
}
"""The designs that come with the house, by the id of their template."""


def design_of(
    certificates: Certificates, snapshot: Mapping[str, Any]
) -> tuple[Design, Mapping[str, bytes]]:
    """The design that a certificate was issued with, and its images by name.

    One that remembers no template, or one that came with the house, has no images.

    :raises KeyError: when the version is not there, which is never taken away
    """
    template = snapshot.get("template") or "quiet"
    if template in INCLUDED:
        return INCLUDED[template], {}
    version = certificates.templates[template].versions[snapshot["template_version"]]
    return Design.from_plain(version.design), version.images
