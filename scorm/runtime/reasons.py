"""What can be said of why something counts or does not: a code, figures, and English words.

``explain`` finds them; a page may say them in another language by their codes.
"""

from dataclasses import dataclass, field

WORDS = {
    # One part: how its last session went
    "not-launched": "This part has never been opened.",
    "untracked": (
        "The manifest switches tracking off for this part (tracked is false): whatever content "
        "reports is kept, and never counts."
    ),
    "asset": (
        "This part is a page that reports nothing (an asset). It is completed when the learner "
        "moves on from it."
    ),
    "asset.reads": "This part is a page that reports nothing (an asset).",
    "asset.never": (
        "This part is a page that reports nothing (an asset), and the manifest lets only content "
        "decide about completion: so it is never completed."
    ),
    "opened": "Content is open, or was closed without a word, and has not called {initialize}.",
    "never-initialized": (
        "In its last session content never called {initialize}, so nothing of that session could "
        "be kept."
    ),
    "no-goodbye": (
        "Content called {initialize} and has not called {terminate}. Either it is open now, or "
        "its page was closed without a word. All that was saved is kept, and the next launch "
        "resumes it."
    ),
    "interrupted": (
        "Content was left without calling {terminate}. Its attempt is kept as suspended, and the "
        "next launch resumes it with all that was saved ({entry} is “resume”)."
    ),
    "exit.suspend": (
        "Content ended with {exit} “suspend”: the next launch resumes it with all that was set "
        "({entry} is “resume”)."
    ),
    "exit.over": (
        "Content meant to go on ({exit} is “suspend”, or it was left without a word), but "
        "sequencing no longer holds it as suspended: opened again, it begins a new attempt, "
        "without what was set in this one."
    ),
    "exit.open": (
        "Content ended with {exit} {word}. The learner has not gone on or left the course with a "
        "button since: the next launch that is not a review takes this part up again, with all "
        "that was set."
    ),
    "exit.kept": (
        "Content ended with {exit} {word}, and the learner then suspended the course: the next "
        "launch resumes this part with all that was set ({entry} is “resume”)."
    ),
    "exit.normal": (
        "Content ended with {exit} {word}: this attempt is over. Opened again, the part begins a "
        "new attempt, without what was set in this one. To be resumed, content has to set {exit} "
        "to “suspend”."
    ),
    "exit.time-out": (
        "Content ended with {exit} “time-out”: its time was up. The course was left with it, and "
        "opened again, the part begins a new attempt, without what was set in this one."
    ),
    "exit.logout": (
        "Content ended with {exit} “logout”. The course was left with it, and opened again, the "
        "part begins a new attempt, without what was set in this one."
    ),
    "exit.normal.12": (
        "Content ended with {exit} {word}. SCORM 1.2 keeps what was set: opened again, the lesson "
        "finds all of it, and {entry} is empty."
    ),
    "exit.time-out.12": (
        "Content ended with {exit} “time-out”: its time was up, and the course was left with it. "
        "SCORM 1.2 keeps what was set for the next launch."
    ),
    "exit.logout.12": (
        "Content ended with {exit} “logout”, and the course was left with it. SCORM 1.2 keeps "
        "what was set for the next launch."
    ),
    # SCORM 2004: completion
    "completion.said": "Completion is content’s own word: {said}.",
    "completion.incomplete": (
        "Not completed: content’s own word, the last that it said, is “incomplete”."
    ),
    "completion.not-attempted": (
        "Content set cmi.completion_status to “not attempted”: that counts as not completed."
    ),
    "completion.reached": (
        "Completed, because {element} {measure} reaches the manifest’s completion "
        "threshold {limit}."
    ),
    "completion.short": (
        "Not completed, because {element} {measure} is below the manifest’s completion "
        "threshold {limit}."
    ),
    "completion.no-measure": (
        "Completion is unknown: the manifest has a completion threshold ({limit}), and content "
        "never set cmi.progress_measure, which alone decides then."
    ),
    "completion.ignored": (
        "Content set cmi.completion_status to “{said}”. With a completion threshold that does not "
        "count: it is {counts}."
    ),
    "completion.ignored.reached": (
        "Content set cmi.completion_status to “{said}”. With a completion threshold that does not "
        "count: it is {counts}."
    ),
    "completion.objective": (
        "Completion is content’s word on the part’s primary objective: {element} is “{said}”. That "
        "counts, since cmi.completion_status says nothing."
    ),
    "completion.objective.short": (
        "Not completed, by content’s word on the part’s primary objective: {element} is “{said}”. "
        "That counts, since cmi.completion_status says nothing."
    ),
    "completion.unknown": (
        "Content’s last word about completion is “unknown” ({element}). That counts as said: "
        "nothing is assumed in its place, and the part is not known to be completed."
    ),
    "completion.assumed": (
        "Content decided nothing about completion, so it counts as completed when its attempt "
        "ended. The manifest can say that only content decides (completionSetByContent)."
    ),
    "completion.open": "Content has decided nothing about completion so far.",
    "completion.suspended": (
        "Content has decided nothing about completion. It is to be resumed, so nothing is judged "
        "yet."
    ),
    "completion.left-to-content": (
        "The manifest leaves completion to content alone (completionSetByContent), and content "
        "decided nothing: so the part is not completed."
    ),
    "completion.abandoned": (
        "Content gave its attempt up (adl.nav.request “{request}”): what it said about completion "
        "in that session does not count, and nothing was assumed. The part is {counts}."
    ),
    "completion.read": (
        "Content decided nothing about completion. Nothing is assumed in its place, because the "
        "part reads it from a global objective that is known."
    ),
    "completion.global": (
        "Rules, and what this part belongs to, do not see the part’s own completion: it reads the "
        "global objective “{target}” (written by {writers}). By that it is {value}."
    ),
    # SCORM 2004: success
    "success.said": "Success is content’s own word: {said}.",
    "success.failed": "Not passed: content’s own word, the last that it said, is “failed”.",
    "success.reached": (
        "Passed, because {element} {measure} reaches the manifest’s passing score {limit}."
    ),
    "success.short": (
        "Not passed, because {element} {measure} is below the manifest’s passing score {limit}."
    ),
    "success.no-measure": (
        "Neither passed nor failed: the manifest has a passing score ({limit}), and content never "
        "set cmi.score.scaled, which alone decides then."
    ),
    "success.ignored": (
        "Content set cmi.success_status to “{said}”. With a passing score in the manifest that "
        "does not count: it is {counts}."
    ),
    "success.ignored.reached": (
        "Content set cmi.success_status to “{said}”. With a passing score in the manifest that "
        "does not count: it is {counts}."
    ),
    "success.objective": (
        "Success is content’s word on the part’s primary objective: {element} is “{said}”. That "
        "counts before cmi.success_status."
    ),
    "success.objective.short": (
        "Not passed, by content’s word on the part’s primary objective: {element} is “{said}”. "
        "That counts before cmi.success_status."
    ),
    "success.unknown": (
        "Content’s last word about success is “unknown” ({element}). That counts as said: nothing "
        "is assumed in its place, and the part is neither passed nor failed."
    ),
    "success.assumed": (
        "Content decided nothing about success, so it counts as passed when its attempt ended. "
        "The manifest can say that only content decides (objectiveSetByContent)."
    ),
    "success.open": "Content has decided nothing about success so far.",
    "success.suspended": (
        "Content has decided nothing about success. It is to be resumed, so nothing is judged yet."
    ),
    "success.left-to-content": (
        "The manifest leaves success to content alone (objectiveSetByContent), and content "
        "decided nothing: so the part is neither passed nor failed."
    ),
    "success.abandoned": (
        "Content gave its attempt up (adl.nav.request “{request}”): what it said about success in "
        "that session does not count, and nothing was assumed. The part is {counts}."
    ),
    "success.read": (
        "Content decided nothing about success. Nothing is assumed in its place, because the part "
        "reads it from a global objective that is known."
    ),
    "success.global": (
        "Rules, and what this part belongs to, do not see the part’s own success: it reads the "
        "global objective “{target}” (written by {writers}). By that it is {value}."
    ),
    "success.no-measure.read": (
        "Neither passed nor failed: the manifest has a passing score ({limit}), and the score of "
        "the global objective {element}, which alone decides then, is not known."
    ),
    "success.active": (
        "The score {measure} is held against the manifest’s passing score {limit} only when the "
        "part has been left (measureSatisfactionIfActive is false)."
    ),
    "score.objective": (
        "The score is that of the part’s primary objective: {element} is {measure}. It counts, "
        "since content set no cmi.score.scaled."
    ),
    "score.raw-only": (
        "Content gave a raw score (cmi.score.raw is {raw}) and no cmi.score.scaled. In SCORM 2004 "
        "only the scaled score, from -1 to 1, counts: this part has no score for the site."
    ),
    # SCORM 1.2: one status for both
    "status.open": (
        "The status so far is “{said}”. It is settled when content calls LMSFinish or is left."
    ),
    "status.said": "The status is content’s own word: {said}.",
    "status.said.incomplete": (
        "Not completed: content’s own word, the last that it said, is “incomplete”."
    ),
    "status.said.failed": (
        "Completed and not passed: content’s own word, the last that it said, is “failed”."
    ),
    "status.none": "Content was left before it said anything: it is not attempted.",
    "status.completed": (
        "Content never set cmi.core.lesson_status. At LMSFinish, or when the learner leaves, such "
        "a lesson is completed (SCORM 1.2 RTE 3.4.4)."
    ),
    "status.incomplete": (
        "Content never set cmi.core.lesson_status and was left with more to come, so the lesson "
        "is incomplete. It stays so until content sets another status."
    ),
    "mastery.ahead": (
        "When content calls LMSFinish, the mastery score {limit} decides, whatever status content "
        "set: with the raw score {raw} the lesson is then {verdict}."
    ),
    "mastery.reached": (
        "Passed, because the raw score {raw} reaches the manifest’s mastery score {limit}. That "
        "decides, whatever status content set."
    ),
    "mastery.short": (
        "Failed, because the raw score {raw} is below the manifest’s mastery score {limit}. That "
        "decides, whatever status content set."
    ),
    "mastery.incomplete": (
        "The raw score {raw} reaches the mastery score {limit}, but the status is “incomplete”. "
        "A lesson that is incomplete is not judged: content has to set another status first."
    ),
    "mastery.no-score": (
        "The manifest has a mastery score ({limit}), but content never set cmi.core.score.raw: "
        "the score decided nothing."
    ),
    # Both
    "finished-not-completed": (
        "Passed, but not completed: the two are separate, and a course is completed when its "
        "parts are."
    ),
    "completed-no-verdict": (
        "Completed, but neither passed nor failed. A course that has to be passed does not count "
        "this."
    ),
    "not-counted.completion": (
        "The manifest does not count this part for the completion of the course."
    ),
    "not-counted.success": "The manifest does not count this part for the success of the course.",
    "not-counted.above": (
        "The manifest switches tracking off for “{above}”: nothing in it counts for the course."
    ),
    "not-counted.selection": (
        "{which} is not one of those that were selected for this learner in “{parent}”: it does "
        "not count."
    ),
    "not-counted.now": (
        "{which} counts for whether “{parent}” is {status} only {when}: at the moment it does not."
    ),
    "stale.completion": (
        "“{parent}” has been begun anew: the completion that {which} had before does not count for "
        "it now (useCurrentAttemptProgressInfo)."
    ),
    "stale.success": (
        "“{parent}” has been begun anew: the success and score that {which} had before do not "
        "count for it now (useCurrentAttemptObjectiveInfo)."
    ),
    "global.progress_measure": (
        "The progress of “{title}” that is held against its threshold is that of the global "
        "objective “{target}” (written by {writers})."
    ),
    "global.measure": (
        "The score of “{title}” that is held against its passing score is that of the global "
        "objective “{target}” (written by {writers})."
    ),
    "time.none": "No time is counted: content never set {session_time}, or set it to zero.",
    "excess": "{warning} This site keeps all of it; another system may cut it off.",
    # The whole course
    "course.not-started": "No part of the course has been opened.",
    "course.untracked": (
        "The manifest switches tracking off for the whole course: its completion stays unknown."
    ),
    "course.completion.all": "Completed, because every part that counts is completed.",
    "course.completion.no-parts": (
        "No part counts for the completion of the course: then it is completed as soon as a "
        "tracked part reports."
    ),
    "course.completion.missing": (
        "Not completed. Parts completed: {done} of {count}. Missing: {titles}."
    ),
    "course.completion.kept": (
        "Completed before, and kept, although these parts are not completed now: {titles}."
    ),
    "course.completion.pending": (
        "{status}. When a part next reports or ends, that is worked out again: it is then {next}."
    ),
    "course.completion.global": (
        "The course’s completion as rules see it is that of the global objective “{target}” "
        "(written by {writers}): by that it is {value}. The result shown here is what its parts "
        "come to."
    ),
    "course.completion.rule": "Completed, because {clause}.",
    "course.completion.rule.short": "Not completed, because {clause}. {wanted}",
    "course.completion.rule.open": "Not completed yet. {wanted}",
    "course.completion.rule.kept": (
        "It was {status} before, and that is kept: no rule of the manifest decides otherwise now. "
        "{wanted}"
    ),
    "course.completion.rule.pending": (
        "It is {status}. When a part next reports or ends, that is worked out again: it is then "
        "{next}, because {clause}."
    ),
    "course.completion.rule.no-parts": (
        "No part counts for that rule: then “all” and “none” hold of them."
    ),
    "course.completion.reached": (
        "Completed, because the course’s progress {measure} reaches its threshold {limit}."
    ),
    "course.completion.short": (
        "Not completed, because the course’s progress {measure} is below its threshold {limit}."
    ),
    "course.completion.no-measure": (
        "Not completed: the course has a threshold ({limit}), and no part that counts for it "
        "reports cmi.progress_measure."
    ),
    "course.success.all": "Passed, because every part that counts is passed.",
    "course.success.no-parts": (
        "No part counts for the success of the course: then it is passed as soon as a tracked part "
        "reports."
    ),
    "course.success.failed": "Not passed, because of: {titles}.",
    "course.success.failed-too": (
        "Not passed: {titles}. A course is passed when all its parts that count are."
    ),
    "course.success.missing": "Neither passed nor failed: there is no verdict on {titles}.",
    "course.success.kept": (
        "{status} before, and kept, although these parts are not passed now: {titles}."
    ),
    "course.success.pending": (
        "{status}. When a part next reports or ends, that is worked out again: it is then {next}."
    ),
    "course.success.active": (
        "Neither passed nor failed yet: the course’s score {measure} is held against its passing "
        "score {limit} only when the course has been left (measureSatisfactionIfActive is false)."
    ),
    "course.success.global": (
        "The course’s success as rules see it is that of the global objective “{target}” (written "
        "by {writers}): by that it is {value}. The result shown here is what its parts come to."
    ),
    "course.success.rule": "Passed, because {clause}.",
    "course.success.rule.short": "Not passed, because {clause}. {wanted}",
    "course.success.rule.open": "Neither passed nor failed yet. {wanted}",
    "course.success.rule.kept": (
        "It was {status} before, and that is kept: no rule of the manifest decides otherwise now. "
        "{wanted}"
    ),
    "course.success.rule.pending": (
        "It is {status}. When a part next reports or ends, that is worked out again: it is then "
        "{next}, because {clause}."
    ),
    "course.success.rule.no-parts": (
        "No part counts for that rule: then “all” and “none” hold of them."
    ),
    "course.success.reached": (
        "Passed, because the course’s score {measure} reaches its passing score {limit}."
    ),
    "course.success.short": (
        "Not passed, because the course’s score {measure} is below its passing score {limit}."
    ),
    "course.success.no-measure": (
        "Neither passed nor failed: the course has a passing score ({limit}), and no part that "
        "counts for it reports a scaled score."
    ),
    "course.success.lessons": (
        "Passed, because every lesson is completed, and each with a verdict is passed."
    ),
    "course.success.waits": (
        "Not passed yet: a lesson was passed, and the course is passed when all are completed."
    ),
    "course.success.no-verdict": (
        "Neither passed nor failed: no lesson says “passed” or “failed”."
    ),
    # What holds the course back between it and its parts
    "cluster.completion.short": (
        "“{title}” is not completed, whatever its parts are, because its progress {measure} is "
        "below its threshold {limit}."
    ),
    "cluster.completion.no-measure": (
        "“{title}” is not completed, whatever its parts are: it has a threshold ({limit}), and "
        "no part that counts for it reports cmi.progress_measure."
    ),
    "cluster.completion.no-parts": (
        "No part of “{title}” counts for its completion: it is completed as soon as a tracked one "
        "reports."
    ),
    "cluster.completion.missing": "“{title}” is not completed. Missing in it: {titles}.",
    "cluster.completion.pending": (
        "“{title}” is not completed yet, although its parts are: that is worked out when one of "
        "them next reports or ends."
    ),
    "cluster.completion.stale": (
        "“{title}” does not count as before, because what it is part of has been begun anew."
    ),
    "cluster.completion.global": (
        "“{title}” counts as {value}, whatever its parts are: it reads the global objective "
        "“{target}” (written by {writers})."
    ),
    "cluster.completion.rule": "“{title}” is completed, because {clause}.",
    "cluster.completion.rule.short": "“{title}” is not completed, because {clause}. {wanted}",
    "cluster.completion.rule.open": "“{title}” is not completed yet. {wanted}",
    "cluster.completion.rule.kept": (
        "“{title}” was {status} before, and that is kept: no rule of the manifest decides "
        "otherwise now. {wanted}"
    ),
    "cluster.completion.rule.pending": (
        "“{title}” is {status}. When one of its parts next reports or ends, that is worked out "
        "again: it is then {next}, because {clause}."
    ),
    "cluster.completion.rule.no-parts": (
        "No part of “{title}” counts for that rule: then “all” and “none” hold of them."
    ),
    "cluster.success.missing": "“{title}” is not passed, because these in it are not: {titles}.",
    "cluster.success.pending": (
        "“{title}” is not passed yet, although its parts are: that is worked out when one of them "
        "next reports or ends."
    ),
    "cluster.success.stale": (
        "“{title}” does not count as before, because what it is part of has been begun anew."
    ),
    "cluster.success.active": (
        "“{title}” is neither passed nor failed yet: its score {measure} is held against its "
        "passing score {limit} only when it has been left (measureSatisfactionIfActive is false)."
    ),
    "cluster.success.global": (
        "“{title}” counts as {value}, whatever its parts are: it reads the global objective "
        "“{target}” (written by {writers})."
    ),
    "cluster.success.rule": "“{title}” is passed, because {clause}.",
    "cluster.success.rule.short": "“{title}” is not passed, because {clause}. {wanted}",
    "cluster.success.rule.open": "“{title}” is neither passed nor failed yet. {wanted}",
    "cluster.success.rule.kept": (
        "“{title}” was {status} before, and that is kept: no rule of the manifest decides "
        "otherwise now. {wanted}"
    ),
    "cluster.success.rule.pending": (
        "“{title}” is {status}. When one of its parts next reports or ends, that is worked out "
        "again: it is then {next}, because {clause}."
    ),
    "cluster.success.rule.no-parts": (
        "No part of “{title}” counts for that rule: then “all” and “none” hold of them."
    ),
    "cluster.success.short": (
        "“{title}” is not passed, whatever its parts are, because its score {measure} is below "
        "its passing score {limit}."
    ),
    "cluster.success.no-measure": (
        "“{title}” is neither passed nor failed, whatever its parts are: it has a passing score "
        "({limit}), and no part that counts for it reports a scaled score."
    ),
    "cluster.success.no-parts": (
        "No part of “{title}” counts for its success: it is passed as soon as a tracked one "
        "reports."
    ),
    # What came from the device
    "refused": (
        "The site refused {element}: error {error}, {words}. Its value before, if there was one, "
        "is kept. Times: {count}."
    ),
    "late": (
        "Too late, since another session had begun: {count} of the entries of the session of "
        "{started}. They are in the record, and do not count, so that they overwrite nothing newer."
    ),
    "gap": (
        "When another session began, number {numbers} of the entries of the session of {started} "
        "had not come. What came after was applied without it."
    ),
    "waiting": (
        "Waiting for earlier ones from the same device: {count} of the entries of the session of "
        "{started}. They count when those have come, or when the course is opened again."
    ),
}
"""What each finding says, with places for its values."""

ATTENTION = frozenset(
    {
        "untracked",
        "asset.never",
        "never-initialized",
        "interrupted",
        "exit.over",
        "completion.incomplete",
        "completion.not-attempted",
        "completion.short",
        "completion.no-measure",
        "completion.ignored",
        "completion.objective.short",
        "completion.left-to-content",
        "completion.abandoned",
        "success.failed",
        "success.short",
        "success.no-measure",
        "success.no-measure.read",
        "success.ignored",
        "success.objective.short",
        "success.left-to-content",
        "success.abandoned",
        "score.raw-only",
        "status.said.incomplete",
        "status.said.failed",
        "status.incomplete",
        "mastery.short",
        "mastery.incomplete",
        "mastery.no-score",
        "finished-not-completed",
        "excess",
        "course.untracked",
        "course.completion.missing",
        "course.completion.short",
        "course.completion.no-measure",
        "course.success.failed",
        "course.success.failed-too",
        *("completion.unknown", "success.unknown", "not-counted.above", "not-counted.selection"),
        *("not-counted.now", "stale.completion", "stale.success"),
        *("course.completion.pending", "course.success.pending"),
        *("course.completion.rule.short", "course.completion.rule.open"),
        *("course.success.rule.short", "course.success.rule.open"),
        *("cluster.completion.rule.short", "cluster.completion.rule.open"),
        *("cluster.success.rule.short", "cluster.success.rule.open"),
        *("cluster.completion.missing", "cluster.completion.pending", "cluster.completion.stale"),
        *("cluster.success.missing", "cluster.success.pending", "cluster.success.stale"),
        "cluster.completion.short",
        "cluster.completion.no-measure",
        "cluster.completion.no-parts",
        "cluster.success.short",
        "cluster.success.no-measure",
        "cluster.success.no-parts",
        "course.success.short",
        "course.success.no-measure",
        "refused",
        "late",
        "gap",
        "waiting",
    }
)
"""Findings that tell why something does not count, or could be lost."""


@dataclass(frozen=True)
class Finding:
    """One reason.

    :param code: a key of :data:`WORDS`
    :param values: what stands in the places of its words
    """

    code: str
    values: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return WORDS[self.code].format_map(self.values)

    @property
    def kind(self) -> str:
        """``attention`` for what does not count, ``note`` for the rest."""
        return "attention" if self.code in ATTENTION else "note"

    def to_plain(self) -> dict[str, str]:
        return {"code": self.code, "kind": self.kind, "words": self.words}
