"""The domain's sentences in the language of a request, and which way that is written."""

from collections.abc import Callable

from babel import Locale, UnknownLocaleError
from pyramid.i18n import TranslationString

from scorm.packages.words import Words

DOMAIN = "tutela"

ISOLATED = "\u2068{}\u2069"
"""Marks that take a text's direction from the text itself (Unicode FSI and PDI)."""


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, for a page that has no layout of the site."""
    try:
        return Locale.parse(language.partition("-")[0]).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def speaker(request) -> Callable[[str], str]:
    """Says a sentence in the request's language, as far as it is translated; a plain text as it is.

    Values are put in as text: what a package says is escaped by the page, as the sentence is. In a
    language that is written from right to left a name keeps its own direction.
    """
    localizer = request.localizer
    apart = ISOLATED if direction(request.locale_name) == "rtl" else "{}"

    def said(value: object) -> object:
        if isinstance(value, Words):
            return say(value)
        return apart.format(value) if isinstance(value, str) else value

    def say(words: str) -> str:
        if not isinstance(words, Words):
            return words
        values = {name: said(value) for name, value in words.values.items()}
        if words.plural:
            return localizer.pluralize(
                words.text, words.plural, values["n"], domain=DOMAIN, mapping=values
            )
        return localizer.translate(TranslationString(words.text, domain=DOMAIN, mapping=values))

    return say
