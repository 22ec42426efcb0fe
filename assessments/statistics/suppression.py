"""Which cells of a table of counts are kept back, so that nobody's answer can be worked out.

A cell with one to four people in it is hidden. A single hidden cell is the total less the others,
and two hidden cells with three people between them tell almost as much; so the smallest cells
that are left are hidden too, until at least two cells and five people are hidden together. A cell
with nobody in it says nothing about a person and is shown, unless it must hide another.

Figures that rest on everybody stay: of a question with two answers the facility index tells how
often each was given, as it must to say how hard the question is.
"""

from collections.abc import Sequence, Set

FEWEST = 5
"""People that a figure must rest on to be shown."""


def hidden(
    cells: Sequence[Set[str]], *, fewest: int = FEWEST, small: Set[int] | None = None
) -> set[int]:
    """The indexes of the cells to hide under a total that is shown.

    :param cells: for each cell the people in it
    :param small: the cells to begin with; without, those with fewer than ``fewest`` people
    """
    kept_back = set(small) if small is not None else few(cells, fewest)
    shown = sorted(
        set(range(len(cells))) - kept_back, key=lambda i: (not cells[i], len(cells[i]), i)
    )
    together: set[str] = set().union(*(cells[i] for i in kept_back))
    while kept_back and shown and (len(kept_back) < 2 or len(together) < fewest):
        smallest = shown.pop(0)
        kept_back.add(smallest)
        together |= cells[smallest]
    return kept_back


def few(cells: Sequence[Set[str]], fewest: int) -> set[int]:
    """The cells that somebody is in, but fewer than ``fewest``."""
    return {i for i, people in enumerate(cells) if 0 < len(people) < fewest}
