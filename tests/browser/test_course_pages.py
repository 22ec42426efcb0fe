"""A course that the builder makes, in our own player: everything works and no value is refused."""

import pytest

from lms.authoring import build
from lms.authoring.starting import start

pytestmark = pytest.mark.browser

FRENCH = """\
title = "Comment écrire un cours"
summary = "Un petit cours sur sa propre fabrication."
notice = "Ceci est un exemple. Personne ne l’a approuvé."

[quiz]
title = "Quiz final"
"""


@pytest.fixture
def package(tmp_path):
    """Call it with a standard: the course that ``tutela courses new`` begins, half in French."""

    def of(standard):
        folder = tmp_path / "course"
        start(folder)
        (folder / "fr").mkdir()
        (folder / "fr" / "course.toml").write_text(FRENCH, "utf-8")
        part = (folder / "01-what-a-part-can-do.md").read_text("utf-8")
        part = part.replace('title = "What a part can do"', 'title = "Ce que peut une partie"')
        (folder / "fr" / "01-what-a-part-can-do.md").write_text(part, "utf-8")
        return build(folder, tmp_path / f"course-{standard}.zip", standard).file

    return of


def answer_all(sco):
    """Answer every question that is shown, each with what stands first."""
    hand_in = sco.get_by_role("button", name="Hand in")
    hand_in.wait_for()
    for name in sco.locator("course-quiz fieldset:visible").evaluate_all(
        "all => all.map(each => each.id)"
    ):
        sco.locator(f"#{name} input").first.check()
    hand_in.click()


@pytest.mark.parametrize("standard", ["2004", "1.2"])
def test_a_built_course_works_in_the_player(visitor, published, package, standard):
    member = visitor()
    answers = []
    member.page.on("response", lambda answer: answers.append(answer))
    member.open(published(package(standard)), "Start")
    sco = member.sco
    answer_all(sco)
    sco.get_by_text("2 right. This is only for you").wait_for()
    sco.get_by_role("button", name="Mark as done").click()
    sco.get_by_text("This part is marked as done.").wait_for()
    member.saved()
    member.press("Continue")
    sco.get_by_role("heading", name="What a part can do").wait_for()
    sco.get_by_role("link", name="Français").click()
    sco.get_by_role("heading", name="Ce que peut une partie").wait_for()
    sco.locator("#p1-list input").first.check()
    sco.locator("course-check button").first.click()
    sco.locator("#p1-list-feedback").get_by_text("A list begins at the beginning").wait_for()
    sco.get_by_role("link", name="Leave it out for now").click()
    sco.get_by_text("The text is a little weaker and can be trusted.").wait_for()
    sco.locator("textarea").first.fill("Ask before they write.")
    with member.page.expect_download() as kept:
        sco.locator(".file").click()
    assert kept.value.suggested_filename == "p1-your-course.txt"
    sco.locator(".send").click()
    member.saved()
    commits = [each.json() for each in answers if "acknowledged" in _text(each)]
    assert len(commits) > 5
    assert [each["refused"] for each in commits if each.get("refused")] == []
    assert (member.problems, member.foreign) == ([], [])


def _text(answer) -> str:
    """What the server answers to the player; nothing for pages and files."""
    is_json = "application/json" in answer.headers.get("content-type", "")
    return answer.text() if is_json else ""
