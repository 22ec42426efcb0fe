"""What can go wrong when a course is built, in words for the author who has to mend it."""

from pathlib import Path


class CourseError(ValueError):
    """A course cannot be built; the message says why and what to do."""


class SourceError(CourseError):
    """A text source has a mistake.

    :param file: the source file, relative to the course's folder
    :param line: its line, from 1, or None when the file as a whole is meant
    :param message: what is wrong, one sentence; :param remedy: what to write instead
    """

    def __init__(self, file: str, line: int | None, message: str, remedy: str):
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {message} {remedy}")


class OutputRefused(CourseError):
    """The package cannot be written where it was asked for."""

    def __init__(self, output_file: Path, reason: str):
        self.output_file = output_file
        super().__init__(f"{output_file} cannot be written: {reason}. Choose another place.")
