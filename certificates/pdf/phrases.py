"""The house's own words on a certificate, in its language."""

from collections.abc import Callable
from dataclasses import dataclass

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("tutela")


@dataclass(frozen=True)
class Phrases:
    """The fixed words of one kind of certificate in one language.

    :param language: BCP 47; dates, figures and the direction of the page follow it
    :param spoken: the language of these words: English where the house does not speak the other
    :param statement: stands around the title: ``has completed {title}``
    :param signature: says of an image whose signature it is: ``Signature of {name}``
    """

    language: str
    spoken: str
    heading: str
    before: str
    statement: str
    issued: str
    length: str
    hours: str
    score: str
    valid_until: str
    was_valid_until: str
    code: str
    check: str
    qr_alt: str
    signature: str
    seal: str


HEADINGS = {
    "participation": _("Certificate of participation"),
    "achievement": _("Certificate of achievement"),
}
STATEMENTS = {
    "participation": _("has taken part in {title}"),
    "achievement": _("has completed {title}"),
}
OTHERS = {
    "before": _("This is to certify that"),
    "issued": _("Issued"),
    "length": _("Length"),
    "hours": _("CPD hours"),
    "score": _("Score"),
    "valid_until": _("Valid until"),
    "was_valid_until": _("Was valid until"),
    "code": _("Certificate code"),
    "check": _("Check this certificate at"),
    "qr_alt": _("QR code with the address of this certificate’s page"),
    "signature": _("Signature of {name}"),
    "seal": _("Seal"),
}


def phrases(
    language: str, kind: str, translate: Callable[[str], str], *, own_words: bool = False
) -> Phrases:
    """The words in a language, or in English when the house does not speak it.

    :param kind: ``participation`` or ``achievement``
    :param translate: into that language
    :param own_words: whether the design has words of its own in the language; the page is then one
        in that language all the same
    """
    heading = HEADINGS[kind]
    known = translate(heading) != heading or language.lower().startswith("en")
    return Phrases(
        language=language if known or own_words else "en",
        spoken=language if known else "en",
        heading=translate(heading),
        statement=translate(STATEMENTS[kind]),
        **{name: translate(words) for name, words in OTHERS.items()},
    )
