"""The designer's form: colander reads it, our own templates draw it.

Its fields are flat texts, so that it is sent, shown again and previewed in the same way. Files are
kept when they come (:func:`certificates.designing.keep_picture`); the form then carries digests.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import colander
from translationstring import TranslationString, TranslationStringFactory

from certificates.designs import (
    LAYOUTS,
    MOST_SIGNATORIES,
    ORIENTATIONS,
    PAPERS,
    PARTS,
    SHOWN,
    Design,
    DesignRefused,
    Signatory,
    Words,
    checked,
)

_ = TranslationStringFactory("tutela")

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MOST_LANGUAGES = 40
COLOURS = ("accent", "ink", "ground")
SLOTS = ("seal", "background", *(f"signature-{n}" for n in range(1, MOST_SIGNATORIES + 1)))
"""The places for pictures in the form. A signature's number is that of its row."""

LABELS = {
    "name": _("Name"),
    "layout": _("Layout"),
    "paper": _("Paper"),
    "orientation": _("Orientation"),
    "accent": _("Accent"),
    "ink": _("Text"),
    "ground": _("Ground"),
    "shown": _("What is shown"),
    "seal": _("Seal"),
    "background": _("Background"),
    "background_strength": _("Strength of the background"),
    "signatories": _("Signatories"),
    "words": _("Words"),
    "another": _("Another language"),
}
"""What the fields are called, in the form and in the list of what changed."""
OPTIONS = {
    "layout": {
        "quiet": _("Quiet: text on calm paper, with a fine rule"),
        "frame": _("Frame: a border around everything"),
        "band": _("Band: a band of colour along one side"),
    },
    "paper": {"a4": _("A4"), "letter": _("US Letter")},
    "orientation": {"landscape": _("Landscape"), "portrait": _("Portrait")},
    "shown": {
        "score": _("Score"),
        "hours": _("CPD hours"),
        "length": _("Length"),
        "validity": _("Valid until"),
        "qr": _("QR code to check it"),
    },
}
PART_LABELS = {
    "heading": _("Heading"),
    "before": _("Above the name"),
    "statement": _("Below the name"),
    "closing": _("Below the title"),
}
SIGNATORY_LABELS = {"name": _("Name"), "role": _("Role"), "signature": _("Signature")}
TOLD_IN_ROWS = {"signatories": "signatory", "words": "words"}
"""What the house finds wrong with a design as a whole, and the rows in which it is told already."""
CHOOSE = _("Choose one of the answers.")

Errors = dict[str, str | TranslationString]


@dataclass(frozen=True)
class Read:
    """What came of a form.

    :param design: None when something in it cannot be so
    :param images: by the names in the design
    :param errors: by field
    """

    name: str
    design: Design | None
    images: Mapping[str, bytes]
    errors: Errors = field(default_factory=dict)


def label_of(name: str) -> TranslationString:
    """What a field is called where what is wrong with it is told."""
    if name.startswith("words-"):
        return PART_LABELS[name.rpartition("-")[2]]
    if name.startswith("signature-"):
        return SIGNATORY_LABELS["signature"]
    return LABELS["signatories"] if name.startswith("signatory-") else LABELS[name]


def languages_of(posted: Mapping[str, str], known: Iterable[str]) -> list[str]:
    """The languages that the form has words for: those of the site, and those that were added."""
    added = posted.get("languages", "").split()
    found = [language for language in added if LANGUAGE.fullmatch(language)]
    return list(dict.fromkeys([*known, *found]))[:MOST_LANGUAGES]


def opened(
    name: str, design: Design, digests: Mapping[str, str], known: Iterable[str]
) -> dict[str, str]:
    """The form's texts for a design.

    :param digests: of its images, by their names
    :param known: the languages of the site
    """
    texts = {
        "name": name,
        "layout": design.layout,
        "paper": design.paper,
        "orientation": design.orientation,
        "background_strength": str(design.background_strength),
        "languages": " ".join(dict.fromkeys([*known, *design.words])),
        **{colour: getattr(design, colour) for colour in COLOURS},
        **{f"shown-{part}": "1" for part in design.shown},
    }
    places = {"seal": design.seal, "background": design.background}
    for number, one in enumerate(design.signatories, 1):
        texts[f"signatory-{number}-name"], texts[f"signatory-{number}-role"] = one.name, one.role
        places[f"signature-{number}"] = one.image
    for slot, image in places.items():
        texts[f"picture-{slot}"] = digests.get(image or "", "")
    for language, words in design.words.items():
        for part in PARTS:
            texts[f"words-{language}-{part}"] = getattr(words, part)
    return texts


def read(
    posted: Mapping[str, str],
    known: Iterable[str],
    find_picture: Callable[[str], bytes | None],
) -> Read:
    """The design that a form says, or what is wrong with it, by field.

    :param find_picture: the content of a digest, of this template alone
    """
    languages = languages_of(posted, known)
    errors: Errors = {}
    values = _values(posted, languages, errors)
    pictures = {slot: _picture(values, slot, find_picture, errors) for slot in SLOTS}
    images: dict[str, bytes] = {}
    rows = _signatories(values, pictures, images)
    errors |= _problems_of_rows(rows)
    words = {
        language: made
        for language in languages
        if (made := _words(values, language, errors)) != Words()
    }
    for slot in ("seal", "background"):
        if (content := pictures[slot]) is not None:
            images[slot] = content
    design = Design(
        **{name: values[name] for name in ("layout", "paper", "orientation", *COLOURS)},
        shown=frozenset(part for part in SHOWN if values[f"shown-{part}"]),
        seal="seal" if "seal" in images else None,
        background="background" if "background" in images else None,
        background_strength=values["background_strength"],
        signatories=tuple(rows.values()),
        words=words,
    )
    try:
        checked(design, images)
    except DesignRefused as refused:
        told = {name.split("-")[0] for name in errors}
        errors |= {
            field: problem
            for field, problem in refused.problems.items()
            if TOLD_IN_ROWS.get(field) not in told
        }
    return Read(values["name"], None if errors else design, images, errors)


def _values(posted: Mapping[str, str], languages: Iterable[str], errors: Errors) -> dict:
    """Every field's value; for one that cannot be so what a new design has, so that all that is
    wrong is told at once."""
    values = {}
    for node in _schema(languages):
        try:
            values[node.name] = node.deserialize(posted.get(node.name, colander.null))
        except colander.Invalid:
            errors[node.name] = node.wrong
            values[node.name] = getattr(Design, node.name)
    return values


def _picture(
    values: Mapping[str, str],
    slot: str,
    find_picture: Callable[[str], bytes | None],
    errors: Errors,
) -> bytes | None:
    digest = values[f"picture-{slot}"]
    if not digest or values[f"without-{slot}"]:
        return None
    content = find_picture(digest)
    if content is None:
        errors[slot] = _("This picture is not kept any more. Choose its file again.")
    return content


def _signatories(
    values: Mapping[str, str],
    pictures: Mapping[str, bytes | None],
    images: dict[str, bytes],
) -> dict[int, Signatory]:
    """Those whose rows are not empty, by the numbers of their rows."""
    rows: dict[int, Signatory] = {}
    for number in range(1, MOST_SIGNATORIES + 1):
        name, role = (values[f"signatory-{number}-{part}"].strip() for part in ("name", "role"))
        content = pictures[f"signature-{number}"]
        if not (name or role or content):
            continue
        image = None
        if content is not None:
            image = f"signature-{len(rows) + 1}"
            images[image] = content
        rows[number] = Signatory(name, role, image)
    return rows


def _problems_of_rows(rows: Mapping[int, Signatory]) -> Errors:
    """Each row asked about alone, so that what is wrong stands beside it."""
    found: Errors = {}
    for number, one in rows.items():
        alone = Design(signatories=(Signatory(one.name, one.role),))
        if problem := _problem(alone, "signatories"):
            found[f"signatory-{number}-name"] = problem
    return found


def _words(values: Mapping[str, str], language: str, errors: Errors) -> Words:
    texts = {}
    for part in PARTS:
        name = f"words-{language}-{part}"
        texts[part] = " ".join(values[name].split())
        alone = Design(words={language: Words(**{part: texts[part]})})
        if problem := _problem(alone, "words"):
            errors[name] = problem
    return Words(**texts)


def _problem(design: Design, field: str) -> TranslationString | None:
    try:
        checked(design)
    except DesignRefused as refused:
        return refused.problems[field]
    return None


def _schema(languages: Iterable[str]) -> colander.Schema:
    schema = colander.Schema(unknown="ignore")
    for name in ("name", *COLOURS):
        schema.add(_text(name))
    for name, values in (("layout", LAYOUTS), ("paper", PAPERS), ("orientation", ORIENTATIONS)):
        schema.add(
            colander.SchemaNode(
                colander.String(), name=name, validator=colander.OneOf(values), wrong=CHOOSE
            )
        )
    schema.add(
        colander.SchemaNode(
            colander.Integer(),
            name="background_strength",
            validator=colander.Range(0, 100),
            wrong=_("Write a number from 0 to 100."),
        )
    )
    for part in SHOWN:
        schema.add(_tick(f"shown-{part}"))
    for slot in SLOTS:
        schema.add(_text(f"picture-{slot}"))
        schema.add(_tick(f"without-{slot}"))
    for number in range(1, MOST_SIGNATORIES + 1):
        schema.add(_text(f"signatory-{number}-name"))
        schema.add(_text(f"signatory-{number}-role"))
    for language in languages:
        for part in PARTS:
            schema.add(_text(f"words-{language}-{part}"))
    return schema


def _text(name: str) -> colander.SchemaNode:
    return colander.SchemaNode(colander.String(), name=name, missing="")


def _tick(name: str) -> colander.SchemaNode:
    return colander.SchemaNode(colander.Boolean(), name=name, missing=False)
