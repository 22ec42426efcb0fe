"""Reading Moodle XML, which says more about Moodle's questions than any other format."""

from dataclasses import replace
from urllib.parse import quote

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange import moodle_places, moodle_types
from assessments.exchange.categories import from_path
from assessments.exchange.entries import Entry, Taken, Unreadable
from assessments.exchange.formats import lost_markup, name_of, one_line
from assessments.exchange.hardened import parse
from assessments.exchange.judging import judge
from assessments.exchange.moodle_source import Source
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.work import Work
from assessments.questions.base import EMPTY, Question

_ = TranslationStringFactory("tutela")

ROOT = "quiz"
TYPES = moodle_types.TYPES | moodle_places.TYPES


def read(content: bytes, work: Work | None = None) -> Taken:
    """The questions of a file.

    :param work: what may be read of it; None for anything
    :raises Unreadable: when it is no Moodle XML, or too much of it
    """
    root = parse(content, work)
    if root.tag != ROOT:
        raise Unreadable(
            _("This is XML, but not Moodle’s: its first element is not “quiz”."),
            root.sourceline or 0,
        )
    notes = Notes(work=work)
    entries = []
    category: tuple[str, ...] = ()
    for element in root.iterchildren("question"):
        source = Source(element, notes)
        if element.get("type") == "category":
            category = _category(source)
            continue
        notes.question(source.line)
        try:
            entries.append(_entry(source, category))
        except Broken as broken:
            notes.broken(broken, source.line, source.name)
    return Taken(tuple(entries), notes.by_line())


def _category(source: Source) -> tuple[str, ...]:
    category = from_path(source.plain("category"))
    if source.plain("info").strip() or source.plain("idnumber").strip():
        source.left_out(
            _(
                "The description and identifier of the category “${name}” were left out: "
                "categories have names only here.",
                mapping={"name": category[-1] if category else ""},
            )
        )
    return category


def _entry(source: Source, category: tuple[str, ...]) -> Entry:
    """:raises Broken: when it cannot be taken"""
    kind = source.element.get("type", "")
    if kind not in TYPES:
        raise Broken(
            _(
                "Questions of the type “${type}” are not known here.",
                mapping={"type": one_line(kind)[:60]},
            )
        )
    question = TYPES[kind](source, _common(source, kind))
    if not question.name:
        source.name = name_of(question.body)
        question = replace(question, name=source.name)
    question, changed = judge(question)
    if changed is not None:
        source.changed(changed)
    if source.flag("hidden", False):
        source.changed(_("The question was hidden in Moodle; here it can be seen."))
    if source.away:
        source.changed(lost_markup(source.away))
    return Entry(
        question,
        category,
        code=one_line(source.plain("idnumber")),
        tags=source.tags(),
        files=source.files,
        line=source.line,
    )


def _common(source: Source, kind: str) -> moodle_types.Common:
    """What every question has, its text too where no gaps are in it."""
    own_text = kind in ("cloze", "multianswer", "gapselect", "ddwtos")
    body = EMPTY if own_text else source.html(_with_old_picture(source))
    mark = source.share("defaultgrade", "1")
    usual = Question(name="", body=EMPTY)
    return {
        "name": source.name,
        "body": body,
        "feedback": source.html_at("generalfeedback"),
        "mark": mark if mark > 0 else usual.mark,
        "penalty": min(max(source.share("penalty", "0.3333333"), usual.penalty * 0), usual.mark),
        "hints": source.hints(),
    }


def _with_old_picture(source: Source) -> etree._Element | None:
    """The text. Before version 2 a picture stood beside it: now it is the end of it."""
    text = source.element.find("questiontext")
    old = source.element.find("image")
    name = "" if old is None else one_line(old.text or "")
    if text is None or old is None or not name:
        return text
    coded = source.plain("image_base64")
    inner = text.find("text")
    if not coded or inner is None:
        source.left_out(
            _("The picture “${name}” is not in this export.", mapping={"name": name[:100]}), old
        )
        return text
    file = etree.SubElement(text, "file", name=name.rpartition("/")[2])
    file.text = coded
    inner.text = (
        f'{inner.text or ""}<br><img src="@@PLUGINFILE@@/{quote(file.get("name", ""))}" alt="">'
    )
    return text
