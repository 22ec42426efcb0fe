"""The languages of the pages: which one a request gets, and what languages are called."""

from pathlib import Path

from babel import Locale, UnknownLocaleError

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
"""The languages that can be chosen, by their own names."""
LOCALE = Path(__file__).parent / "locale"
TRANSLATED = frozenset({"en"} | {path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/tutela.mo")})
"""Those that the pages are translated into; in any other one their words are English."""
COOKIE = "tutela-language"
PARAMETER = "_LOCALE_"


def negotiate(request) -> str:
    """The person's choice, then the address's, then the browser's remembered or preferred one.

    What a browser prefers counts only where there is a translation: nobody asked for English words
    in the layout of another language.
    """
    person = request.identity
    wishes = (
        person.language if person is not None else None,
        _parameter(request),
        request.cookies.get(COOKIE),
    )
    for wish in wishes:
        if wish in LANGUAGES:
            return wish
    return request.accept_language.lookup(sorted(TRANSLATED), default="en")


def _parameter(request) -> str | None:
    try:
        return request.GET.get(PARAMETER)
    except UnicodeDecodeError:
        return None


def direction(language: str) -> str:
    """``rtl`` or ``ltr``: which way a language is written, as far as it is known."""
    try:
        return Locale.parse(language.partition("-")[0]).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def text_language(language: str) -> str:
    """The language that the words of a page are in when ``language`` was chosen."""
    return language if language in TRANSLATED else "en"


def language_name(code: str) -> str:
    """A language by its own name; the code itself where no name is known."""
    if code in LANGUAGES:
        return LANGUAGES[code]
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return name or code


def includeme(config):
    config.set_locale_negotiator(negotiate)
