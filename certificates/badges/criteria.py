"""What had to be done for a certificate, in words: the criteria of a badge.

In the language of the certificate, so that a badge is the same whoever downloads it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("tutela")

Translate = Callable[[Any], str]
"""Gives a text in one language."""


def english(message) -> str:
    """The text as it is written here, with its values."""
    return message.interpolate()


def narrative(rule: Sequence[Sequence[Any]], translate: Translate = english) -> str:
    """One line for each condition of a rule (:mod:`certificates.rules`), as Markdown. A condition
    that nobody told us of is left out; a rule that says nothing asks to complete."""
    sentences = [_sentence(name, values) for name, *values in rule]
    lines = [translate(sentence) for sentence in sentences if sentence is not None]
    if not lines:
        lines = [translate(_sentence("completed", []))]
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)


def _sentence(name: str, values: list):
    match name, values:
        case "completed", _values:
            return _("Everything was completed.")
        case "passed", _values:
            return _("The examination was passed.")
        case "score", [percent]:
            return _("The result was at least ${percent}.", mapping={"percent": f"{percent} %"})
        case "lessons", [keys]:
            return _("Parts completed, of those that count: ${n}.", mapping={"n": len(keys)})
        case "minutes", [minutes]:
            return _("Minutes of work, at least: ${n}.", mapping={"n": minutes})
        case "between", [first, last]:
            return _(
                "It was done between ${first} and ${last}.", mapping={"first": first, "last": last}
            )
        case "attended", [percent]:
            return _(
                "Of the session, at least ${percent} was attended.",
                mapping={"percent": f"{percent} %"},
            )
        case "courses", [slugs]:
            return _("Courses completed: ${n}.", mapping={"n": len(slugs)})
    return None
