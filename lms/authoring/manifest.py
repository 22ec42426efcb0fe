"""The manifest of a built course, SCORM 2004 4th Edition and SCORM 1.2.

The parts decide completion, the quiz decides success and score (SN 4.5, 4.6; 1.2 CAM 2.3.5). The
page of all sources is an asset and decides nothing. In 1.2, which has no word for that, it is no
item: sites count an asset that was never opened as a lesson not done. The pages lead to it.
"""

from lxml import etree
from lxml.builder import ElementMaker

from lms.authoring.assets import SCRIPT, STYLE
from lms.authoring.course import Course
from lms.authoring.edition import SOURCES_PAGE
from lms.authoring.lom import lom_12, lom_2004
from lms.authoring.pages import Item

FILE = "imsmanifest.xml"

CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"

CP_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP_12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"


def manifest(course: Course, items: tuple[Item, ...], standard: str) -> bytes:
    """``imsmanifest.xml`` for the pages of a course.

    :param items: the parts, the quiz, and last the page of all sources
    :param standard: ``2004`` (4th Edition) or ``1.2``
    """
    make = _manifest_2004 if standard == "2004" else _manifest_12
    root = make(course, items)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _manifest_2004(course: Course, items: tuple[Item, ...]) -> etree._Element:
    cp = ElementMaker(
        namespace=CP, nsmap={None: CP, "adlcp": ADLCP, "adlseq": ADLSEQ, "imsss": IMSSS}
    )
    ss = ElementMaker(namespace=IMSSS)
    *parts, quiz, sources = items

    def entry(item: Item, *sequencing: etree._Element) -> etree._Element:
        return cp.item(
            cp.title(item.title),
            ss.sequencing(*sequencing),
            identifier=f"item-{item.name}",
            identifierref=f"page-{item.name}",
        )

    def by_content() -> etree._Element:
        return ss.deliveryControls(completionSetByContent="true", objectiveSetByContent="true")

    texts = [
        entry(
            part,
            ss.rollupRules(rollupObjectiveSatisfied="false", objectiveMeasureWeight="0"),
            by_content(),
        )
        for part in parts
    ]
    examined = entry(
        quiz,
        ss.rollupRules(rollupObjectiveSatisfied="true", objectiveMeasureWeight="1"),
        ss.objectives(
            ss.primaryObjective(
                ss.minNormalizedMeasure(f"{course.quiz.mastery / 100:g}"),
                objectiveID="final-quiz",
                satisfiedByMeasure="true",
            )
        ),
        by_content(),
    )
    beside = entry(
        sources,
        ss.rollupRules(
            rollupObjectiveSatisfied="false",
            rollupProgressCompletion="false",
            objectiveMeasureWeight="0",
        ),
    )
    return cp.manifest(
        cp.metadata(cp.schema("ADL SCORM"), cp.schemaversion("2004 4th Edition"), lom_2004(course)),
        cp.organizations(
            cp.organization(
                cp.title(course.title),
                *texts,
                examined,
                beside,
                ss.sequencing(ss.controlMode(choice="true", flow="true")),
                {
                    "identifier": "course",
                    f"{{{ADLSEQ}}}objectivesGlobalToSystem": "false",
                },
            ),
            default="course",
        ),
        _resources(cp, f"{{{ADLCP}}}scormType", items),
        identifier=course.identifier,
        version=course.version,
    )


def _manifest_12(course: Course, items: tuple[Item, ...]) -> etree._Element:
    cp = ElementMaker(namespace=CP_12, nsmap={None: CP_12, "adlcp": ADLCP_12})
    adl = ElementMaker(namespace=ADLCP_12)
    entries = [
        cp.item(
            cp.title(item.title),
            identifier=f"item-{item.name}",
            identifierref=f"page-{item.name}",
        )
        for item in items[:-1]
    ]
    entries[-1].append(adl.masteryscore(str(course.quiz.mastery)))
    return cp.manifest(
        cp.metadata(cp.schema("ADL SCORM"), cp.schemaversion("1.2"), lom_12(course)),
        cp.organizations(
            cp.organization(cp.title(course.title), *entries, identifier="course"),
            default="course",
        ),
        _resources(cp, f"{{{ADLCP_12}}}scormtype", items),
        identifier=course.identifier,
        version=course.version,
    )


def _resources(cp: ElementMaker, kind: str, items: tuple[Item, ...]) -> etree._Element:
    """A resource for each item with its pages in all languages, and one for what they share:
    the style sheet, the script, and pictures."""
    pictures = sorted({path for item in items for page in item.pages for path in page.pictures})
    shared = cp.resource(
        *(cp.file(href=name) for name in (STYLE, SCRIPT, *pictures)),
        {"identifier": "shared", "type": "webcontent", kind: "asset"},
    )
    return cp.resources(
        *(
            cp.resource(
                *(cp.file(href=page.path) for page in item.pages),
                cp.dependency(identifierref="shared"),
                {
                    "identifier": f"page-{item.name}",
                    "type": "webcontent",
                    "href": item.path,
                    kind: "asset" if item.path == SOURCES_PAGE else "sco",
                },
            )
            for item in items
        ),
        shared,
    )
