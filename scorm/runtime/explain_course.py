"""What the parts make of the course, in words (SN 4.6; RB.1.2, RB.1.3).

Nothing is rolled up anew: what counts is what is stored. The rules are only asked which of them
would decide so now, since a status that no rule decides keeps its value.
"""

from collections.abc import Iterator
from dataclasses import replace

from scorm.packages.manifest import RollupRule
from scorm.resources import Registration
from scorm.runtime.course import Course
from scorm.runtime.reasons import Finding
from scorm.runtime.statuses import (
    COMPLETION,
    SUCCESS,
    Status,
    measure_read_elsewhere,
    measured,
    read_elsewhere,
    titles,
)
from scorm.sequencing import Activity, ActivityTree, State, Tracking
from scorm.sequencing.objectives import effective
from scorm.sequencing.rollup import (
    Child,
    check_child_for_rollup,
    contributing,
    evaluate_rollup_conditions,
    rollup_objective_by_rules,
    rollup_progress_by_rules,
)
from scorm.sequencing.rules import Fired
from scorm.sequencing.words import rollup_clause


def of_course(course: Course, registration: Registration, state: State) -> Iterator[Finding]:
    """Why the course as a whole counts as it does."""
    tree = course.tree
    root = tree[tree.root]
    if not any(record.attempt for record in registration.records.values()):
        yield Finding("course.not-started")
        return
    if not root.tracked:
        yield Finding("course.untracked")
        return
    yield from _of_root(tree, state, COMPLETION)
    if course.standard == "1.2":
        yield _verdict_of_lessons(state[tree.root], _leaves(tree, state, root, SUCCESS))
    else:
        yield from _of_root(tree, state, SUCCESS)


def _of_root(tree: ActivityTree, state: State, status: Status) -> Iterator[Finding]:
    root, scope = tree[tree.root], f"course.{status.about}"
    limit = status.least(root)
    if limit is not None:
        now, then = status.of(state[root.id]), status.of(effective(state, root))
        if now is then or (status is COMPLETION and not now and not then):
            yield from _by_measure(scope, tree, state, root, status, limit)
        else:
            values = {"status": status.said[now].capitalize(), "next": status.said[then]}
            yield Finding(f"{scope}.pending", values)
        return
    if status.rules(root):
        yield from _by_rules(scope, tree, state, root, status)
        below = [x for x in contributing(tree, state, root) if _counts(x, status)]
    else:
        below = _leaves(tree, state, root, status)
        yield from _by_default(tree, state, status, below)
    yield from _clusters(tree, state, status, below)
    read = read_elsewhere(tree, state, root, status)
    if read is not None:
        yield Finding(f"{scope}.global", read)


def _by_measure(
    scope: str, tree: ActivityTree, state: State, cluster: Activity, status: Status, limit: float
) -> Iterator[Finding]:
    found = effective(state, cluster)
    finding = measured(scope, status.amount_of(found), limit, status.of(found))
    yield Finding(finding.code, finding.values | {"title": cluster.title})
    read = measure_read_elsewhere(tree, state, cluster, status)
    if read is not None:
        yield Finding(f"global.{status.amount}", read)


# The manifest's own rollup rules


def _by_rules(
    scope: str, tree: ActivityTree, state: State, cluster: Activity, status: Status
) -> Iterator[Finding]:
    now = status.of(state[cluster.id])
    verdict, rule = _deciding(tree, state, cluster, status)
    values = {
        "title": cluster.title,
        "status": status.said[now],
        "clause": rollup_clause(rule) if rule is not None else "",
        "wanted": _wanted(tree, state, cluster, status),
    }
    if now is verdict:
        yield Finding(f"{scope}.rule{ {True: '', False: '.short', None: '.open'}[now] }", values)
    elif verdict is None:
        yield Finding(f"{scope}.rule.kept", values)
    else:
        yield Finding(f"{scope}.rule.pending", values | {"next": status.said[verdict]})
    if rule is not None and not _counted(tree, state, cluster, rule):
        yield Finding(f"{scope}.rule.no-parts", values)


def _deciding(
    tree: ActivityTree, state: State, cluster: Activity, status: Status
) -> tuple[bool | None, RollupRule | None]:
    """What rollup by rules would make of a cluster now, and by which rule."""
    trace: list[Fired] = []
    watched = replace(state, trace=trace)
    rollup = rollup_progress_by_rules if status is COMPLETION else rollup_objective_by_rules
    found = rollup(watched, cluster, list(contributing(tree, watched, cluster)))
    verdict = found.get(status.name)
    if verdict is None:
        return None, None
    # The rule that makes the status true comes second, and overrides the other.
    last = next(x for x in reversed(trace) if x.process == "RB.1.4")
    if isinstance(last.rule, RollupRule):
        return verdict, last.rule
    return verdict, next(x for x in status.defaults if x.action == last.action)


def _wanted(tree: ActivityTree, state: State, cluster: Activity, status: Status) -> str:
    """When the rules make the status true, and how far that is so now."""
    clauses = []
    for rule in status.rules(cluster):
        if rule.action == status.actions[0]:
            counted = _counted(tree, state, cluster, rule)
            have = sum(evaluate_rollup_conditions(rule, child) is True for child in counted)
            clauses.append(f"{rollup_clause(rule)} (now {have} of {len(counted)})")
    if not clauses:
        return f"No rule of the manifest says when it is {status.said[True]}."
    return f"It is {status.said[True]} when {'; or when '.join(clauses)}."


def _counted(tree: ActivityTree, state: State, cluster: Activity, rule: RollupRule) -> list[Child]:
    return [
        child
        for child in contributing(tree, state, cluster)
        if check_child_for_rollup(state, child, rule.action)
    ]


# The book's own rules: all have to be completed, or passed


def _by_default(
    tree: ActivityTree, state: State, status: Status, counted: list[Child]
) -> Iterator[Finding]:
    """What the parts make of the course, by the rules that the book has where the manifest has
    none.

    :param counted: what decides
    """
    root, scope = tree[tree.root], f"course.{status.about}"
    now, (verdict, _) = status.of(state[root.id]), _deciding(tree, state, root, status)
    lacking = [child for child in counted if not status.of(child.progress)]
    values = {
        "status": status.said[now].capitalize(),
        "next": status.said[verdict],
        "done": str(len(counted) - len(lacking)),
        "count": str(len(counted)),
        "titles": _titles(lacking),
    }
    if status is COMPLETION:  # what is not known to be completed is as good as incomplete
        now, verdict = now or None, verdict or (False if now and verdict is False else None)
    if not counted:
        yield Finding(f"{scope}.no-parts")
    elif verdict is not None and now is not verdict:
        yield Finding(f"{scope}.pending", values)
    elif now is not None and verdict is None:
        yield Finding(f"{scope}.kept", values)
    elif now:
        yield Finding(f"{scope}.all")
    elif status is COMPLETION:
        yield Finding(f"{scope}.missing", values)
    elif now is False:
        yield Finding(f"{scope}.failed", values)
    else:
        yield from _without_verdict(lacking)


def _without_verdict(lacking: list[Child]) -> Iterator[Finding]:
    unknown = [child for child in lacking if child.progress.satisfied is None]
    failed = [child for child in lacking if child.progress.satisfied is False]
    if unknown:
        yield Finding("course.success.missing", {"titles": _titles(unknown)})
    if failed:
        yield Finding("course.success.failed-too", {"titles": _titles(failed)})


def _titles(found: list[Child]) -> str:
    return titles(child.activity.title for child in found)


def _counts(child: Child, status: Status) -> bool:
    """Whether a child counts for its parent, of which nothing but its own flags say otherwise."""
    flags = child.activity.sequencing.rollup
    return flags.progress_completion if status is COMPLETION else flags.objective_satisfied


def _leaves(tree: ActivityTree, state: State, cluster: Activity, status: Status) -> list[Child]:
    """What decides about a cluster: parts, and those clusters that are not just what all of their
    parts are."""
    found: list[Child] = []
    for child in contributing(tree, state, cluster):
        if not check_child_for_rollup(state, child, status.actions[0]):
            continue
        below = _below(tree, state, child, status)
        found.extend(below or [child])
    return found


def _below(tree: ActivityTree, state: State, child: Child, status: Status) -> list[Child]:
    """The parts that stand for a cluster; none where it has to be named itself."""
    cluster = child.activity
    if (
        cluster.deliverable
        or status.least(cluster) is not None
        or status.rules(cluster)
        or read_elsewhere(tree, state, cluster, status)
    ):
        return []
    below = _leaves(tree, state, cluster, status)
    all_true = all(status.of(x.progress) for x in below)
    return below if all_true is bool(status.of(child.progress)) else []


def _clusters(
    tree: ActivityTree, state: State, status: Status, found: list[Child]
) -> Iterator[Finding]:
    """What the clusters among what decides are themselves decided by: those that have rules of
    their own, and those that hold back what is above them."""
    scope = f"cluster.{status.about}"
    for child in found:
        cluster, title = child.activity, {"title": child.activity.title}
        lacking, limit = not status.of(child.progress), status.least(child.activity)
        if cluster.deliverable:
            continue
        read = read_elsewhere(tree, state, cluster, status)
        if read is not None:
            yield Finding(f"{scope}.global", read)
        elif lacking and status.of(effective(state, cluster)) is not status.of(child.progress):
            yield Finding(f"{scope}.stale", title)
        elif limit is not None:
            if lacking:
                yield from _by_measure(scope, tree, state, cluster, status, limit)
        elif status.rules(cluster):
            yield from _by_rules(scope, tree, state, cluster, status)
            below = [x for x in contributing(tree, state, cluster) if _counts(x, status)]
            yield from _clusters(tree, state, status, below)
        elif lacking:
            below = _leaves(tree, state, cluster, status)
            missing = [x for x in below if not status.of(x.progress)]
            if not below:
                yield Finding(f"{scope}.no-parts", title)
            elif missing:
                yield Finding(f"{scope}.missing", title | {"titles": _titles(missing)})
            else:
                yield Finding(f"{scope}.pending", title)
            yield from _clusters(tree, state, status, below)


def _verdict_of_lessons(tracking: Tracking, lessons: list[Child]) -> Finding:
    """SCORM 1.2 has no rollup; what is done instead is in ``scorm.sequencing.rollup``."""
    failed = [child for child in lessons if child.progress.satisfied is False]
    if failed:
        return Finding("course.success.failed", {"titles": _titles(failed)})
    if not any(child.progress.satisfied for child in lessons):
        return Finding("course.success.no-verdict")
    return Finding("course.success.lessons" if tracking.completion else "course.success.waits")
