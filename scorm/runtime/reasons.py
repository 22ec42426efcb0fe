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
        "Content’s last word about completion is “unknown”, which counts as nothing said."
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
        "Content gave its attempt up (adl.nav.request “{request}”): what it had not decided about "
        "completion was not filled in."
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
        "Content’s last word about success is “unknown”, which counts as nothing said."
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
        "Content gave its attempt up (adl.nav.request “{request}”): what it had not decided about "
        "success was not filled in."
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
        "Completed in an earlier attempt, and kept, although these parts are not completed now: "
        "{titles}."
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
        "{verdict} in an earlier attempt, and kept, although there is no verdict now on {titles}."
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
