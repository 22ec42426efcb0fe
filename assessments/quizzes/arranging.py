"""The page of a quiz's questions as a form: marks, versions, headings, and buttons that move.

Everything is filed under the id of the slot or section that it is about. What cannot be read is
told by field, and nothing is changed then.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from translationstring import TranslationStringFactory

from assessments.bank import fields
from assessments.bank.fields import Errors, Field
from assessments.bank.shares import write_number
from assessments.quizzes import sections as plan
from assessments.quizzes.plan import Section, Slot
from assessments.quizzes.sections import Sections

_ = TranslationStringFactory("tutela")

MARK = Field("mark", _("Mark"), "fraction", empty="", size=8)
VERSION = Field("version", _("Version"), "whole")
HEADING = (
    Field("title", _("Title"), hint=_("Learners see it. Empty: this section has none.")),
    Field("intro", _("Introduction"), "html", _("A text before the questions."), size=3),
    Field(
        "shuffle",
        _("The order of the questions is chance"),
        "tick",
        _("It is another one for everybody."),
    ),
    Field(
        "pick",
        _("How many of the questions are asked"),
        "whole",
        _("Chance picks them for everybody anew. Empty: all."),
        empty="",
        size=8,
    ),
)


def opened(sections: Sections) -> dict[str, str]:
    """The form's texts for sections as they are."""
    texts = {}
    for section in sections:
        values = {
            "title": section.title,
            "intro": section.intro,
            "shuffle": section.shuffle,
            "pick": section.pick or "",
        }
        for name, text in fields.shown(HEADING, values).items():
            texts[f"{name}-{section.id}"] = text
    for slot in plan.slots(sections):
        texts[f"mark-{slot.id}"] = "" if slot.mark is None else write_number(slot.mark)
        texts[f"version-{slot.id}"] = str(slot.version or "")
    return texts


def read(posted: Mapping[str, Any], sections: Sections) -> tuple[Sections, Errors]:
    """The sections with what a form says of them. What it does not speak of stays as it is."""
    errors: Errors = {}
    return tuple(_section(posted, section, errors) for section in sections), errors


def _section(posted: Mapping[str, Any], section: Section, errors: Errors) -> Section:
    slots = tuple(_slot(posted, slot, errors) for slot in section.slots)
    section = replace(section, slots=slots)
    if f"title-{section.id}" not in posted:
        return section
    own = {part.name: posted.get(f"{part.name}-{section.id}", "") for part in HEADING}
    values, wrong = fields.read(HEADING, own, {"intro": section.intro})
    errors |= {f"{name}-{section.id}": words for name, words in wrong.items()}
    if wrong:
        return section
    return replace(
        section,
        title=values["title"],
        intro=values["intro"],
        shuffle=values["shuffle"],
        pick=values["pick"] or 0,
    )


def _slot(posted: Mapping[str, Any], slot: Slot, errors: Errors) -> Slot:
    name = f"mark-{slot.id}"
    if name in posted:
        values, wrong = fields.read((MARK,), {"mark": posted[name]}, {})
        mark: Fraction | None = None if values.get("mark") == "" else values.get("mark")
        if wrong or (mark is not None and mark < 0):
            errors[name] = _("Write a number of marks, such as 1, 0.5 or 1/3.")
        elif mark is None and not slot.item:
            errors[name] = _("Write what a question of chance brings, such as 1, 0.5 or 1/3.")
        else:
            slot = replace(slot, mark=mark)
    name = f"version-{slot.id}"
    if slot.item and name in posted:
        values, wrong = fields.read((VERSION,), {"version": posted[name]}, {})
        if wrong:
            errors[name] = _("Choose one of the versions.")
        else:
            slot = replace(slot, version=values["version"])
    return slot


def act(sections: Sections, button: str) -> Sections:
    """What a button of the page does with the sections.

    :param button: ``up:<slot>``, ``down:<slot>``, ``out:<slot>``, ``section``,
        ``section-up:<section>``, ``section-down:…``, ``section-out:…``; anything else does nothing
    :raises assessments.quizzes.refusals.QuizRefused: when it cannot be done
    """
    what, _colon, key = button.partition(":")
    match what:
        case "up" | "down":
            return plan.move_slot(sections, key, -1 if what == "up" else 1)
        case "out":
            return plan.remove_slot(sections, key)
        case "section":
            return plan.add_section(sections)
        case "section-up" | "section-down":
            return plan.move_section(sections, key, -1 if what == "section-up" else 1)
        case "section-out":
            return plan.remove_section(sections, key)
        case _:
            return sections
