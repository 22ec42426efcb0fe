"""Whether all that a credential says is signed (VC Data Integrity §2.4.1, JSON-LD "safe mode").

What is signed is the graph that a document means. A member that no context defines, or an address
that is none, means nothing: it is not signed, and anybody may write it into a genuine badge.
"""

from threading import Lock
from typing import Any

from openbadgeslib.ob3.contexts import document_loader
from pyld import jsonld

from certificates.badges.signing import clr_contexts

UNDEFINED = "urn:x-undefined:"
RELATIVE = "urn-relative://x/"
LOCK = Lock()
"""PyLD's caches are shared by all threads and are not made for that."""


def all_signed(document: dict[str, Any]) -> bool:
    """Whether each member is a term that the document's own contexts define, and each id is an
    address of its own. The contexts are those we have; none is fetched.

    Its proof has to have been checked before: that bounds what is worked on here.

    :raises pyld.jsonld.JsonLdError: when it is no JSON-LD
    """
    if any(":" in key or (key.startswith("@") and key != "@context") for key in _keys(document)):
        return False
    # What no context defines becomes an address that is easily seen, instead of nothing.
    context = [*document["@context"], {"@vocab": UNDEFINED}]
    options = {"documentLoader": document_loader(clr_contexts()), "base": RELATIVE}
    with LOCK:
        expanded = jsonld.expand(document | {"@context": context}, options)
    return not any(
        text.startswith((UNDEFINED, RELATIVE)) or " " in text for text in _names(expanded)
    )


def _keys(value: Any):
    """Every member's name, at any depth."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _keys(each)


def _names(expanded: Any):
    """Every term, type and id of an expanded document."""
    if isinstance(expanded, list):
        for each in expanded:
            yield from _names(each)
    elif isinstance(expanded, dict) and "@value" not in expanded:
        for key, value in expanded.items():
            if key == "@id":
                yield value
            elif key == "@type":
                yield from value
            else:
                yield key
                yield from _names(value)
