"""Essay and file upload: what a person reads and marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import (
    EMPTY,
    NONE,
    Arrangement,
    Html,
    Marked,
    Part,
    Question,
    Response,
    key_problems,
)
from assessments.questions.controls import Asked, Attach, Compose, Control
from assessments.questions.html import says_something
from assessments.word_count import count_words

_ = TranslationStringFactory("tutela")

TEXT = "text"
FILES = "files"
TEXTS = ("required", "optional", "none")
MOST_FILES = 20


@dataclass(frozen=True)
class Level:
    """How well a criterion can be met, and the points it brings."""

    key: str
    html: Html
    points: Fraction


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric; the best level of each adds up to the whole mark."""

    key: str
    html: Html
    levels: tuple[Level, ...]

    @property
    def best(self) -> Fraction:
        return max(level.points for level in self.levels)

    def problems(self) -> list[TranslationString]:
        """Why nobody could mark by it."""
        found = key_problems(level.key for level in self.levels)
        if len(self.levels) < 2:
            found.append(_("A criterion of the rubric needs at least two levels."))
        elif self.best <= 0:
            found.append(_("The best level of a criterion must bring points."))
        if any(level.points < 0 for level in self.levels):
            found.append(_("A level of the rubric cannot bring less than 0 points."))
        if not all(map(says_something, (self.html, *(level.html for level in self.levels)))):
            found.append(_("A line of the rubric is empty. Write it, or take it out."))
        return found


@dataclass(frozen=True, kw_only=True)
class EssayQuestion(Question):
    """A text, files, or both.

    Limits of words are told and never enforced: what somebody wrote is kept as it is, and who
    marks it sees how long it is.

    :param text: ``required``, ``optional`` or ``none``
    :param least_words: :param most_words: 0 for no limit
    :param template: what the field holds at first; handed in unchanged it is no answer
    :param files: how many may be handed in; :param least_files: how many must
    :param types: media types that are taken, all when empty; :param size: bytes of one file
    :param for_markers: what those who mark it are told, learners never
    """

    kind = "essay"
    automatic = False

    text: str = "required"
    rows: int = 12
    least_words: int = 0
    most_words: int = 0
    template: str = ""
    files: int = 0
    least_files: int = 0
    types: tuple[str, ...] = ()
    size: int = 20_000_000
    for_markers: Html = EMPTY
    rubric: tuple[Criterion, ...] = ()

    def own_problems(self) -> list[TranslationString]:
        found = []
        if self.text not in TEXTS:
            found.append(_("“${text}” is no way to ask for a text.", mapping={"text": self.text}))
        if self.text == "none" and self.files < 1:
            found.append(_("Neither a text nor a file is asked for. Ask for one of them."))
        if self.files > MOST_FILES:
            found.append(_("At most ${most} files can be handed in.", mapping={"most": MOST_FILES}))
        if min(self.files, self.least_files, self.least_words, self.most_words) < 0:
            found.append(_("How many words or files are asked for cannot be below 0."))
        if self.least_files > self.files:
            found.append(_("More files must be handed in than may be."))
        if 0 < self.most_words < self.least_words:
            found.append(_("More words must be written than may be."))
        if self.rows < 1:
            found.append(_("The field for the text needs at least one line."))
        if self.size < 1:
            found.append(_("A file needs a size of at least one byte."))
        found += key_problems(criterion.key for criterion in self.rubric)
        for criterion in self.rubric:
            found += criterion.problems()
        return found

    def ask(self, arrangement: Arrangement) -> Asked:
        controls: list[Control] = []
        if self.text != "none":
            controls.append(
                Compose(
                    TEXT,
                    _("Your text"),
                    self.rows,
                    self.least_words,
                    self.most_words,
                    self.template,
                )
            )
        if self.files:
            controls.append(Attach(FILES, _("Your files"), self.files, self.types, self.size))
        return Asked(self.body, tuple(controls))

    def written(self, response: Response) -> str:
        """The text of a response; empty while it is only the template."""
        text = (*response.get(TEXT, ()), "")[0] if self.text != "none" else ""
        return "" if text.split() == self.template.split() else text

    def handed_in(self, response: Response) -> tuple[str, ...]:
        """The ids of the files of a response."""
        return tuple(response.get(FILES, ()))[: self.files]

    def is_complete(self, response: Response, arrangement: Arrangement) -> bool:
        text, files = self.written(response).strip(), self.handed_in(response)
        if self.text == "required" and not text:
            return False
        return len(files) >= self.least_files and bool(text or files)

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        words = count_words(self.written(response))
        files = len(self.handed_in(response))
        found = []
        if words and words < self.least_words:
            found.append(
                _(
                    "Number of words: ${words}. At least ${least} are asked for.",
                    mapping={"words": words, "least": self.least_words},
                )
            )
        if 0 < self.most_words < words:
            found.append(
                _(
                    "Number of words: ${words}. At most ${most} are asked for. Nothing is cut off.",
                    mapping={"words": words, "most": self.most_words},
                )
            )
        if (words or files) and files < self.least_files:
            found.append(
                _(
                    "Number of files: ${files}. At least ${least} are asked for.",
                    mapping={"files": files, "least": self.least_files},
                )
            )
        return found

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        """Nothing is worth nothing; a person marks everything else."""
        text = " ".join(self.written(response).split())
        files = ", ".join(self.handed_in(response))
        said = ((TEXT, text), (FILES, files))
        parts = tuple(Part(name, words, "", NONE) for name, words in said if words)
        return Marked(None if parts else NONE, parts)

    def by_rubric(self, levels: Mapping[str, str]) -> Fraction | None:
        """What levels of the rubric bring together, as a fraction of the mark.

        :param levels: by the key of each criterion the key of the level that is met
        :returns: None as long as a criterion has no level
        """
        reached = NONE
        for criterion in self.rubric:
            points = {level.key: level.points for level in criterion.levels}
            level = levels.get(criterion.key, "")
            if level not in points:
                return None
            reached += points[level]
        whole = sum((criterion.best for criterion in self.rubric), NONE)
        return reached / whole if whole else None

    def right_response(self, arrangement: Arrangement) -> Response | None:
        return None

    def kept(self, response: Response, arrangement: Arrangement) -> Response:
        return response
