"""The words around a course's text (buttons, results), one JSON file for each language."""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "words"


class LanguageUnknown(LookupError):
    """There are no words in this language; ``languages`` lists those there are."""

    def __init__(self, language: str, languages: tuple[str, ...]):
        self.languages = languages
        super().__init__(f"There are no words for {language!r}.")


@dataclass(frozen=True)
class Words:
    """Sentences by name, and the direction of their script (``ltr`` or ``rtl``).

    Gaps are written ``{name}``; the pages and their script fill them in.
    """

    direction: str
    sentences: dict[str, str]

    def say(self, name: str, /, **gaps: object) -> str:
        return self.sentences[name].format_map(gaps)


def words(language: str, folder: Path = FOLDER) -> Words:
    """The words for a language tag, or for its first part (``fr`` for ``fr-CA``).

    :raises LanguageUnknown: when there is a file for neither
    """
    for name in (language, language.split("-")[0]):
        file = folder / f"{name}.json"
        if file.is_file():
            sentences = json.loads(file.read_text("utf-8"))
            return Words(sentences.pop("direction"), sentences)
    raise LanguageUnknown(language, tuple(sorted(file.stem for file in folder.glob("*.json"))))
