"""Why a file proves no certificate."""


class Problem(Exception):
    """It does not; the kind of the error says why, ``word`` names it between processes."""

    word = "unreadable"


class Unreadable(Problem):
    """It is nothing that can be verified, or it is broken."""


class NotOurs(Problem):
    """Nothing in it was signed by a key of this site."""

    word = "not ours"


class Altered(Problem):
    """It says that it is ours, but it is not as we issued it."""

    word = "altered"


class TooLarge(Problem):
    """It has more octets than anything of its kind that this site makes."""

    word = "too large"


NAMED = {kind.word: kind for kind in (Unreadable, NotOurs, Altered, TooLarge)}
