"""An author writes a question in Chromium: with the keyboard alone and without script, on a phone,
and on a site whose command line takes questions while it runs."""

import base64

import pytest
from playwright.sync_api import expect

from browsers import signed_in
from tests.assessments.examples import png


@pytest.fixture
def author(chromium, server):
    """A page of the author's, on a phone, without script."""
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield signed_in(context, server, "author")
    context.close()


def press(page, name):
    """Reach a button or a link by the keyboard, and press it."""
    target = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
    target.focus()
    target.press("Enter")


def test_a_question_is_written_by_keyboard_and_without_script(author, server):
    page = author
    page.goto(f"{server.url}/bank/")
    press(page, "Make a first category")
    press(page, "Add a question")
    press(page, "Choice")
    page.get_by_label("Name").fill("Breath")
    page.get_by_label("Question", exact=True).fill("Which breath **calms**?")
    for number, (text, share) in enumerate((("A long one", "100"), ("A short one", "0")), 1):
        answer = page.get_by_role("group", name=f"Answer {number}")
        answer.get_by_label("Answer", exact=True).fill(text)
        answer.get_by_label("Share of the mark, in percent").fill(share)
    press(page, "More empty rows Answers")
    expect(page.get_by_role("group", name="Answer 6")).to_have_count(1)
    page.get_by_label("Another file").first.set_input_files(
        {"name": "lungs.png", "mimeType": "image/png", "buffer": png(40, 30, [])}
    )
    press(page, "Put it into the bank")
    assert "what the picture shows" in page.get_by_role("alert").inner_text()
    body = page.get_by_label("Question", exact=True)
    body.fill(body.input_value().replace("![]", "![Two lungs]"))
    press(page, "Put it into the bank")

    expect(page.get_by_role("heading", name="Breath")).to_be_visible()
    expect(page.get_by_role("img", name="Two lungs")).to_be_visible()
    page.get_by_role("radio", name="A long one").focus()
    page.keyboard.press("Space")
    press(page, "See the marking")
    expect(page.get_by_text("This answer brings 100 % of the mark")).to_be_visible()


def test_questions_come_and_go_while_the_site_runs(server, tmp_path):
    file = tmp_path / "night.gift"
    file.write_text("::Coffee:: Coffee helps to sleep. {FALSE}\n", "utf-8")

    brought = server.run("questions", "import", str(file), "--bank", "Care/Night")
    given = server.run("questions", "export", "Care", "--format", "gift")

    assert brought["added"] == 1
    assert b"::Coffee::" in base64.b64decode(given["content"])
