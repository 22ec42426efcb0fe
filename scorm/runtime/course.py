"""A package version in memory: its manifest and its activity tree."""

import json
from dataclasses import dataclass
from functools import cached_property

from scorm.packages.effort import effort_of
from scorm.packages.manifest import Item, Manifest
from scorm.resources import PackageVersion
from scorm.sequencing import ActivityTree


@dataclass(frozen=True)
class Course:
    """What never changes about a package version; kept in memory by its hash."""

    manifest: Manifest
    tree: ActivityTree

    @property
    def standard(self) -> str:
        """``"1.2"`` or ``"2004"``: which API and element table content speaks to."""
        return "2004" if self.manifest.edition.is_2004 else "1.2"

    @cached_property
    def open_tree(self) -> ActivityTree:
        """The tree without rules, for those who only look: everything may be chosen."""
        return self.tree.opened()

    @cached_property
    def effort(self) -> int:
        """What a step in it costs (:func:`~scorm.packages.effort.effort_of`)."""
        return effort_of(self.manifest.organization)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item of the organization by its identifier."""
        found: dict[str, Item] = {}
        waiting = list(self.manifest.organization.items)
        while waiting:
            item = waiting.pop()
            found[item.identifier] = item
            waiting.extend(item.children)
        return found


_kept: dict[str, Course] = {}


def course_of(version: PackageVersion) -> Course:
    """The version's :class:`Course`, parsed once for each process."""
    if version.sha256 not in _kept:
        manifest = Manifest.from_plain(json.loads(str(version.manifest)))
        tree = ActivityTree.from_organization(manifest.organization, manifest.edition)
        if len(_kept) >= 200:
            _kept.pop(next(iter(_kept)))
        _kept[version.sha256] = Course(manifest, tree)
    return _kept[version.sha256]
