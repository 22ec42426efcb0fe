"""Editing a question: what a form shows of it, and the question, files and words that come back."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.bank import fields, pictures
from assessments.bank.carried import carried
from assessments.bank.fields import Errors, Wrong
from assessments.bank.layouts import LAYOUTS, Layout
from assessments.exchange.entries import QuestionFile
from assessments.exchange.media import media_type, size
from assessments.questions.base import Question
from assessments.questions.html import FILES
from assessments.resources import ItemFile

_ = TranslationStringFactory("tutela")

Files = Mapping[str, QuestionFile | ItemFile]
UPLOAD = "upload:"
"""How the names of fields begin that hold a file."""
NEW_FILES = 2
"""How many files a form takes at once besides those that have a field of their own."""
MOST_FILES = 40


@dataclass(frozen=True)
class Upload:
    """A file as a form sends it: the name that it has with its owner, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Edited:
    """What came of a form.

    :param question: None when something in the form cannot be read
    :param files: of the question, by name
    :param errors: by the name of the field that they are about
    :param problems: about the question as a whole
    :param texts: the fields as they are to be shown again; files are in them
    """

    question: Question | None
    files: dict[str, QuestionFile | ItemFile]
    errors: Errors
    problems: list[TranslationString]
    texts: dict[str, Any]

    @property
    def good(self) -> bool:
        return self.question is not None and not self.errors and not self.problems


@dataclass
class _Files:
    """The files of a form while it is read: those of the version, and those that came with it."""

    there: dict[str, QuestionFile | ItemFile]
    new: dict[str, QuestionFile] = field(default_factory=dict)

    def take(self, upload: Upload) -> str:
        """Keep a file; its name in the question.

        :raises Wrong: when a question cannot show it
        """
        if len(upload.content) > pictures.LARGEST:
            raise Wrong(
                _(
                    "This file is larger than ${most} MB. Make it smaller: many learners have "
                    "slow lines.",
                    {"most": pictures.LARGEST // 1_000_000},
                )
            )
        kind = media_type(upload.content)
        if kind is None:
            raise Wrong(
                _(
                    "This file cannot be shown. Pictures are PNG, JPEG, GIF or WebP; sounds and "
                    "films are MP3, M4A, Ogg, WAV, MP4 or WebM."
                )
            )
        for name, file in {**self.there, **self.new}.items():
            if file.type == kind and _content(file) == upload.content:
                return name
        if len(self.there) + len(self.new) >= MOST_FILES:
            raise Wrong(_("This question has too many files. Take some out first."))
        name = pictures.file_name(upload.name, kind, {*self.there, *self.new})
        self.new[name] = QuestionFile(kind, upload.content)
        return name

    def all(self) -> dict[str, QuestionFile | ItemFile]:
        return {**self.there, **self.new}


def _content(file: QuestionFile | ItemFile) -> bytes:
    return file.read() if isinstance(file, ItemFile) else file.content


def blank(kind: str) -> dict[str, str]:
    """The form of a new question of a type."""
    return fields.shown(LAYOUTS[kind].form(), {})


def opened(question: Question) -> dict[str, str]:
    """The form of a question."""
    layout = LAYOUTS[question.kind]
    return fields.shown(layout.form(), layout.values(question))


def edited(kind: str, posted: Mapping[str, Any], before: Question | None, files: Files) -> Edited:
    """Read a form.

    :param posted: its fields: texts, and :class:`Upload` where a file was sent
    :param before: the question that was edited, None for a new one
    :param files: of that question, by name
    """
    layout = LAYOUTS[kind]
    form = layout.form()
    texts: dict[str, Any] = {
        name: value for name, value in posted.items() if isinstance(value, str)
    }
    held = _Files({name: file for name, file in files.items() if not posted.get(f"drop-{name}")})
    errors: Errors = {}
    _kept_files(texts, held)
    for shown in _picture_fields(fields.laid_out(form, texts)):
        upload = posted.get(f"{UPLOAD}{shown.name}")
        if isinstance(upload, Upload):
            try:
                texts[shown.name] = held.take(upload)
            except Wrong as wrong:
                errors[shown.name] = wrong.message
    _more_files(posted, texts, held, errors, layout)
    before_values = {} if before is None else layout.values(before)
    values, unread = fields.read(form, texts, before_values)
    errors = {**unread, **errors}
    question = None
    problems: list[TranslationString] = []
    if not errors:
        question, problems, errors = _question(layout, values, before, held)
    texts |= _keep_files(held)
    return Edited(question, held.all(), errors, problems, texts)


def _question(
    layout: Layout, values: dict, before: Question | None, held: _Files
) -> tuple[Question | None, list[TranslationString], Errors]:
    if "picture" in values:
        try:
            values["picture"] = _measured(values["picture"], held.all())
        except Wrong as wrong:
            return None, [], {"picture-file": wrong.message}
    try:
        question = layout.question(values, before)
    except Wrong as wrong:
        return None, [wrong.message], {}
    if before is not None:
        question = replace(question, translations=carried(before, question))
    return question, question.problems(), {}


def _measured(picture: dict, files: Mapping[str, QuestionFile | ItemFile]) -> dict:
    """The picture with its size in pixels."""
    file = files.get(picture["file"])
    found = None if file is None else size(_content(file))
    if found is None:
        raise Wrong(_("Choose a picture: PNG, JPEG, GIF or WebP."))
    return {**picture, "width": found[0], "height": found[1]}


def _picture_fields(shown):
    for each in shown:
        if each.kind == "picture":
            yield each
        yield from _picture_fields(each.parts)
        for _number, _was, parts in each.rows:
            yield from _picture_fields(parts)


def _more_files(
    posted: Mapping[str, Any], texts: dict, held: _Files, errors: Errors, layout: Layout
) -> None:
    """Files that are not for a field: kept, and shown at the end of the text unless they are in it
    already."""
    for number in range(NEW_FILES):
        name, alt = f"file-{number}", str(posted.get(f"file-{number}-alt", "")).strip()
        upload = posted.get(f"{UPLOAD}{name}")
        if not isinstance(upload, Upload):
            continue
        try:
            file = held.take(upload)
        except Wrong as wrong:
            errors[name] = wrong.message
            continue
        media = held.all()[file].type.partition("/")[0]
        if media == "image" and not alt:
            errors[f"{name}-alt"] = _(
                "Write what the picture shows, for those who do not see it. The picture is kept."
            )
        texts[f"{name}-alt"] = ""
        if f"{FILES}{file}" not in str(texts.get("body", "")) and layout.body is not None:
            texts["body"] = f"{texts.get('body', '')}\n\n{_markdown(media, file, alt)}".lstrip()


def _markdown(media: str, file: str, alt: str) -> str:
    if media == "image":
        words = alt.replace("[", "(").replace("]", ")")
        return f"![{words}]({FILES}{file})"
    return f'<{media} controls src="{FILES}{file}"></{media}>'


def _keep_files(held: _Files) -> dict[str, str]:
    """New files as fields of the form: they come back with it, and nothing is lost on the way."""
    found = {"kept": str(len(held.new))}
    for number, (name, file) in enumerate(held.new.items()):
        found[f"kept-{number}-name"] = name
        found[f"kept-{number}-content"] = base64.b64encode(file.content).decode()
    return found


def _kept_files(texts: dict[str, Any], held: _Files) -> None:
    """The inverse; what no form of ours sends is passed over."""
    for number in range(MOST_FILES):
        name = texts.pop(f"kept-{number}-name", "")
        content = texts.pop(f"kept-{number}-content", "")
        try:
            file = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError):
            continue
        kind = media_type(file)
        if name and kind is not None and len(file) <= pictures.LARGEST:
            stem = name.rsplit(".", 1)[0]
            free = pictures.file_name(stem, kind, {*held.there, *held.new})
            held.new[free] = QuestionFile(kind, file)
