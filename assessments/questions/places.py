"""Places in a text where something is filled in: ``[[name]]``."""

import re
from collections.abc import Iterable, Mapping

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import repeated

_ = TranslationStringFactory("tutela")

NAME = r"[a-z0-9-]+"
PLACE = re.compile(rf"\[\[({NAME})\]\]")


def places(body: str) -> list[str]:
    """The names of the places in a text, in their order."""
    return PLACE.findall(body)


def place_problems(
    body: str, names: Iterable[str], translations: Mapping[str, Mapping[str, str]]
) -> list[TranslationString]:
    """Why a text and the gaps of these names do not fit each other, in any of its languages."""
    names = list(names)
    found = name_problems(names)
    found += [
        _("The text has no place for the gap ${name}: [[${name}]].", mapping={"name": name})
        for name in dict.fromkeys(names)
        if name not in places(body)
    ]
    found += [
        _(
            "The text has the place [[${name}]], but there is no gap of this name.",
            mapping={"name": name},
        )
        for name in dict.fromkeys(places(body))
        if name not in names
    ]
    found += [
        _("The text has the place [[${name}]] more than once.", mapping={"name": name})
        for name in repeated(places(body))
    ]
    found += [
        _(
            "The text in another language (${language}) has other places than the text itself.",
            mapping={"language": language},
        )
        for language, texts in translations.items()
        if sorted(places(texts.get("body") or body)) != sorted(places(body))
    ]
    return found


def name_problems(names: Iterable[str]) -> list[TranslationString]:
    """Why gaps or places of a picture cannot have these names."""
    names = list(names)
    found = [
        _(
            "“${name}” cannot be the name of a gap: use small letters, digits and hyphens.",
            mapping={"name": name},
        )
        for name in names
        if not re.fullmatch(NAME, name)
    ]
    found += [
        _("More than one gap has the name “${name}”.", mapping={"name": name})
        for name in repeated(names)
    ]
    return found
