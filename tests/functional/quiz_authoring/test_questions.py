"""Questions are put into the sections of a quiz, moved, and taken out."""

from fractions import Fraction

import pytest

from assessments.bank import categories, items
from assessments.quizzes import editing
from assessments.quizzes.sections import sections_of, slots
from sites import NOW
from tests.assessments.attempts.making import single
from tests.assessments.examples import EXAMPLES
from tests.functional.quiz_authoring.pages import (
    begin,
    form_to,
    form_with,
    messages,
    press,
    stored,
)


def asked(site) -> list[list[str]]:
    """The names of what each section asks."""

    def read(quiz):
        found = quiz.__parent__.__parent__.bank.items
        return [
            [found[slot.item].current.name if slot.item else "?" for slot in section.slots]
            for section in sections_of(quiz)
        ]

    return stored(site, read)


@pytest.fixture
def law(site):
    """A category with questions in every state; its id."""
    with site.write() as root:
        bank = root["site"].bank
        home = categories.make(bank, "Law")
        for name, state in (("statute", "ready"), ("draft", "draft"), ("old", "retired")):
            items.add(bank, home, single(name), {}, now=NOW, by="", state=state, tags=(name,))
        return home.__name__


def test_questions_are_ticked_in_the_bank_and_put_into_a_section(site, author, quiz, law):
    page = press(author.get(f"{quiz}/questions"), "add:section0")
    form = form_with(page, "item")
    form["item"] = True

    after = form.submit().follow()

    assert "The questions are in the quiz." in messages(after)
    assert asked(site) == [["one", "two", EXAMPLES["description"].name, "statute"]]


def names(page) -> list[str]:
    return [each.get_text(strip=True) for each in page.html.select("th > bdi, th label")]


def test_what_is_asked_already_or_retired_cannot_be_ticked(author, quiz, law):
    page = author.get(f"{quiz}/add")

    assert set(names(page)) == {"one", "two", EXAMPLES["description"].name, "statute"}
    assert len(page.html.select("input[name=item]")) == 1
    assert "asked already" in page


def test_questions_of_the_bank_are_filtered(author, quiz, law):
    def found(**query) -> list[str]:
        return names(author.get(f"{quiz}/add", query))

    assert found(words="statute") == ["statute"]
    assert found(category=law) == ["statute"]
    assert found(state="draft") == ["draft"]
    assert found(state="retired", category=law) == ["statute"]
    assert found(tag="statute") == ["statute"]
    assert found(kind="description") == [EXAMPLES["description"].name]
    assert found(sort="-name")[0] == "two"
    assert "No question fits" in author.get(f"{quiz}/add", {"words": "nothing"})


def test_a_bank_without_questions_leads_to_where_they_are_written(site, author):
    with site.write() as root:
        made = editing.make(root["site"].quizzes, "Empty", now=NOW).__name__

    page = author.get(f"/quizzes/{made}/add")

    assert page.html.find("a", string="To the question bank")["href"].endswith("/bank/")


def test_nothing_ticked_is_told(author, quiz, law):
    form = form_with(author.get(f"{quiz}/add?section=section0"), "item")

    page = form.submit().follow()

    assert "Tick the questions first" in messages(page)
    assert page.request.GET["section"] == "section0"


def test_a_question_of_a_private_category_is_not_put_in_by_its_id(site, author, quiz, law):
    with site.write() as root:
        bank = root["site"].bank
        home = categories.make(bank, "Hers", owner="person:somebody", access="private")
        secret = items.add(bank, home, single("secret"), {}, now=NOW, by="").__name__
    form = form_with(author.get(f"{quiz}/add"), "item")
    token = form["csrf_token"].value

    author.post(f"{quiz}/add", {"csrf_token": token, "item": secret, "section": ""})

    assert "secret" not in asked(site)[0]
    assert "secret" not in author.get(f"{quiz}/add")


def test_more_questions_than_a_quiz_can_have_are_refused(site, author, quiz, law, monkeypatch):
    monkeypatch.setattr("assessments.quizzes.sections.MOST_SLOTS", 3)
    form = form_with(author.get(f"{quiz}/add"), "item")
    form["item"] = True

    page = form.submit().follow()

    assert "at most 3 questions" in messages(page)
    assert len(asked(site)[0]) == 3


def test_buttons_move_questions_also_between_sections_and_keep_what_is_typed(site, author, quiz):
    page = press(author.get(f"{quiz}/questions"), "section", mark_slot0="1/3")
    page = press(page, "down:slot2", mark_slot1="0.5")
    page = press(page, "up:slot1")

    marks = stored(site, lambda found: [slot.mark for slot in slots(sections_of(found))])
    assert asked(site) == [["two", "one"], [EXAMPLES["description"].name]]
    assert marks == [Fraction(1, 2), Fraction(1, 3), None]
    assert page.html.select_one(".total").get_text(strip=True) == "Marks in all: 0.83 (5/6)"


def test_a_question_is_taken_out(site, author, quiz):
    press(author.get(f"{quiz}/questions"), "out:slot0")

    assert asked(site) == [["two", EXAMPLES["description"].name]]


def test_a_section_that_was_filled_in_the_meantime_stays(site, author, quiz):
    page = press(author.get(f"{quiz}/questions"), "section")
    (_full, empty) = stored(site, sections_of)
    press(page, "down:slot2")

    refused = press(page, f"section-out:{empty.id}")

    assert refused.status_int == 400
    assert "There are questions in this section" in refused
    assert asked(site) == [["one", "two"], [EXAMPLES["description"].name]]


def test_a_mark_that_is_none_comes_back_with_the_reason_and_nothing_is_changed(site, author, quiz):
    page = press(author.get(f"{quiz}/questions"), "out:slot1", mark_slot0="many")

    assert page.status_int == 400
    assert page.html.select_one(".errors a").string == "Question 1"
    assert page.html.select_one("#mark-slot0")["value"] == "many"
    assert len(asked(site)[0]) == 3


def test_what_is_wrong_in_a_section_is_told_with_its_number(author, quiz):
    page = press(author.get(f"{quiz}/questions"), "save", pick_section0="some")

    assert page.status_int == 400
    (link,) = page.html.select(".errors a")
    assert link.string == "Section 1: How many of the questions are asked"
    assert page.html.select_one("details.group").has_attr("open")


def test_a_section_is_described_and_asks_some_of_its_questions(site, author, quiz):
    page = press(
        author.get(f"{quiz}/questions"),
        "save",
        title_section0="Part one",
        intro_section0="Read *this*.",
        pick_section0="1",
    )

    (section,) = stored(site, sections_of)
    assert "The questions are saved." in messages(page)
    assert (section.title, section.intro, section.pick) == ("Part one", "Read <em>this</em>.", 1)
    assert "asks 1 of 3" in page
    assert "from 0 to 1, as chance has it" in page.html.select_one(".total").get_text()


def test_saving_without_a_change_says_nothing(author, quiz):
    assert messages(press(author.get(f"{quiz}/questions"), "save")) == ""


def test_a_version_is_pinned(site, author, quiz):
    with site.write() as root:
        item = root["site"].bank.items["item0"]
        items.save(item, single("changed"), {}, now=NOW, by="")

    page = press(author.get(f"{quiz}/questions"), "save", version_slot0="1")

    assert stored(site, lambda found: slots(sections_of(found))[0].version) == 1
    assert page.html.select_one("#version-slot0 option[selected]")["value"] == "1"
    assert page.html.select_one("#slot-slot0 bdi").string == "one"


def test_what_is_not_in_order_is_told_beside_the_question(site, author, quiz):
    with site.write() as root:
        bank = root["site"].bank
        bank.items["item0"].state = "draft"
        del bank.items["item1"]

    page = author.get(f"{quiz}/questions")

    assert "is a draft" in page.html.select_one("#slot-slot0 .problem").string
    assert "not in the bank any more" in page.html.select_one("#slot-slot1 .problem").string


def test_a_question_that_its_author_keeps_private_is_named_without_a_link(site, author, quiz):
    with site.write() as root:
        home = root["site"].bank.items["item0"].category
        home.access, home.owner = "private", "person:somebody"

    row = author.get(f"{quiz}/questions").html.select_one("#slot-slot0")

    assert row.bdi.string == "one"
    assert row.a is None


def test_what_its_author_keeps_private_is_neither_copied_nor_asked_in_another_version(
    site, author, quiz
):
    with site.write() as root:
        bank = root["site"].bank
        item = bank.items["item0"]
        home = categories.make(bank, "Hers", owner="person:somebody", access="private")
        item.category = home
    sent = form_with(author.get(f"{quiz}/questions"), "mark-slot0").submit_fields()
    sent = [*sent, ("version-slot0", "1"), ("do", "save")]
    assert "Choose one of the versions." in author.post(f"{quiz}/questions", sent, status=400)

    page = form_to(author.get(f"{quiz}/edit"), "duplicate").submit().follow()

    assert "Questions that their authors keep private are left out." in messages(page)
    assert "one" not in [each.string for each in page.click("Questions").html.select(".slot bdi")]


def test_questions_say_who_has_begun_with_what_stood_before(site, author, quiz):
    begin(site, "l-1")

    assert "It keeps the questions, marks and order" in messages(author.get(f"{quiz}/questions"))


def test_questions_of_chance_are_counted_and_put_in(site, author, quiz, law):
    page = press(author.get(f"{quiz}/questions"), "chance:section0")
    counted = press(page, "count", category=law)
    after = press(counted, "add", mark="1/3")

    assert "Questions like this: 1" in messages(counted)
    assert "The questions of chance are in the quiz." in messages(after)
    assert asked(site)[0][-1] == "?"
    assert "One by chance from Law" in after
    assert stored(site, lambda found: slots(sections_of(found))[-1].mark) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"count": "2"}, "count"),
        ({"count": "0"}, "count"),
        ({"count": "101"}, "count"),
        ({"count": "some"}, "count"),
        ({"tags": "statute, unheard-of"}, "count"),
        ({"mark": "0"}, "mark"),
    ],
)
def test_chance_that_cannot_be_is_refused_with_the_reason(site, author, quiz, law, typed, field):
    page = press(author.get(f"{quiz}/chance"), "add", **{"category": law, **typed})

    assert page.status_int == 400
    assert page.html.select_one(".errors a")["href"] == f"#{field}"
    assert len(asked(site)[0]) == 3


def test_chance_beyond_what_a_quiz_can_have_is_refused(site, author, quiz, law, monkeypatch):
    monkeypatch.setattr("assessments.quizzes.sections.MOST_SLOTS", 3)

    page = press(author.get(f"{quiz}/chance"), "add", category=law)

    assert "at most 3 questions" in page.html.select_one(".errors").text


def test_chance_without_a_category_says_that_there_is_none(site, author):
    with site.write() as root:
        made = editing.make(root["site"].quizzes, "Empty", now=NOW).__name__

    page = press(author.get(f"/quizzes/{made}/chance"), "add")

    assert page.status_int == 400
    assert page.html.select_one(".errors a")["href"] == "#category"
