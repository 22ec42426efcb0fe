"""QTI, the exchange format of assessment systems: items, tests and packages of 1.2, 2.1, 2.2, 3.0.

``read_qti(content, name)`` gives :class:`assessments.exchange.entries.Taken`.
"""

from assessments.exchange.qti.reading import read as read_qti

__all__ = ["read_qti"]
