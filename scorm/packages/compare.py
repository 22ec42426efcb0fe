"""What one version of a package has otherwise than another, for the author who replaces it.

Pure functions over two manifests and two indexes of files. Items are the same when their
identifiers are; so is the one part that can be opened, where each version has only one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from scorm.packages.manifest import Item, Manifest
from scorm.packages.words import _

SUSPENDED = _(
    "Content that keeps its own record of the way through it (suspend data) may not understand "
    "what its former version kept. Try a learner's way in a preview, or let learners begin again."
)


Index = Mapping[str, list[int]]


@dataclass(frozen=True)
class Renamed:
    """An item with another title."""

    id: str
    before: str
    after: str


@dataclass(frozen=True)
class Part:
    """An item by its title; ``opens`` tells whether it can be opened, or only holds others."""

    id: str
    title: str
    opens: bool


@dataclass(frozen=True)
class Files:
    """So many files, and their bytes."""

    count: int = 0
    size: int = 0


@dataclass(frozen=True)
class Comparison:
    """What is otherwise; everything empty when nothing is that a learner could meet.

    :param vanished: of ``gone``: what could be opened, so that learners have data of it
    :param moved: in another place: below another item, or before or after others than before
    :param launched: what opens another file, or with other parameters
    :param ruled: what has other rules: sequencing, thresholds, prerequisites, time limits
    :param edition: before and after, when they differ
    :param same: of the one part that can be opened the identifiers before and after, when these
        differ (:func:`same_part`)
    :param warning: why what content keeps itself may not fit; empty when there is no reason
    """

    added: tuple[Part, ...] = ()
    gone: tuple[Part, ...] = ()
    moved: tuple[Part, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    launched: tuple[Part, ...] = ()
    ruled: tuple[Part, ...] = ()
    files_added: Files = field(default_factory=Files)
    files_gone: Files = field(default_factory=Files)
    files_changed: Files = field(default_factory=Files)
    edition: tuple[str, str] | None = None
    same: tuple[str, str] | None = None
    course_ruled: bool = False
    warning: str = ""

    @property
    def vanished(self) -> tuple[Part, ...]:
        return tuple(part for part in self.gone if part.opens)

    @property
    def nothing(self) -> bool:
        """Whether no difference was found."""
        return self == Comparison()


def compare(before: Manifest, after: Manifest, files: Index, new_files: Index) -> Comparison:
    """What ``after`` has otherwise than ``before``.

    :param files: the index of the version before (:class:`~scorm.packages.archive.Canonical`)
    :param new_files: of the version after
    """
    same = same_part(before, after)
    if same is not None:
        before = renamed(before, *same)
    old, new = dict(_items(before)), dict(_items(after))
    both = [key for key in new if key in old]
    changed = _changed_files(files, new_files)
    editions = (str(before.edition), str(after.edition))
    launched = tuple(_part(new[key].item) for key in both if _launch(new[key]) != _launch(old[key]))
    scripts = changed.count or launched
    return Comparison(
        added=tuple(_part(new[key].item) for key in new if key not in old),
        gone=tuple(_part(old[key].item) for key in old if key not in new),
        moved=tuple(_part(new[key].item) for key in _moved(old, new, both)),
        renamed=tuple(
            Renamed(key, old[key].item.title, new[key].item.title)
            for key in both
            if old[key].item.title != new[key].item.title
        ),
        launched=launched,
        ruled=tuple(_part(new[key].item) for key in both if _rules(new[key]) != _rules(old[key])),
        files_added=_files(new_files, [name for name in new_files if name not in files]),
        files_gone=_files(files, [name for name in files if name not in new_files]),
        files_changed=changed,
        edition=None if editions[0] == editions[1] else editions,
        same=same,
        course_ruled=_course_rules(before) != _course_rules(after),
        warning=SUSPENDED if scripts else "",
    )


def same_part(before: Manifest, after: Manifest) -> tuple[str, str] | None:
    """The identifiers of the one part that can be opened in each, when these differ.

    Some tools give it another identifier with each export. Where a version has nothing else to
    open, it is the same part all the same; unless the other version calls something else so.
    """
    old, new = dict(_items(before)), dict(_items(after))
    opened = [
        [key for key, placed in items.items() if placed.item.launch is not None]
        for items in (old, new)
    ]
    match opened:
        case [[name], [now]] if name not in new and now not in old:
            return name, now
    return None


def renamed(manifest: Manifest, name: str, now: str) -> Manifest:
    """The manifest with another identifier for one item of its organization."""
    organization = manifest.organization
    items = tuple(_renamed(item, name, now) for item in organization.items)
    return replace(
        manifest,
        organizations=(replace(organization, items=items),),
    )


def _renamed(item: Item, name: str, now: str) -> Item:
    children = tuple(_renamed(child, name, now) for child in item.children)
    identifier = now if item.identifier == name else item.identifier
    return replace(item, identifier=identifier, children=children)


@dataclass(frozen=True)
class _Placed:
    item: Item
    parent: str


def _items(manifest: Manifest) -> Iterator[tuple[str, _Placed]]:
    """Every item in order, with what it stands below; empty for the organization."""
    waiting = [(item, "") for item in reversed(manifest.organization.items)]
    while waiting:
        item, parent = waiting.pop()
        yield item.identifier, _Placed(item, parent)
        waiting.extend((child, item.identifier) for child in reversed(item.children))


def _part(item: Item) -> Part:
    return Part(item.identifier, item.title, item.launch is not None)


def _launch(placed: _Placed) -> tuple:
    return placed.item.launch, placed.item.data_from_lms


def _rules(placed: _Placed) -> tuple:
    item = placed.item
    return (
        *(item.sequencing, item.completion_threshold, item.prerequisites, item.mastery_score),
        *(item.max_time_allowed, item.time_limit_action, item.data_maps, item.sco),
    )


def _course_rules(manifest: Manifest) -> tuple:
    found = manifest.organization
    return (
        *(found.sequencing, found.completion_threshold),
        *(found.objectives_global_to_system, found.shared_data_global_to_system),
    )


def _moved(old: Mapping[str, _Placed], new: Mapping[str, _Placed], both: list[str]) -> list[str]:
    """What stands below another item; and of those that stayed together, the fewest without which
    the others are in the order they were in."""
    moved = {key for key in both if old[key].parent != new[key].parent}
    places = {key: number for number, key in enumerate(old)}
    siblings: dict[str, list[str]] = {}
    for key in both:
        if key not in moved:
            siblings.setdefault(new[key].parent, []).append(key)
    for keys in siblings.values():
        moved |= set(keys) - _in_order(keys, places)
    return [key for key in both if key in moved]


def _in_order(keys: list[str], places: Mapping[str, int]) -> set[str]:
    """A longest part of the keys whose places rise (patience sorting)."""
    tops: list[str] = []
    before: dict[str, str | None] = {}
    for key in keys:
        at = bisect_left([places[top] for top in tops], places[key])
        before[key] = tops[at - 1] if at else None
        tops[at : at + 1] = [key]
    found: set[str] = set()
    at_last = tops[-1] if tops else None
    while at_last is not None:
        found.add(at_last)
        at_last = before[at_last]
    return found


def _changed_files(files: Index, new_files: Index) -> Files:
    return _files(
        new_files,
        [
            name
            for name in new_files
            if name in files and _content(files[name]) != _content(new_files[name])
        ],
    )


def _content(member: list[int]) -> tuple[int, int]:
    _offset, _packed, size, _method, crc = member
    return size, crc


def _files(files: Index, names: list[str]) -> Files:
    return Files(len(names), sum(_content(files[name])[0] for name in names))
