"""What can go wrong with a QTI document or a run of it, as values a caller can act on."""

from dataclasses import dataclass

from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("tutela")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact for whoever reads an import report or looks into a marking.

    :param message: a sentence for a person
    :param line: the line of the document, or None when no line says it
    :param rejected: True when a rule had no effect because of it
    """

    message: TranslationString
    line: int | None = None
    rejected: bool = False


class DocumentRefused(Exception):
    """The document cannot be read as QTI at all.

    :param message: what is wrong and what to do
    :param line: the line of the document, or None
    """

    def __init__(self, message: TranslationString, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class RuleRejected(Exception):
    """A rule or an expression that cannot be carried out here; the run goes on without it.

    :param finding: what the run reports
    """

    def __init__(self, message: TranslationString, line: int | None = None) -> None:
        super().__init__(message)
        self.finding = Finding(message, line, rejected=True)


class RunStopped(RuleRejected):
    """The whole run is more work than a server does for one answer."""


class SessionClosed(Exception):
    """An adaptive item was answered after it had said that it is completed (QTI 2.2 §6)."""

    def __init__(self) -> None:
        super().__init__(_("This question is completed. It takes no more answers."))
