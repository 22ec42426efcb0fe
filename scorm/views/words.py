"""The domain's sentences in the language of a request, and which way that is written."""

from collections.abc import Callable

from pyramid.i18n import TranslationString

from scorm.packages.words import Words

DOMAIN = "tutela"

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages that are written so, of those that pages come in or may come in."""


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, for a page that has no layout of the site."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def speaker(request) -> Callable[[str], str]:
    """Says a sentence in the request's language, as far as it is translated; a plain text as it is.

    Values are put in as text: what a package says is escaped by the page, as the sentence is.
    """
    localizer = request.localizer

    def say(words: str) -> str:
        if not isinstance(words, Words):
            return words
        values = {
            name: say(value) if isinstance(value, Words) else value
            for name, value in words.values.items()
        }
        if words.plural:
            return localizer.pluralize(
                words.text, words.plural, values["n"], domain=DOMAIN, mapping=values
            )
        return localizer.translate(TranslationString(words.text, domain=DOMAIN, mapping=values))

    return say
