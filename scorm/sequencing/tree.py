"""The activity tree of an organization (SN 3.1): it never changes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from scorm.packages.manifest import (
    CompletionThreshold,
    ControlMode,
    Edition,
    Item,
    Organization,
    Sequencing,
)


@dataclass(frozen=True)
class Activity:
    """One item of the organization, or the organization itself as root.

    An item that has both a resource and sub-items, which SCORM 1.2 allows, stays one activity,
    a *deliverable cluster*: flow delivers it before its children, it can be chosen itself, and
    its tracking is that of its own content, never rolled up from below.

    :param children: all children, as the contents show them
    :param available: Available Children: those that are, or hold, something deliverable. A
        heading without content is neither flowed into, nor chosen, nor rolled up
    :param number: place in preorder, the root's is 0
    :param last: place in preorder of the last descendant; ``number`` itself without any
    """

    id: str
    title: str
    parent: str | None
    children: tuple[str, ...]
    available: tuple[str, ...]
    visible: bool
    deliverable: bool
    sco: bool
    sequencing: Sequencing
    threshold: CompletionThreshold
    number: int
    last: int

    @property
    def control(self) -> ControlMode:
        return self.sequencing.control

    @property
    def tracked(self) -> bool:
        return self.sequencing.delivery.tracked


@dataclass(frozen=True)
class ActivityTree:
    """Activities by id; ``order`` is preorder, root first."""

    activities: dict[str, Activity]
    root: str
    order: tuple[str, ...]
    edition: Edition

    @classmethod
    def from_organization(cls, organization: Organization, edition: Edition) -> "ActivityTree":
        """The tree of ``organization`` for a package of ``edition``.

        SCORM 1.2 has no control modes: there every cluster allows choice and flow. A 2004 course
        of a single part starts by itself, although by default nothing flows, and offers no
        choice: its clusters without flow get flow instead of choice.
        """
        top = Item(
            organization.identifier,
            organization.title,
            children=organization.items,
            sequencing=organization.sequencing,
        )
        single = _deliverables(organization.items) == 1
        found: dict[str, Activity] = {}

        def visit(item: Item, parent: str | None) -> bool:
            """Add the item and what is below it; whether anything there can be delivered."""
            number = len(found)
            found[item.identifier] = activity = Activity(
                id=item.identifier,
                title=item.title,
                parent=parent,
                children=tuple(child.identifier for child in item.children),
                available=(),
                visible=item.visible,
                deliverable=item.launch is not None,
                sco=item.sco,
                sequencing=replace(
                    item.sequencing, control=_control(item.sequencing.control, edition, single)
                ),
                threshold=item.completion_threshold or CompletionThreshold(),
                number=number,
                last=number,
            )
            available = tuple(
                [child.identifier for child in item.children if visit(child, item.identifier)]
            )
            found[item.identifier] = replace(activity, available=available, last=len(found) - 1)
            return activity.deliverable or bool(available)

        visit(top, None)
        return cls(found, organization.identifier, tuple(found), edition)

    def __getitem__(self, key: str) -> Activity:
        return self.activities[key]

    def __contains__(self, key: object) -> bool:
        return key in self.activities

    def parent(self, activity: Activity) -> Activity | None:
        return None if activity.parent is None else self.activities[activity.parent]

    def path(self, key: str, top: str | None = None) -> Iterator[Activity]:
        """The activity and its ancestors, bottom up, to ``top`` or the root, inclusive."""
        at: str | None = key
        while at is not None:
            activity = self.activities[at]
            yield activity
            at = None if at == top else activity.parent

    def common(self, key: str, other: str) -> Activity:
        """The lowest common ancestor; of an activity and its descendant, the activity itself."""
        number = self.activities[other].number
        return next(above for above in self.path(key) if above.number <= number <= above.last)

    def deliverables(self) -> list[Activity]:
        """Everything that can be delivered, in order."""
        return [self.activities[key] for key in self.order if self.activities[key].deliverable]

    @cached_property
    def single(self) -> bool:
        """Whether just one activity can be delivered."""
        return len(self.deliverables()) == 1


def _control(control: ControlMode, edition: Edition, single: bool) -> ControlMode:
    if not edition.is_2004:
        return ControlMode(choice=True, flow=True)
    if single and control.choice and not control.flow:
        return replace(control, choice=False, flow=True)
    return control


def _deliverables(items: tuple[Item, ...]) -> int:
    return sum((item.launch is not None) + _deliverables(item.children) for item in items)
