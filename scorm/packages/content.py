"""What may stand where in a manifest, as tables: elements, attributes, values, by edition.

SCORM 1.2 CAM 2.3; IMS CP 1.1; SCORM 2004 CAM 3.4 (packages), 5.1 (sequencing), 5.2 (navigation).
Written from the books; ``docs/manifest.md`` says where the schemas of the editions say otherwise.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from scorm.packages.definition import CONSIDERATIONS, TIMINGS
from scorm.packages.manifest import Edition
from scorm.packages.objectives import ADLSEQ as ADLSEQ_MAPS
from scorm.packages.reading import HIDEABLE
from scorm.packages.rules import (
    CHILD_SETS,
    COMBINATIONS,
    CONDITIONS,
    EXIT,
    OPERATORS,
    POSTCONDITION,
    PRECONDITION,
    ROLLUP,
    ROLLUP_CONDITIONS,
)
from scorm.packages.words import _

XML = "http://www.w3.org/XML/1998/namespace"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

NAMESPACES_12 = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp",
    "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "lom",
    XML: "xml",
}
NAMESPACES_2004 = {
    "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp",
    "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq",
    "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav",
    "http://www.imsglobal.org/xsd/imsss": "imsss",
    "http://ltsc.ieee.org/xsd/LOM": "lom",
    XML: "xml",
}
"""Namespace → what the books call it, which is how the tables below name elements."""


@dataclass(frozen=True)
class Kind:
    """A kind of value.

    :param fits: whether a text is one
    :param expected: what is expected, in words; empty where every text fits
    :param most: characters that the book promises to keep; None without end
    :param nearly: whether a text that is none is written so that its meaning is clear
    :param rule: what a text that is none offends
    """

    fits: Callable[[str], bool]
    expected: str = ""
    most: int | None = None
    nearly: Callable[[str], bool] = lambda _said: False
    rule: str = "schema-value"


@dataclass(frozen=True)
class Part:
    """Child elements of one name: how many there are at least and at most (None: any number)."""

    name: str
    least: int
    most: int | None


@dataclass(frozen=True)
class Element:
    """What an element holds.

    :param parts: its child elements, in order
    :param others: whether elements of other namespaces may follow them
    :param attributes: by name
    :param required: attributes that must be there
    :param decorated: whether it may have attributes of other namespaces
    :param text: what its text is; None where it has none
    """

    parts: tuple[Part, ...] = ()
    others: bool = False
    attributes: Mapping[str, Kind] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    decorated: bool = False
    text: Kind | None = None


@dataclass(frozen=True, eq=False)
class Grammar:
    """The tables of one edition.

    :param namespaces: namespace → prefix
    :param elements: ``prefix:name``, or ``parent/name`` where the parent decides → element
    :param attributes: attributes that elements of other namespaces may have
    :param places: elements that follow the parts of an element of another namespace → where
    :param lax: whether elements and attributes that nobody declared are allowed there
    """

    namespaces: Mapping[str, str]
    elements: Mapping[str, Element]
    attributes: Mapping[str, Kind]
    places: Mapping[str, tuple[str, ...]]
    lax: bool


def _parts(text: str) -> tuple[Part, ...]:
    """``a, b?, c*, d+`` as parts: once, at most once, any number, at least once."""
    counts = {"?": (0, 1), "*": (0, None), "+": (1, None)}
    return tuple(
        Part(word.rstrip("?*+"), *counts.get(word[-1], (1, 1)))
        for word in filter(None, text.split(", "))
    )


def _element(
    parts: str = "",
    *,
    others: bool = False,
    decorated: bool = False,
    text: Kind | None = None,
    **attributes: Kind,
) -> Element:
    """An element; an attribute with an underscore at its end must be there."""
    return Element(
        _parts(parts),
        others,
        {name.rstrip("_"): kind for name, kind in attributes.items()},
        frozenset(name.rstrip("_") for name in attributes if name.endswith("_")),
        decorated,
        text,
    )


def _open(parts: str = "", **attributes: Kind) -> Element:
    """An element with room for what other standards add."""
    return _element(parts, others=True, decorated=True, **attributes)


def _matching(pattern: str, expected: str) -> Kind:
    compiled = re.compile(pattern)
    return Kind(lambda text: compiled.fullmatch(text.strip()) is not None, expected)


def _one_of(words: Mapping[str, str] | tuple[str, ...], *, trimmed: bool = True) -> Kind:
    known = frozenset(words.values() if isinstance(words, Mapping) else words)
    near = frozenset(word.lower() for word in known)
    return Kind(
        lambda text: (" ".join(text.split()) if trimmed else text) in known,
        _("one of ${words}", words=", ".join(sorted(known))),
        nearly=lambda text: " ".join(text.split()).lower() in near,
    )


def _between(lowest: int, highest: int) -> Kind:
    decimal = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)

    def fits(text: str) -> bool:
        text = text.strip()
        return decimal.fullmatch(text) is not None and lowest <= float(text) <= highest

    words = _("a number from ${lowest} to ${highest}", lowest=lowest, highest=highest)
    return Kind(fits, words)


def _text(most: int | None = None) -> Kind:
    return Kind(lambda _said: True, "", most)


ADDRESS_FORBIDDEN = re.compile(
    r"%(?![0-9A-Fa-f]{2})|[\[\]]|#.*#|^(?![A-Za-z][\w+.-]*:)[^/?#]*:", re.ASCII
)


def _address(most: int | None = None) -> Kind:
    return Kind(
        lambda text: ADDRESS_FORBIDDEN.search(text.strip()) is None,
        _("an address (URL)"),
        most,
        rule="schema-address",
    )


NAME = re.compile(r"[^\W\d][\w.\-\u00b7\u0300-\u036f]*")
"""How XML writes an identifier."""

TEXT = _text()
URL = _address()
ID = _matching(NAME.pattern, _("a letter or _ first, then letters, digits, and the signs . - _"))
IDREF = Kind(ID.fits, ID.expected)
BOOLEAN = _one_of(("true", "false", "1", "0"))
COUNT = _matching(r"\+?[0-9]+|-0+", _("a whole number from 0"))
MEASURE = _between(-1, 1)
SHARE = _between(0, 1)
MEASURE_OR_DEFAULT = Kind(lambda text: text == "" or MEASURE.fits(text), MEASURE.expected)
DURATION = _matching(
    r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    _("a duration, as PT1H30M"),
)
MOMENT = _matching(
    r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:[0-5]\d)?",
    _("a date and time, as 2020-01-31T12:00:00"),
)
LANGUAGE = _matching(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", _("a language, as en"))
LANGUAGE_OR_NONE = Kind(lambda text: not text or LANGUAGE.fits(text), LANGUAGE.expected)
TIMING = _one_of(TIMINGS)
CONSIDERATION = _one_of(CONSIDERATIONS)
ACTION = re.compile("(?:exit|continue),(?:no )?message")
TIME_LIMIT_ACTION = Kind(
    lambda text: ACTION.fullmatch(text) is not None,
    _("exit or continue, a comma, and message or no message"),
)
SCORM_TYPE = _one_of(("sco", "asset"), trimmed=False)
SCRIPT = _one_of(("aicc_script",), trimmed=False)


def _packaging(edition: Edition) -> dict[str, Element]:
    """``imscp``. The lengths are those of SCORM 1.2; 2004 has none."""
    old = edition is Edition.SCORM_12

    def short(most: int) -> Kind:
        return _text(most if old else None)

    address = _address(2000 if old else None)
    fourth = edition is Edition.FOURTH
    return {
        "imscp:manifest": _open(
            "metadata?, organizations, resources, manifest*",
            identifier_=ID,
            version=short(20),
        ),
        "imscp:metadata": _element("schema?, schemaversion?", others=True, decorated=fourth),
        "imscp:schema": _element(text=short(100)),
        "imscp:schemaversion": _element(text=short(20)),
        "imscp:organizations": _open("organization*", default=IDREF),
        "imscp:organization": _open(
            f"title?, item{'+' if fourth else '*'}, metadata?",
            identifier_=ID,
            structure=short(200),
        ),
        "imscp:title": _element(text=short(200)),
        "imscp:item": _open(
            "title?, item*, metadata?",
            identifier_=ID,
            identifierref=short(2000),
            isvisible=BOOLEAN,
            parameters=short(1000),
        ),
        "imscp:resources": _open("resource*"),
        "imscp:resource": _open(
            "metadata?, file*, dependency*",
            identifier_=ID,
            type_=short(1000),
            href=address,
        ),
        "imscp:file": _open("metadata?", href_=address),
        "imscp:dependency": _open(identifierref_=short(2000)),
    }


ADLCP_12 = {
    "adlcp:location": _element(text=_text(2000)),
    "adlcp:prerequisites": _element(text=_text(200), type_=SCRIPT),
    "adlcp:maxtimeallowed": _element(text=_text(13)),
    "adlcp:timelimitaction": _element(text=TIME_LIMIT_ACTION),
    "adlcp:datafromlms": _element(text=_text(255)),
    "adlcp:masteryscore": _element(text=_text(200)),
    "adlcp:schema": _element(text=_one_of(("ADL SCORM",), trimmed=False)),
    "adlcp:schemaversion": _element(text=_one_of(("1.2",), trimmed=False)),
}

ADLCP_2004 = {
    "adlcp:location": _element(text=URL),
    "adlcp:dataFromLMS": _element(text=TEXT),
    "adlcp:timeLimitAction": _element(text=TIME_LIMIT_ACTION),
    "adlcp:completionThreshold": _element(text=SHARE),
}
ADLCP_4TH = {
    "adlcp:completionThreshold": _element(
        text=TEXT, completedByMeasure=BOOLEAN, minProgressMeasure=SHARE, progressWeight=SHARE
    ),
    "adlcp:data": _element("map+"),
    "adlcp:map": _element(targetID_=URL, readSharedData=BOOLEAN, writeSharedData=BOOLEAN),
}

HIDEABLE_2ND = ("abandon", "continue", "exit", "previous")

ADLSEQ = {
    "adlseq:constrainedChoiceConsiderations": _element(
        preventActivation=BOOLEAN, constrainChoice=BOOLEAN
    ),
    "adlseq:rollupConsiderations": _element(
        requiredForSatisfied=CONSIDERATION,
        requiredForNotSatisfied=CONSIDERATION,
        requiredForCompleted=CONSIDERATION,
        requiredForIncomplete=CONSIDERATION,
        measureSatisfactionIfActive=BOOLEAN,
    ),
}
ADLSEQ_4TH = {
    "adlseq:objectives": _element("objective+"),
    "adlseq:objective": _element("mapInfo+", objectiveID_=URL),
    "adlseq:mapInfo": Element(
        attributes={
            "targetObjectiveID": URL,
            **{f"read{name}": BOOLEAN for name in ADLSEQ_MAPS.values()},
            **{f"write{name}": BOOLEAN for name in ADLSEQ_MAPS.values()},
        },
        required=frozenset(("targetObjectiveID",)),
    ),
}

IMSSS = {
    "imsss:sequencingCollection": _element("sequencing+"),
    "imsss:sequencing": _element(
        "controlMode?, sequencingRules?, limitConditions?, auxiliaryResources?, rollupRules?, "
        "objectives?, randomizationControls?, deliveryControls?",
        others=True,
        ID=ID,
        IDRef=IDREF,
    ),
    "imsss:controlMode": _element(
        choice=BOOLEAN,
        choiceExit=BOOLEAN,
        flow=BOOLEAN,
        forwardOnly=BOOLEAN,
        useCurrentAttemptObjectiveInfo=BOOLEAN,
        useCurrentAttemptProgressInfo=BOOLEAN,
    ),
    "imsss:sequencingRules": _element("preConditionRule*, exitConditionRule*, postConditionRule*"),
    "imsss:preConditionRule": _element("ruleConditions?, ruleAction"),
    "imsss:exitConditionRule": _element("ruleConditions?, ruleAction"),
    "imsss:postConditionRule": _element("ruleConditions?, ruleAction"),
    "imsss:preConditionRule/ruleAction": _element(action_=_one_of(PRECONDITION)),
    "imsss:exitConditionRule/ruleAction": _element(action_=_one_of(EXIT)),
    "imsss:postConditionRule/ruleAction": _element(action_=_one_of(POSTCONDITION)),
    "imsss:ruleConditions": _element("ruleCondition+", conditionCombination=_one_of(COMBINATIONS)),
    "imsss:ruleCondition": _element(
        referencedObjective=URL,
        measureThreshold=MEASURE,
        operator=_one_of(OPERATORS),
        condition_=_one_of(CONDITIONS),
    ),
    "imsss:limitConditions": _element(
        attemptLimit=COUNT,
        attemptAbsoluteDurationLimit=DURATION,
        attemptExperiencedDurationLimit=DURATION,
        activityAbsoluteDurationLimit=DURATION,
        activityExperiencedDurationLimit=DURATION,
        beginTimeLimit=MOMENT,
        endTimeLimit=MOMENT,
    ),
    "imsss:auxiliaryResources": _element("auxiliaryResource*"),
    "imsss:auxiliaryResource": _element(auxiliaryResourceID_=URL, purpose_=TEXT),
    "imsss:rollupRules": _element(
        "rollupRule*",
        rollupObjectiveSatisfied=BOOLEAN,
        rollupProgressCompletion=BOOLEAN,
        objectiveMeasureWeight=SHARE,
    ),
    "imsss:rollupRule": _element(
        "rollupConditions, rollupAction",
        childActivitySet=_one_of(CHILD_SETS),
        minimumCount=COUNT,
        minimumPercent=SHARE,
    ),
    "imsss:rollupConditions": _element(
        "rollupCondition+", conditionCombination=_one_of(COMBINATIONS)
    ),
    "imsss:rollupCondition": _element(
        operator=_one_of(OPERATORS), condition_=_one_of(ROLLUP_CONDITIONS)
    ),
    "imsss:rollupAction": _element(action_=_one_of(ROLLUP)),
    "imsss:objectives": _element("primaryObjective, objective*"),
    "imsss:primaryObjective": _element(
        "minNormalizedMeasure?, mapInfo*", satisfiedByMeasure=BOOLEAN, objectiveID=URL
    ),
    "imsss:objective": _element(
        "minNormalizedMeasure?, mapInfo*", satisfiedByMeasure=BOOLEAN, objectiveID_=URL
    ),
    "imsss:minNormalizedMeasure": _element(text=MEASURE_OR_DEFAULT),
    "imsss:mapInfo": _element(
        targetObjectiveID_=URL,
        readSatisfiedStatus=BOOLEAN,
        readNormalizedMeasure=BOOLEAN,
        writeSatisfiedStatus=BOOLEAN,
        writeNormalizedMeasure=BOOLEAN,
    ),
    "imsss:randomizationControls": _element(
        randomizationTiming=TIMING,
        selectCount=COUNT,
        reorderChildren=BOOLEAN,
        selectionTiming=TIMING,
    ),
    "imsss:deliveryControls": _element(
        tracked=BOOLEAN, completionSetByContent=BOOLEAN, objectiveSetByContent=BOOLEAN
    ),
}

UNUSED = frozenset(
    (
        *("attemptExperiencedDurationLimit", "activityAbsoluteDurationLimit"),
        *("activityExperiencedDurationLimit", "beginTimeLimit", "endTimeLimit"),
    )
)
"""Limits that IMS has and that SCORM says are not evaluated (CAM 5.1.3; SN 3.5)."""

ITEM, BOTH = ("imscp:item",), ("imscp:item", "imscp:organization")
PLACES_12 = {
    "adlcp:location": ("imscp:metadata",),
    "adlcp:schema": ("imscp:metadata",),
    "adlcp:schemaversion": ("imscp:metadata",),
    "adlcp:prerequisites": ITEM,
    "adlcp:maxtimeallowed": ITEM,
    "adlcp:timelimitaction": ITEM,
    "adlcp:datafromlms": ITEM,
    "adlcp:masteryscore": ITEM,
    "lom:lom": ("imscp:metadata",),
}
PLACES_2004 = {
    **dict.fromkeys(_packaging(Edition.THIRD), ()),
    "adlcp:location": ("imscp:metadata",),
    "adlcp:dataFromLMS": ITEM,
    "adlcp:timeLimitAction": ITEM,
    "adlcp:completionThreshold": BOTH,
    "adlnav:presentation": ITEM,
    "adlnav:navigationInterface": (),
    "adlnav:hideLMSUI": (),
    "imsss:sequencing": BOTH,
    "imsss:sequencingCollection": ("imscp:manifest",),
    "adlseq:constrainedChoiceConsiderations": ("imsss:sequencing",),
    "adlseq:rollupConsiderations": ("imsss:sequencing",),
    "lom:lom": ("imscp:metadata",),
}
PLACES_4TH = PLACES_2004 | {
    "adlcp:data": ITEM,
    "adlcp:map": (),
    "adlseq:objectives": ("imsss:sequencing",),
    "adlseq:objective": (),
    "adlseq:mapInfo": (),
}


@cache
def grammar(edition: Edition) -> Grammar:
    """The tables of an edition."""
    if edition is Edition.SCORM_12:
        return Grammar(
            NAMESPACES_12,
            _packaging(edition) | ADLCP_12 | {"lom:lom": Element()},
            {"adlcp:scormtype": SCORM_TYPE, "xml:base": TEXT, "xml:lang": LANGUAGE},
            PLACES_12,
            False,
        )
    fourth = edition is Edition.FOURTH
    hideable = HIDEABLE_2ND if edition is Edition.SECOND else tuple(HIDEABLE.values())
    elements = {
        **_packaging(edition),
        **ADLCP_2004,
        "adlnav:presentation": _element("navigationInterface?"),
        "adlnav:navigationInterface": _element("hideLMSUI*"),
        "adlnav:hideLMSUI": _element(text=_one_of(hideable)),
        **ADLSEQ,
        **IMSSS,
        "lom:lom": Element(),
    }
    attributes = {
        "adlcp:scormType": SCORM_TYPE,
        "adlseq:objectivesGlobalToSystem": BOOLEAN,
        "xml:base": URL,
        "xml:lang": LANGUAGE_OR_NONE,
        "xml:space": _one_of(("default", "preserve")),
    }
    if edition is Edition.SECOND:
        attributes["adlcp:persistState"] = BOOLEAN
        elements["adlcp:location"] = _element(text=TEXT)
    if fourth:
        elements |= ADLCP_4TH | ADLSEQ_4TH
        attributes["adlcp:sharedDataGlobalToSystem"] = BOOLEAN
    return Grammar(
        NAMESPACES_2004, elements, attributes, PLACES_4TH if fourth else PLACES_2004, fourth
    )
