"""What can be wrong with a formula, in words for the person who wrote it."""

from translationstring import TranslationString


class FormulaRefused(Exception):
    """A text that is no formula.

    :param message: what is wrong and what to write instead, to be translated
    :param position: of the character in the text where it goes wrong, from 0
    """

    def __init__(self, message: TranslationString, position: int):
        super().__init__(message.interpolate())
        self.message = message
        self.position = position


class FormulaFailed(FormulaRefused):
    """A formula that has no value for the values of its variables: a division by zero, say."""


class VariablesRefused(Exception):
    """Variables that cannot be drawn; ``message`` says why and what to change."""

    def __init__(self, message: TranslationString):
        super().__init__(message.interpolate())
        self.message = message
