"""What an item shows because of a value: feedback, template content, modal feedback.

QTI 2.2 §10.1: an element names a variable and an identifier, and is shown, or hidden, when the
variable has or holds the identifier.
"""

from collections.abc import Mapping
from typing import Any

from lxml import etree

BY_OUTCOME = frozenset(("feedbackBlock", "feedbackInline", "modalFeedback", "testFeedback"))


def condition(element: etree._Element) -> tuple[str, str] | None:
    """The variable and the identifier that decide about an element; None when nothing does.

    Feedback names an outcome variable; template content, and any choice may too, a template
    variable.
    """
    name = "outcomeIdentifier" if element.tag in BY_OUTCOME else "templateIdentifier"
    variable = element.get(name)
    return None if variable is None else (str(variable), str(element.get("identifier", "")))


def is_shown(element: etree._Element, values: Mapping[str, Any]) -> bool:
    """Whether an element is to be seen.

    :param values: the plain values of outcome and template variables
    """
    decided = condition(element)
    if decided is None:
        return True
    variable, identifier = decided
    value = values.get(variable)
    has_it = identifier in value if isinstance(value, list) else value == identifier
    return has_it is (element.get("showHide", "show") != "hide")


def shown(elements: list[etree._Element], values: Mapping[str, Any]) -> list[str]:
    """The identifiers of the elements that are to be seen, in order."""
    return [str(each.get("identifier", "")) for each in elements if is_shown(each, values)]
