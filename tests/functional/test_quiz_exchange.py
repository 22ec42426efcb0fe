"""A quiz goes out as a package of QTI, and comes back as a quiz."""

import pytest
from webtest import Upload

from assessments.quizzes.plan import Section, Settings, from_plain
from quizzes import add_quiz
from tests.assessments.examples import ORDERING, SINGLE, TRUTH


@pytest.mark.parametrize("version", ["2.1", "2.2", "3.0"])
def test_a_quiz_that_was_exported_comes_in_again_with_its_sections(site, version):
    with site.write() as root:
        add_quiz(root["site"], [SINGLE, TRUTH, ORDERING], Settings(seconds=600), sections=2)
    author = site.signed_in("author")
    sent = author.get(f"/quizzes/quiz/qti?version={version}")
    assert sent.content_type == "application/zip"

    page = author.get("/bank/import")
    form = next(form for form in page.forms.values() if "path" in form.fields)
    form["upload:questions"] = Upload("quiz.zip", sent.body)
    form["path"] = "Came back"
    report = form.submit().follow()
    assert "A first conversation" in report.text
    take = next(form for form in report.forms.values() if "do" in form.fields)
    take.submit("do", value="take")

    with site.write() as root:
        (made,) = [each for each in root["site"].quizzes.values() if each.__name__ != "quiz"]
        assert made.title == "A first conversation"
        sections = [from_plain(Section, each) for each in made.sections]
        assert [len(each.slots) for each in sections] == [2, 1]
        assert from_plain(Settings, made.settings).seconds == 600
        items = root["site"].bank.items
        kinds = [items[slot.item].current.kind for each in sections for slot in each.slots]
        assert kinds == ["choice", "truth", "ordering"]


def test_a_format_that_is_not_written_is_not_found(site):
    with site.write() as root:
        add_quiz(root["site"], [TRUTH])
    site.signed_in("author").get("/quizzes/quiz/qti?version=9", status=404)
    site.signed_in("member").get("/quizzes/quiz/qti", status=403)
