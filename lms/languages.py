"""The languages of the pages: which one a request gets, and what languages are called."""

from babel import Locale, UnknownLocaleError

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
"""The languages the pages speak, by their own names."""
COOKIE = "tutela-language"
PARAMETER = "_LOCALE_"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ps", "he", "ckb"})


def negotiate(request) -> str:
    """The person's choice, then the address's, then the browser's remembered or preferred one."""
    person = request.identity
    wishes = (
        person.language if person is not None else None,
        _parameter(request),
        request.cookies.get(COOKIE),
    )
    for wish in wishes:
        if wish in LANGUAGES:
            return wish
    return request.accept_language.lookup(list(LANGUAGES), default="en")


def _parameter(request) -> str | None:
    try:
        return request.GET.get(PARAMETER)
    except UnicodeDecodeError:
        return None


def direction(language: str) -> str:
    """``rtl`` or ``ltr``: which way a language is written."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


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
