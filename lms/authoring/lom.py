"""What a manifest says of the course as a whole: title, languages, description, time and rights
(LOM; in 1.2 its older form, IMS MD 1.2.1)."""

from collections.abc import Callable

from lxml import etree
from lxml.builder import ElementMaker

from lms.authoring.course import Course

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LOM = "http://ltsc.ieee.org/xsd/LOM"
MD_12 = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"


def lom_2004(course: Course) -> etree._Element:
    lom = ElementMaker(namespace=LOM, nsmap={None: LOM})

    def said(of: Callable[[Course], str]) -> list[etree._Element]:
        editions = (course, *course.translations)
        return [lom.string(of(each), language=each.language) for each in editions]

    return lom.lom(
        lom.general(
            lom.title(*said(lambda each: each.title)),
            *(lom.language(tag) for tag in course.languages),
            lom.description(*said(lambda each: each.summary)),
        ),
        lom.lifeCycle(lom.version(lom.string(course.version, language=course.language))),
        lom.educational(lom.typicalLearningTime(lom.duration(f"PT{course.minutes}M"))),
        lom.rights(lom.description(*said(lambda each: each.licence))),
    )


def lom_12(course: Course) -> etree._Element:
    md = ElementMaker(namespace=MD_12, nsmap={None: MD_12})

    def said(of: Callable[[Course], str]) -> list[etree._Element]:
        editions = (course, *course.translations)
        return [md.langstring(of(each), {XML_LANG: each.language}) for each in editions]

    hours, minutes = divmod(course.minutes, 60)
    return md.lom(
        md.general(
            md.title(*said(lambda each: each.title)),
            *(md.language(tag) for tag in course.languages),
            md.description(*said(lambda each: each.summary)),
        ),
        md.lifecycle(md.version(md.langstring(course.version, {XML_LANG: course.language}))),
        md.educational(md.typicallearningtime(md.datetime(f"{hours:02}:{minutes:02}:00"))),
        md.rights(md.description(*said(lambda each: each.licence))),
    )
