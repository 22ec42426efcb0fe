"""Reading a number that a person typed, in the habits of any language, with a unit beside it.

What stands between digits is decided by these rules, in this order:

1. Spaces of every kind, apostrophes and the Arabic ``٬`` part groups; the Arabic ``٫`` is a decimal
   mark. The Arabic comma ``،`` counts as a comma.
2. Where both ``.`` and ``,`` stand, the last one is the decimal mark and the other parts groups.
3. One that stands more than once parts groups.
4. One that stands once is a decimal mark, unless it could part a group: one to three digits before
   it that do not begin with 0, exactly three after it, and no other mark. Such a number ("1,234")
   is read as the language has it: as groups if that is its group mark, otherwise as decimals.
   :attr:`Reading.ambiguous` says so, for a page to show how the number was understood.

Groups are of three digits, or the last of three and the others of two ("12,34,567", India).
A fraction ("1/3") is refused: its exact value is no decimal number, and its number of figures is
not known.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from translationstring import TranslationString, TranslationStringFactory

from assessments.numbers.writing import ENGLISH, NumberFormat

_ = TranslationStringFactory("tutela")

MAX_LENGTH = 100
"""Characters of an answer that are read; no number with its unit needs more."""
MAX_EXPONENT = 300
"""The largest power of ten, either way: what a float can hold as well."""

SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}\t"
MINUSES = "\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SMALL HYPHEN-MINUS}－"
APOSTROPHES = "’ʼ＇"
POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"
ALIKE = str.maketrans(
    SPACES + MINUSES + APOSTROPHES + "＋．，،∗＊·⋅",
    " " * len(SPACES) + "-" * len(MINUSES) + "'" * len(APOSTROPHES) + "+.,,****",
)
"""Characters that mean the same, one for one, so that places in the text stay what they were."""
RAISED = str.maketrans(POWERS, "0123456789-+")
LETTER = r"[^\W\d_]"
SPLIT = re.compile(
    r"(?P<sign>[-+]?) *"
    # The dot of "Rs." belongs to the word: "Rs.500" is five hundred.
    rf"(?P<before>(?:[^\d.,٫+-]|(?<={LETTER})\.)*) *"
    r"(?P<sign_after>[-+]?) *"
    rf"(?P<mantissa>\d(?:[\d.,٫٬]|[ '](?=\d))*|(?<!{LETTER})[.,٫]\d+)"
    r"(?:[eE](?P<e>[-+]?\d+)"
    rf"| *[xX×*] *10(?: *(?:\^|\*\*) *(?P<caret>[-+]?\d+)|(?P<raised>[⁻⁺]?[{POWERS[:10]}]+)))?"
    r"(?P<after>.*)",
    re.DOTALL,
)
BARE_POWER = re.compile(rf"(?P<sign>[-+]? *)10 *(?:\^|\*\*|(?=[{POWERS}]))")
FRACTION = re.compile(r" *[/⁄] *\d")
ONE_SIGN_FRACTION = re.compile(r"[¼-¾⅐-⅞↉]")
NO_UNIT = re.compile(r"[-+*/^=:;.,×' ]*\d")
"""What cannot be a unit: "5-6", "12:30" and "1.2×103" are no number and unit."""
GROUPS = re.compile(
    r"\d{1,3}(?:(?P<mark>[., '٬])\d{3}(?:(?P=mark)\d{3})*)?|\d{1,2}([., '٬])\d\d(?:\2\d\d)*\2\d{3}"
)

COULD_BE_GROUPS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


class NumberRefused(Exception):
    """A text that is no number; ``message`` says in words why and what to write instead."""

    def __init__(self, message: TranslationString):
        super().__init__(message.interpolate())
        self.message = message


@dataclass(frozen=True)
class Reading:
    """A number as it was typed.

    :param value: exact
    :param before: the text in front of the number ("$"), ``""`` if none
    :param after: the text behind it ("m/s"), ``""`` if none
    :param least_figures: how many significant figures it surely has
    :param most_figures: how many it may have: zeros at the end of "1200" may count or not
    :param decimals: digits behind the decimal mark, as typed, before any power of ten
    :param ambiguous: whether a reader of another language would read another number
    """

    value: Decimal
    before: str
    after: str
    least_figures: int
    most_figures: int
    decimals: int
    ambiguous: bool

    @property
    def unit(self) -> str:
        """The text beside the number, on whichever side it stands."""
        return self.before or self.after

    def may_have_figures(self, figures: int) -> bool:
        """Whether the number can have been given to so many significant figures."""
        return self.least_figures <= figures <= self.most_figures


def read(text: str, form: NumberFormat = ENGLISH) -> Reading:
    """The number in ``text`` and the unit text beside it; "x = 5" names its unknown and is 5.

    :param form: of the reader's language; it decides only what is ambiguous
    :raises NumberRefused: for anything that is not one number with at most one unit
    """
    if len(text) > MAX_LENGTH:
        raise NumberRefused(
            _("The answer is longer than ${count} characters.", mapping={"count": MAX_LENGTH})
        )
    visible = "".join(mark for mark in text if unicodedata.category(mark) != "Cf").strip()
    if power := BARE_POWER.match(_alike(visible)):
        # "10^5" is 1×10^5, of which people leave out the one.
        visible = f"{power['sign']}1×{visible[power.end('sign') :]}"
    if ONE_SIGN_FRACTION.search(visible):
        raise _fraction()
    found = SPLIT.fullmatch(_alike(visible))
    if found is None or (found["sign"] and found["sign_after"]):
        raise NumberRefused(_("This is no number. Write it in digits, for example 12.5."))
    before = visible[slice(*found.span("before"))].rpartition("=")[2].strip()
    after = visible[slice(*found.span("after"))].strip()
    _check_beside(before, after)
    digits, decimals, ambiguous = _mantissa(found["mantissa"], form)
    power_of_ten = int(found["e"] or found["caret"] or (found["raised"] or "0").translate(RAISED))
    if abs(power_of_ten) > MAX_EXPONENT:
        raise NumberRefused(_("The number is too large or too small to be read."))
    size = Decimal(f"{digits}e{power_of_ten - decimals}")
    shown = digits.lstrip("0")
    return Reading(
        # Not "-size", which would round to the digits of the thread's decimal context.
        value=size.copy_negate() if "-" in found.group("sign", "sign_after") and shown else size,
        before=before,
        after=after,
        least_figures=max(1, len(shown if decimals else shown.rstrip("0"))),
        most_figures=max(1, len(shown)),
        decimals=decimals,
        ambiguous=ambiguous,
    )


def _alike(text: str) -> str:
    """``text`` with the digits of every script as 0 to 9 and the marks of :data:`ALIKE` as one."""
    digits = (unicodedata.decimal(mark, None) for mark in text)
    return "".join(
        mark if digit is None else str(digit) for mark, digit in zip(text, digits, strict=True)
    ).translate(ALIKE)


def _fraction() -> NumberRefused:
    return NumberRefused(
        _("A fraction is not read here. Write it as a decimal number, for example 0.333.")
    )


def _check_beside(before: str, after: str) -> None:
    if FRACTION.match(after):
        raise _fraction()
    if NO_UNIT.match(_alike(after)):
        raise NumberRefused(
            _(
                "“${text}” after the number is no unit. "
                "Write one number, for example 12.5 or 1.2e3.",
                mapping={"text": after},
            )
        )
    if before and after:
        raise NumberRefused(
            _("There is text before and after the number. Write the unit on one side only.")
        )


def _mantissa(text: str, form: NumberFormat) -> tuple[str, int, bool]:
    """The digits of ``text``, how many of them are decimals, and whether that is ambiguous."""
    text = text.rstrip(".,٫٬")
    decimal, ambiguous = _decimal_mark(text, form)
    whole, mark, decimals = text.rpartition(decimal) if decimal else (text, "", "")
    if not (GROUPS.fullmatch(whole) or whole.isdigit() or (mark and not whole)) or (
        mark and not decimals.isdigit()
    ):
        raise NumberRefused(
            _(
                "The marks between the digits of “${text}” do not part groups of three. "
                "Write the number without spaces, and with one mark before its decimals.",
                mapping={"text": text},
            )
        )
    return "".join(filter(str.isdigit, whole)) + decimals, len(decimals), ambiguous


def _decimal_mark(text: str, form: NumberFormat) -> tuple[str, bool]:
    """The decimal mark of ``text``, ``""`` if it has none; and whether that is ambiguous."""
    if "٫" in text:
        return "٫", False
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return "", False
    mark = text[last]
    if text.count(mark) > 1:
        return "", False
    if COULD_BE_GROUPS.fullmatch(text):
        return ("" if form.group == mark else mark), True
    return mark, False
