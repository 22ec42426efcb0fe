"""QTI, the exchange format of assessment systems: items, tests and packages of 1.2, 2.1, 2.2, 3.0.

``read_qti(content, name)`` gives :class:`assessments.exchange.entries.Taken`;
``write_qti(entries, version, tests)`` gives a package and what it cannot say.
"""

from assessments.exchange.qti.reading import read as read_qti
from assessments.exchange.qti.writing import VERSIONS
from assessments.exchange.qti.writing import write as write_qti

__all__ = ["VERSIONS", "read_qti", "write_qti"]
