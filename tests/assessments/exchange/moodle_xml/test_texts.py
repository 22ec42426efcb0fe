"""Categories, codes, names and texts of Moodle's questions."""

import pytest

from tests.assessments.exchange.files import question, quiz
from tests.assessments.exchange.moodle_xml.reading import one, taken


def category(path, info=""):
    return (
        f'<question type="category"><category><text>{path}</text></category>'
        f"<info><text>{info}</text></info></question>"
    )


def test_categories_hold_for_what_follows_in_whatever_order_they_come():
    ok = question("description", "ok", "ok")
    found = taken(
        quiz(
            category("$course$/top/A/B"),
            ok,
            category("$course$/top/A"),
            ok,
            category("top/Tom//Jerry/&lt;b&gt; &amp;amp;"),
            ok,
            category("$system$/top"),
            ok,
        )
    )
    assert [entry.category for entry in found.entries] == [
        ("A", "B"),
        ("A",),
        ("Tom/Jerry", "<b> &amp;"),
        (),
    ]
    assert found.remarks == ()


def test_identifiers_are_text_whatever_is_in_them():
    found = taken(quiz(question("essay", "a", "b", "<idnumber>&lt;i&gt;&amp;eacute; </idnumber>")))
    assert found.entries[0].code == "<i>&eacute;"


@pytest.mark.parametrize(
    ("form", "text", "body"),
    [
        ("html", "<p>a</p>", "<p>a</p>"),
        ("moodle_auto_format", "a\n<b>c</b>", "a<br><b>c</b>"),
        ("plain_text", "1 < 2", "1 &lt; 2"),
        ("markdown", "*a*", "<p><em>a</em></p>"),
        ("2", "<b>", "&lt;b&gt;"),
        ("", "a<br>b", "a<br>b"),
    ],
)
def test_texts_are_in_several_formats(form, text, body):
    element = f'<questiontext format="{form}"><text><![CDATA[{text}]]></text></questiontext>'
    assert one(f'<quiz><question type="essay">{element}</question></quiz>').body == body


def test_a_question_without_a_name_is_named_by_its_text():
    assert one(quiz(question("essay", "", "<p>a</p><p>b</p>"))).name == "a b"
    assert one(quiz(question("cloze", "", "a {1:SA:=b}"))).name == "a [[1]]"
