"""Essays and descriptions of Moodle."""

import pytest

from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html
from tests.assessments.exchange.files import MOODLE_XML, question, quiz
from tests.assessments.exchange.moodle_xml.reading import one, said, taken


def test_an_essay_has_its_limits_and_what_is_not_known_is_said():
    found = taken(MOODLE_XML["essay"])
    essay = found.entries[0].question
    assert essay == EssayQuestion(
        name="Essay",
        body=Html("Write"),
        rows=10,
        least_words=20,
        most_words=200,
        template="Dear",
        files=10,
        least_files=1,
        types=(
            "application/pdf",
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "image/svg+xml",
        ),
        size=1048576,
        for_markers=Html("<p>Be kind</p>"),
    )
    assert [(kind, message[:30]) for kind, _line, message in said(found)] == [
        ("changed", "Moodle sets no limit to files;"),
        ("left out", "These types of files are not k"),
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<responseformat>noinline</responseformat><attachments>1</attachments>", "none"),
        ("<responserequired>0</responserequired>", "optional"),
        ("", "required"),
    ],
)
def test_an_essay_asks_for_text_or_not(inside, text):
    assert one(quiz(question("essay", "a", "b", inside))).text == text


def test_a_template_keeps_its_lines_and_loses_its_mark_up():
    template = "<p>One<br>two</p><p><b>three</b></p>"
    inside = (
        f'<responsetemplate format="html"><text><![CDATA[{template}]]></text></responsetemplate>'
    )
    found = taken(quiz(question("essay", "a", "b", inside)))
    assert found.entries[0].question.template == "One\ntwo\n\nthree"
    assert said(found) == [("changed", 3, "The template of the essay lost its mark-up.")]


def test_a_description_asks_nothing_and_may_be_worth_nothing():
    assert one(MOODLE_XML["description"]).kind == "description"
