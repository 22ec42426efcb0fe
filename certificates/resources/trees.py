"""Trees that many can write to at once."""

from BTrees.OOBTree import OOBTree


class WideTree(OOBTree):
    """A tree whose leaves split seldom: many can insert at once without meeting."""

    max_leaf_size = 240
