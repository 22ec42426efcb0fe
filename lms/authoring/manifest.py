"""The manifest of a built course, SCORM 2004 4th Edition and SCORM 1.2.

The parts decide completion, the quiz decides success and score (SN 4.5, 4.6; 1.2 CAM 2.3.5).
"""

from collections.abc import Iterable

from lxml import etree
from lxml.builder import ElementMaker

from lms.authoring.pages import SHARED, Page
from lms.authoring.source import Course

FILE = "imsmanifest.xml"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"
LOM = "http://ltsc.ieee.org/xsd/LOM"

CP_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP_12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
MD_12 = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"


def manifest(course: Course, pages: Iterable[Page], standard: str) -> bytes:
    """``imsmanifest.xml`` for the pages of a course, the quiz last.

    :param standard: ``2004`` (4th Edition) or ``1.2``
    """
    make = _manifest_2004 if standard == "2004" else _manifest_12
    root = make(course, tuple(pages))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _manifest_2004(course: Course, pages: tuple[Page, ...]) -> etree._Element:
    cp = ElementMaker(
        namespace=CP, nsmap={None: CP, "adlcp": ADLCP, "adlseq": ADLSEQ, "imsss": IMSSS}
    )
    ss = ElementMaker(namespace=IMSSS)
    *parts, quiz = enumerate(pages, start=1)

    def item(number: int, page: Page, *sequencing: etree._Element) -> etree._Element:
        return cp.item(
            cp.title(page.title),
            ss.sequencing(
                *sequencing,
                ss.deliveryControls(completionSetByContent="true", objectiveSetByContent="true"),
            ),
            identifier=f"item-{number}",
            identifierref=f"page-{number}",
        )

    texts = [
        item(
            number,
            page,
            ss.rollupRules(rollupObjectiveSatisfied="false", objectiveMeasureWeight="0"),
        )
        for number, page in parts
    ]
    examined = item(
        *quiz,
        ss.rollupRules(rollupObjectiveSatisfied="true", objectiveMeasureWeight="1"),
        ss.objectives(
            ss.primaryObjective(
                ss.minNormalizedMeasure(f"{course.quiz.mastery / 100:g}"),
                objectiveID="final-quiz",
                satisfiedByMeasure="true",
            )
        ),
    )
    return cp.manifest(
        cp.metadata(
            cp.schema("ADL SCORM"), cp.schemaversion("2004 4th Edition"), _lom_2004(course)
        ),
        cp.organizations(
            cp.organization(
                cp.title(course.title),
                *texts,
                examined,
                ss.sequencing(ss.controlMode(choice="true", flow="true")),
                {
                    "identifier": "course",
                    f"{{{ADLSEQ}}}objectivesGlobalToSystem": "false",
                },
            ),
            default="course",
        ),
        _resources(cp, f"{{{ADLCP}}}scormType", pages),
        identifier=course.identifier,
        version=course.version,
    )


def _manifest_12(course: Course, pages: tuple[Page, ...]) -> etree._Element:
    cp = ElementMaker(namespace=CP_12, nsmap={None: CP_12, "adlcp": ADLCP_12})
    adl = ElementMaker(namespace=ADLCP_12)
    items = [
        cp.item(cp.title(page.title), identifier=f"item-{number}", identifierref=f"page-{number}")
        for number, page in enumerate(pages, start=1)
    ]
    items[-1].append(adl.masteryscore(str(course.quiz.mastery)))
    return cp.manifest(
        cp.metadata(cp.schema("ADL SCORM"), cp.schemaversion("1.2"), _lom_12(course)),
        cp.organizations(
            cp.organization(cp.title(course.title), *items, identifier="course"), default="course"
        ),
        _resources(cp, f"{{{ADLCP_12}}}scormtype", pages),
        identifier=course.identifier,
        version=course.version,
    )


def _resources(cp: ElementMaker, kind: str, pages: tuple[Page, ...]) -> etree._Element:
    shared = cp.resource(
        *(cp.file(href=name) for name in SHARED),
        {"identifier": "shared", "type": "webcontent", kind: "asset"},
    )
    return cp.resources(
        *(
            cp.resource(
                cp.file(href=page.path),
                cp.dependency(identifierref="shared"),
                {
                    "identifier": f"page-{number}",
                    "type": "webcontent",
                    "href": page.path,
                    kind: "sco",
                },
            )
            for number, page in enumerate(pages, start=1)
        ),
        shared,
    )


def _lom_2004(course: Course) -> etree._Element:
    lom = ElementMaker(namespace=LOM, nsmap={None: LOM})

    def said(text: str) -> etree._Element:
        return lom.string(text, language=course.language)

    return lom.lom(
        lom.general(
            lom.title(said(course.title)),
            lom.language(course.language),
            lom.description(said(course.summary)),
        ),
        lom.educational(lom.typicalLearningTime(lom.duration(f"PT{course.minutes}M"))),
        lom.rights(lom.description(said(course.licence))),
    )


def _lom_12(course: Course) -> etree._Element:
    md = ElementMaker(namespace=MD_12, nsmap={None: MD_12})

    def said(text: str) -> etree._Element:
        return md.langstring(text, {XML_LANG: course.language})

    hours, minutes = divmod(course.minutes, 60)
    return md.lom(
        md.general(
            md.title(said(course.title)),
            md.language(course.language),
            md.description(said(course.summary)),
        ),
        md.educational(md.typicallearningtime(md.datetime(f"{hours:02}:{minutes:02}:00"))),
        md.rights(md.description(said(course.licence))),
    )
