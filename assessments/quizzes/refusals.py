"""What will not be done with a quiz, in words for a person."""

from translationstring import TranslationString


class QuizRefused(ValueError):
    """Something cannot be done; ``message`` says why, and what to do."""

    def __init__(self, message: TranslationString):
        super().__init__(message)
        self.message = message
