"""Why something is not done, in words for a person: in the language of a page, in English in
commands and in what is kept."""

from collections.abc import Callable

from translationstring import TranslationString


class Refused(ValueError):
    """Something cannot be done; ``messages`` say why, and what to do. As text it is English."""

    def __init__(self, *messages: TranslationString):
        super().__init__(" ".join(each.interpolate() for each in messages))
        self.messages = messages

    def said(self, translate: Callable[[TranslationString], str]) -> str:
        """:param translate: into the reader's language"""
        return " ".join(translate(each) for each in self.messages)
