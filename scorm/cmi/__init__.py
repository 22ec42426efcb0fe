"""The two SCORM data models: element tables as data, and one model that follows them.

``elements_12.json`` and ``elements_2004.json`` are the only source of names, types, access,
ranges, defaults and error codes, here and in the player (``static/player/datamodel.js``).
``explained_*.json`` are sentences about them for people, on the page of all elements alone.
"""

from scorm.cmi.model import DataModel, SharedStore

__all__ = ["DataModel", "SharedStore"]
