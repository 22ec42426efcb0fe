"""What a person marks as items."""

from lxml import etree
from lxml.builder import E
from translationstring import TranslationStringFactory

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.built import RESPONSE, Built
from assessments.exchange.qti.writing_items.output import Output
from assessments.questions.essay import EssayQuestion

_ = TranslationStringFactory("tutela")


def essay(out: Output, question: EssayQuestion) -> Built:
    built = Built(most=question.mark, external=True)
    parts = []
    rubric = _rubric(out, question)
    if rubric is not None:
        parts.append(rubric)
    if question.text != "none":
        built.responses.append(p.response(RESPONSE, "single", "string"))
        text = E.extendedTextInteraction(
            responseIdentifier=RESPONSE, expectedLines=str(question.rows)
        )
        if question.most_words:
            text.set("expectedLength", str(min(question.most_words * 6, 10**6)))
        parts.append(text)
    if question.files:
        name = "FILES" if question.text != "none" else RESPONSE
        built.responses.append(p.response(name, "single", "file"))
        upload = E.uploadInteraction(responseIdentifier=name)
        if len(question.types) == 1:
            upload.set("type", question.types[0])
        parts.append(upload)
        if question.files > 1 or len(question.types) > 1:
            out.lost.append(_("QTI takes one file, and does not say of which kinds."))
    if question.least_words or question.most_words or question.template:
        out.lost.append(_("How many words are asked for, and what stands there first, is lost."))
    out.body(built, question.body, *parts)
    return built


def _rubric(out: Output, question: EssayQuestion) -> etree._Element | None:
    rows = "".join(
        f"<li>{each.html}<ul>"
        + "".join(f"<li>{p.decimal_text(lv.points)}: {lv.html}</li>" for lv in each.levels)
        + "</ul></li>"
        for each in question.rubric
    )
    text = question.for_markers + (f"<ul>{rows}</ul>" if rows else "")
    if not text:
        return None
    return out.html.into(E.rubricBlock(view="scorer"), text, blocks=True)
