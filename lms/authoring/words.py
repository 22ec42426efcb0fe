"""The words around a course's text (buttons, results), one JSON file for each language."""

import json
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

FOLDER = Path(__file__).parent / "words"


class LanguageUnknown(LookupError):
    """There are no words in this language; ``languages`` lists those there are."""

    def __init__(self, language: str, languages: tuple[str, ...]):
        self.languages = languages
        super().__init__(f"There are no words for {language!r}.")


@dataclass(frozen=True)
class Words:
    """Sentences by name. Gaps are written ``{name}``; the pages and their script fill them in.

    :param direction: of the script, ``ltr`` or ``rtl``; :param name: the language's own
    :param page: what stands in the pages; :param script: what their script says
    """

    direction: str
    name: str
    page: dict[str, str]
    script: dict[str, str]

    def say(self, name: str, /, **gaps: object) -> str:
        """A sentence of the pages, or one of the script's that also stands in them."""
        return self._sentence(name).format_map(gaps)

    def put(self, name: str, /, **gaps: object) -> Markup:
        """A sentence whose gaps are filled with HTML, or with text that is made harmless."""
        return escape(self._sentence(name)).format_map(gaps)

    def _sentence(self, name: str) -> str:
        return self.page[name] if name in self.page else self.script[name]


def words(language: str, folder: Path = FOLDER) -> Words:
    """The words for a language tag, or for its first part (``fr`` for ``fr-CA``).

    :raises LanguageUnknown: when there is a file for neither
    """
    for name in (language, language.split("-")[0]):
        file = folder / f"{name}.json"
        if file.is_file():
            return Words(**json.loads(file.read_text("utf-8")))
    raise LanguageUnknown(language, tuple(sorted(file.stem for file in folder.glob("*.json"))))
