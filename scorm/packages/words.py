"""Sentences for authors that know how to be said in other languages.

The domain knows no language of a request: a sentence is English text that carries what a translator
needs, the text with ``${name}`` in the place of each value, and the values.
"""

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any

NAME = re.compile(r"\$\{(\w+)\}")

LONGEST_NAME = 60
"""Characters of a name in a list."""


class Words(str):
    """A whole sentence in English; ``text``, ``plural`` and ``values`` say it in any language.

    :param text: with ``${name}`` for each value; it is what translations are looked up by
    :param plural: the same for another number than one, or empty
    :param values: each value by its name; ``n`` is the number that ``plural`` depends on
    """

    __slots__ = ("plural", "text", "values")

    text: str
    plural: str
    values: dict[str, Any]

    def __new__(cls, text: str, plural: str, values: dict[str, Any]) -> "Words":
        chosen = plural if plural and values.get("n") != 1 else text
        made = super().__new__(cls, filled(chosen, values))
        made.text, made.plural, made.values = text, plural, values
        return made

    def __getnewargs__(self) -> tuple[str, str, dict[str, Any]]:  # type: ignore[override]
        """What a copy is made of, here or in another process."""
        return self.text, self.plural, self.values

    def to_plain(self) -> dict:
        """As JSON can hold it."""
        values = {
            name: value.to_plain() if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return {"text": self.text, "plural": self.plural, "values": values}


def words_of(plain: "dict | str") -> str:
    """The inverse of :meth:`Words.to_plain`; a text that was kept without it stays as it is."""
    if isinstance(plain, str):
        return plain
    values = {
        name: words_of(value) if isinstance(value, dict) else value
        for name, value in plain["values"].items()
    }
    return Words(plain["text"], plain["plural"], values)


def filled(text: str, values: dict[str, Any]) -> str:
    """The text with its values in their places; a name without a value stays."""
    return NAME.sub(lambda match: str(values.get(match[1], match[0])), text)


def _(text: str, /, **values: Any) -> Words:
    """A sentence to translate. Values that are words themselves are :class:`Words`."""
    return Words(text, "", values)


def ngettext(one: str, many: str, n: int, /, **values: Any) -> Words:
    """A sentence that depends on a number, which it may name as ``${n}``."""
    return Words(one, many, {"n": n, **values})


def listed(names: Sequence[str], most: int) -> Words:
    """Names in quotation marks, for a sentence: ``“One”, “Two” and 3 more``.

    :param names: at least one of them; :param most: how many are named, the others are counted
    """
    shown = [_("“${name}”", name=name[:LONGEST_NAME]) for name in names[:most]]
    more = len(names) - len(shown)
    last = shown.pop() if len(shown) > 1 and not more else None
    several = reduce(
        lambda before, name: _("${several}, ${name}", several=before, name=name), shown
    )
    if more:
        return ngettext(
            "${several} and ${n} more", "${several} and ${n} more", more, several=several
        )
    return several if last is None else _("${several} and ${last}", several=several, last=last)


def grouped(number: int) -> str:
    """A number for a sentence: ``50 000``."""
    return f"{number:,}".replace(",", " ")
