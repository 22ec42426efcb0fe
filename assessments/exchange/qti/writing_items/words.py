"""Words into a text and labels into a picture as items."""

from collections.abc import Sequence
from fractions import Fraction

from lxml import etree
from lxml.builder import E
from translationstring import TranslationStringFactory

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.built import RESPONSE, SCORE, Built
from assessments.exchange.qti.writing_items.output import Output, flag, type_of, words_of
from assessments.exchange.qti.xhtml import ILLEGAL
from assessments.questions.base import NONE
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.html import FILES, escaped

_ = TranslationStringFactory("tutela")


def gaps(out: Output, question: GapQuestion) -> Built:
    groups = {word.group for word in question.words}
    pictures = any(word.file for word in question.words)
    if len(groups) > 1 or not question.dragged or pictures:
        return _listed(out, question, question.gaps, question.body)
    built, words = _pairs(question, question.gaps)
    interaction = E.gapMatchInteraction(responseIdentifier=RESPONSE, shuffle=flag(question.shuffle))
    for word in question.words:
        interaction.append(
            E.gapText(
                words_of(word.html),
                identifier=words[word.key],
                matchMax="0" if word.unlimited else "1",
            )
        )
    places = {gap.name: E.gap(identifier=f"g{n}") for n, gap in enumerate(question.gaps, 1)}
    content = etree.Element("blockquote")
    out.html.into(content, question.body, blocks=True, fill=places.get)
    interaction.append(content)
    built.body.append(interaction)
    return built


def _pairs(
    question: GapQuestion | LabelQuestion, gaps: Sequence[Gap | Zone]
) -> tuple[Built, dict[str, str]]:
    """Words and gaps as pairs, of which each right one brings the same."""
    filled = [gap for gap in gaps if gap.right]
    share = Fraction(1, len(filled))
    built = Built(most=p.scale(question.mark, [share]), template="map_response")
    words = {word.key: f"w{n}" for n, word in enumerate(question.words, 1)}
    shown = {word.key: word.option().html for word in question.words}
    worths: dict[str, Fraction] = {}
    for number, gap in enumerate(gaps, 1):
        own = [word.key for word in question.words if word.group == gap.group]
        for key in own:
            if gap.right and shown[key] == shown[gap.right]:
                worths[f"{words[key]} g{number}"] = share * built.most
            elif not gap.right:
                worths[f"{words[key]} g{number}"] = -share * built.most
    correct = [f"{words[gap.right]} g{number}" for number, gap in enumerate(gaps, 1) if gap.right]
    mapping = p.mapping_of(worths, lower=NONE)
    built.responses.append(p.response(RESPONSE, "multiple", "directedPair", correct, mapping))
    return built, words


def _listed(
    out: Output,
    question: GapQuestion | LabelQuestion,
    gaps: Sequence[Gap | Zone],
    body: str,
    *parts: etree._Element,
) -> Built:
    """Gaps as lists that open: where words of several groups cannot be dragged."""
    filled = [gap for gap in gaps if gap.right]
    share = Fraction(1, len(filled))
    built = Built(most=p.scale(question.mark, [share]))
    words = {word.key: f"w{n}" for n, word in enumerate(question.words, 1)}
    shown = {word.key: word.option().html for word in question.words}
    places: dict[str, etree._Element] = {}
    for number, gap in enumerate(gaps, 1):
        name = f"{RESPONSE}{number}"
        own = [word for word in question.words if word.group == gap.group]
        worths = {
            words[word.key]: (share if shown[word.key] == shown[gap.right] else NONE)
            if gap.right
            else -share
            for word in own
        }
        scaled = {key: worth * built.most for key, worth in worths.items()}
        correct = [words[gap.right]] if gap.right else []
        built.responses.append(
            p.response(name, "single", "identifier", correct, p.mapping_of(scaled))
        )
        made = E.inlineChoiceInteraction(responseIdentifier=name, shuffle=flag(question.shuffle))
        for word in own:
            made.append(E.inlineChoice(words_of(word.html), identifier=words[word.key]))
        places[gap.name] = made
    total = p.total(*(p.mapped(f"{RESPONSE}{n}") for n in range(1, len(gaps) + 1)))
    built.rules.append(p.put(SCORE, total))
    below = E.lt(p.variable(SCORE), p.points(NONE))
    built.rules.append(p.when([(below, [p.put(SCORE, p.points(NONE))])]))
    out.body(built, body, *parts, fill=places.get)
    return built


def labels(out: Output, question: LabelQuestion) -> Built:
    if out.version == "2.1" and not all(word.file for word in question.words):
        rows = "".join(
            f"<li>{escaped(zone.label or str(n))}: [[{zone.name}]]</li>"
            for n, zone in enumerate(question.zones, 1)
        )
        picture = (
            f'<p><img src="{FILES}{question.picture.file}" '
            f'alt="{escaped(question.picture.alt)}"></p>'
        )
        out.lost.append(
            _("QTI 2.1 knows no words to be dragged into a picture: they are in lists.")
        )
        return _listed(out, question, question.zones, f"{question.body}{picture}<ul>{rows}</ul>")
    built, words = _pairs(question, question.zones)
    interaction = E.graphicGapMatchInteraction(out.picture(question), responseIdentifier=RESPONSE)
    for word in question.words:
        most = "0" if word.unlimited else "1"
        interaction.append(_label(out, word, words[word.key], most))
    for number, zone in enumerate(question.zones, 1):
        left, top, width, height = zone.place
        interaction.append(
            E.associableHotspot(
                identifier=f"g{number}",
                shape="rect",
                coords=f"{left},{top},{left + width},{top + height}",
                matchMax="1",
                hotspotLabel=ILLEGAL.sub("", zone.label)[:256] or str(number),
            )
        )
    out.body(built, question.body, interaction)
    return built


def _label(out: Output, word: Word, identifier: str, most: str) -> etree._Element:
    if not word.file:
        return E.gapText(words_of(word.html), identifier=identifier, matchMax=most)
    picture = E.object(words_of(word.html), data=out.address(word.file), type=type_of(word.file))
    return E.gapImg(picture, identifier=identifier, matchMax=most)
