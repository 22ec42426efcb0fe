"""The activity tree of an organization: the same activities, parents and order for ever."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scorm.packages.manifest import ControlMode, Edition, Item, Organization, Sequencing


@dataclass(frozen=True)
class Activity:
    """One item of the organization, or the organization itself as root.

    An item that has a resource and sub-items, as SCORM 1.2 allows, stays one activity: it is
    delivered before its children.
    """

    id: str
    title: str
    parent: str | None
    children: tuple[str, ...]
    visible: bool
    deliverable: bool
    sco: bool
    sequencing: Sequencing
    progress_weight: float

    @property
    def control(self) -> ControlMode:
        return self.sequencing.control


@dataclass(frozen=True)
class ActivityTree:
    """Activities by id; ``order`` is preorder, root first."""

    activities: dict[str, Activity]
    root: str
    order: tuple[str, ...]
    edition: Edition

    @classmethod
    def from_organization(cls, organization: Organization, edition: Edition) -> "ActivityTree":
        """The tree of ``organization`` (SN 3.1). SCORM 1.2 has no control modes: every cluster
        there allows both choice and flow, and so does a course of a single item."""
        found: dict[str, Activity] = {}
        free = not edition.is_2004 or _leaves(organization.items) == 1

        def sequencing_of(sequencing: Sequencing) -> Sequencing:
            if not free:
                return sequencing
            return replace(sequencing, control=replace(sequencing.control, choice=True, flow=True))

        def visit(item: Item, parent: str) -> None:
            threshold = item.completion_threshold
            found[item.identifier] = Activity(
                id=item.identifier,
                title=item.title,
                parent=parent,
                children=tuple(child.identifier for child in item.children),
                visible=item.visible,
                deliverable=item.launch is not None,
                sco=item.sco,
                sequencing=sequencing_of(item.sequencing),
                progress_weight=threshold.progress_weight if threshold else 1.0,
            )
            for child in item.children:
                visit(child, item.identifier)

        root = organization.identifier
        found[root] = Activity(
            id=root,
            title=organization.title,
            parent=None,
            children=tuple(item.identifier for item in organization.items),
            visible=True,
            deliverable=False,
            sco=False,
            sequencing=sequencing_of(organization.sequencing),
            progress_weight=1.0,
        )
        for item in organization.items:
            visit(item, root)
        return cls(found, root, tuple(found), edition)

    def __getitem__(self, key: str) -> Activity:
        return self.activities[key]

    def __contains__(self, key: object) -> bool:
        return key in self.activities

    def path(self, key: str) -> Iterator[Activity]:
        """The activity and its ancestors, up to the root."""
        at: str | None = key
        while at is not None:
            activity = self.activities[at]
            yield activity
            at = activity.parent

    def deliverables(self) -> list[Activity]:
        """Everything that can be delivered, in order."""
        return [self.activities[key] for key in self.order if self.activities[key].deliverable]


def _leaves(items: tuple[Item, ...]) -> int:
    return sum((item.launch is not None) + _leaves(item.children) for item in items)
