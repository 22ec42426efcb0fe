"""The formats in which questions come and go."""

import io
import zipfile

import pytest

from assessments.bank.formats import READ, WRITTEN, read
from assessments.exchange.detect import PACKAGE
from assessments.exchange.entries import Entry, Unreadable
from tests.assessments.examples import TRUTH


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_in_a_format_is_read_as_that_format(name):
    content, _remarks = WRITTEN[name].write([Entry(TRUTH)])
    form, taken = read(content)
    assert form == (PACKAGE if name.startswith("qti") else name)
    assert [entry.question.kind for entry in taken.entries] == ["truth"]


def test_a_file_that_is_no_such_format_is_refused_with_those_that_are_read():
    with pytest.raises(Unreadable) as refused:
        read(b"\x00\x01")
    assert all(each.label in refused.value.message.interpolate() for each in READ.values())


@pytest.mark.parametrize(
    ("files", "cut", "said"),
    [
        (["item.xml"], 0, "has no manifest"),
        ([], 0, "has no manifest"),
        (["imsmanifest.xml"], 9, "is damaged"),
    ],
)
def test_a_zip_that_cannot_be_read_is_told_by_what_is_wrong_with_it(files, cut, said):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in files:
            package.writestr(name, "<manifest/>")
    with pytest.raises(Unreadable, match=said):
        read(made.getvalue()[: len(made.getvalue()) - cut], "x.zip")
