"""Places in a picture of QTI 1.2, which become items of QTI 2."""

import html
import re

from lxml import etree
from lxml import html as html_parser
from translationstring import TranslationStringFactory

from assessments.exchange.media import size
from assessments.exchange.notes import Broken
from assessments.exchange.qti.qti12_source import OldItem
from assessments.exchange.qti.qti12_types.shared import labels_of
from assessments.exchange.shares import decimal
from assessments.questions.base import EMPTY, Html, Question
from assessments.questions.qti import QtiQuestion

_ = TranslationStringFactory("tutela")
HOT_SPOT = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="item"
 title="{title}" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="point">
<areaMapping lowerBound="0" defaultValue="0">{areas}</areaMapping></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"
 normalMaximum="{count}"/>
<itemBody><div>{body}</div><selectPointInteraction responseIdentifier="RESPONSE"
 maxChoices="{count}"><object type="image/png" data="files/{file}" width="{width}"
 height="{height}"/></selectPointInteraction></itemBody>
<responseProcessing
 template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response_point"/>
</assessmentItem>"""


def hot_spot(item: OldItem) -> Question:
    """Where to point in a picture: an item of QTI 2, which knows just that."""
    response = next(iter(item.responses("response_xy")), None)
    picture = None if response is None else next(response.iter("matimage"), None)
    if response is None or picture is None:
        raise Broken(_("The question has no picture."), item.line)
    name = item.files.name(str(picture.get("uri", "")), picture.sourceline or 0)
    measured = size(item.files.taken[name].content) if name else None
    if measured is None:
        raise Broken(_("The picture of the question is missing."), picture.sourceline or item.line)
    areas = "".join(_area(item, each, measured) for each in labels_of(response))
    many = str(response.get("rcardinality", "")).lower() == "multiple"
    body = item.stem() or item.html(*response.findall("material"))
    count = len(labels_of(response)) if many else 1
    xml = HOT_SPOT.format(
        title=html.escape(item.finish(body)),
        cardinality="multiple" if many else "single",
        areas=areas,
        count=count,
        body=_as_xml(body),
        file=html.escape(name),
        width=measured[0],
        height=measured[1],
    )
    return QtiQuestion(name=item.finish(body), body=EMPTY, mark=item.mark, xml=xml)


def _area(item: OldItem, label: etree._Element, measured: tuple[int, int]) -> str:
    """An area; its corners are shares of the picture's width and height."""
    texts = re.split(r"[,\s]+", (label.text or "").strip())
    values = [found for each in texts if (found := decimal(each)) is not None]
    if len(values) < 4 or len(values) % 2 or len(values) != len(texts):
        raise Broken(
            _("The outline of a place in the picture is not complete."),
            label.sourceline or item.line,
        )
    pixels = [
        round(value * measured[position % 2]) if abs(value) <= 1 else round(value)
        for position, value in enumerate(values)
    ]
    kind = str(label.get("rarea", "")).lower()
    shape = "rect" if kind.startswith("rect") else "ellipse" if kind.startswith("ell") else "poly"
    if shape != "poly":
        left, top, right, bottom = pixels[:4]
        if shape == "ellipse":
            pixels = [
                (left + right) // 2,
                (top + bottom) // 2,
                abs(right - left) // 2,
                abs(bottom - top) // 2,
            ]
    coords = ",".join(map(str, pixels))
    return f'<areaMapEntry shape="{shape}" coords="{coords}" mappedValue="1"/>'


def _as_xml(body: Html) -> str:
    """Harmless HTML as XML."""
    found = html_parser.fragment_fromstring(body, create_parent="div")
    return "".join(
        [
            html.escape(found.text or "", quote=False),
            *(etree.tostring(child, encoding="unicode") for child in found),
        ]
    )
