"""Questions as they are read from Moodle XML, and what is said of them."""

from assessments.exchange import moodle_xml


def taken(text):
    return moodle_xml.read(text.encode())


def one(text):
    (entry,) = taken(text).entries
    return entry.question


def said(found):
    return [(each.kind.value, each.line, each.message.interpolate()) for each in found.remarks]
