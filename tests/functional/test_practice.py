"""From the question bank to a quiz for practice, in one step; and how hard a question is."""

import re

import pytest

from assessments.bank import categories, items
from assessments.quizzes.plan import Behaviour, Settings
from assessments.quizzes.sections import sections_of
from quizzes import Taker, add_quiz
from sites import NOW
from tests.assessments.examples import ESSAY, SHORT, SINGLE, TRUTH


@pytest.fixture
def bank(site):
    """A category of the author with three questions, of which two are tagged, a draft, and one in a
    category that lies in it; its address."""
    with site.write() as root:
        found = root["site"].bank
        owner = f"person:{root['site'].people.by_username('author').id}"
        category = categories.make(found, "Talks", owner=owner)
        inner = categories.make(found, "Inner", owner=owner, parent=category)
        for place, question, tags in (
            (category, SINGLE, ("night",)),
            (category, TRUTH, ("night",)),
            (category, SHORT, ()),
            (category, ESSAY, ()),
            (inner, TRUTH, ()),
        ):
            item = items.add(found, place, question, {}, now=NOW, by=owner)
            item.state = "draft" if question is ESSAY else "ready"
            item.tags = tags
        return f"/bank/{category.__name__}/"


def words(page) -> str:
    return " ".join(page.html.find("main").get_text(" ").split())


def form_of(page):
    return next(form for form in page.forms.values() if "count" in form.fields)


def step(site, address: str):
    """From a list of questions to the form for a quiz."""
    page = site.signed_in("author").get(address)
    return page.click("Make a practice quiz")


def quiz(site):
    with site.write() as root:
        (made,) = root["site"].quizzes.values()
        return made.title, sections_of(made), made.settings, made.__name__


@pytest.mark.parametrize(
    ("query", "there", "below", "tags"),
    [("", 3, False, ()), ("?below=1", 4, True, ()), ("?tag=night", 2, False, ("night",))],
)
def test_of_a_category_or_a_tag_in_it_chance_draws(site, bank, query, there, below, tags):
    page = step(site, f"{bank}{query}")
    assert f"Questions like this: {there}" in words(page)
    form = form_of(page)
    assert (form["title"].value, form["count"].value) == ("Practice: Talks", str(there))
    form["count"] = "2"
    page = form.submit().follow()

    assert "The practice quiz is made." in words(page)
    title, (section,), settings, _key = quiz(site)
    assert (title, settings["practice"], settings["behaviour"]) == (
        "Practice: Talks",
        True,
        Behaviour.IMMEDIATE,
    )
    assert [(slot.item, slot.below, slot.tags) for slot in section.slots] == [("", below, tags)] * 2


def test_what_lies_in_a_category_and_is_private_is_practised_in_quizzes_of_its_owner_alone(
    site, bank
):
    with site.write() as root:
        found = root["site"].bank
        outer = found[bank.split("/")[2]]
        outer.access = "use"
        for each in found.categories():
            if each.parent is outer:
                each.access = "private"
        other = site.add_person(root["site"], "other", "author")
        hers = categories.make(
            found, "Hers", owner=f"person:{other.id}", parent=outer, access="private"
        )
        items.add(found, hers, TRUTH, {}, now=NOW, by=hers.owner)
    for who, there in (("author", 4), ("admin", 3)):
        page = site.signed_in(who).get(f"{bank}practice?below=1")
        assert f"Questions like this: {there}" in words(page)
    form = form_of(step(site, f"{bank}?below=1"))
    form["count"] = "4"
    form.submit()

    key = quiz(site)[3]
    with site.write() as root:
        root["site"].quizzes[key].takers = frozenset({"system.Authenticated"})
    assert Taker(site, "member", key).start().status_int == 200


def test_of_a_search_some_of_what_was_found_are_asked(site, bank):
    form = form_of(step(site, "/bank/search?tag=night"))
    assert form["title"].value == "Practice: night"
    form["count"] = "1"
    form.submit()

    _title, (section,), _settings, _key = quiz(site)
    assert (len(section.slots), section.pick, section.shuffle) == (2, 1, True)
    assert all(slot.item for slot in section.slots)


def test_a_search_for_everything_is_called_practice(site, bank):
    assert form_of(step(site, "/bank/search"))["title"].value == "Practice"


@pytest.mark.parametrize(("field", "value"), [("count", "9"), ("count", "0"), ("title", "x" * 999)])
def test_what_cannot_be_is_said_and_nothing_is_made(site, bank, field, value):
    form = form_of(step(site, bank))
    form[field] = value
    page = form.submit(status=400)
    assert page.html.select_one(".errors a")["href"] == f"#{field}"
    with site.write() as root:
        assert not list(root["site"].quizzes.values())


def test_where_nothing_can_be_practised_nothing_is_asked(site, bank):
    page = step(site, f"{bank}?state=draft")
    assert "No question fits." in words(page)
    assert not [form for form in page.forms.values() if "count" in form.fields]


def test_who_owns_a_category_and_writes_no_more_makes_no_quiz(site, bank):
    author = site.signed_in("author")
    with site.write() as root:
        root["site"].people.by_username("author").role = "member"
    assert author.get(f"{bank}practice", status=403)


def test_more_than_a_quiz_holds_is_refused(site, bank, monkeypatch):
    monkeypatch.setattr("assessments.quizzes.practice.MOST_SLOTS", 1)
    form = form_of(step(site, "/bank/search?tag=night"))
    assert "at most 1 questions" in words(form.submit(status=400))


def test_a_learner_is_told_after_each_question_and_nothing_counts(site, bank):
    form = form_of(step(site, f"{bank}?tag=night"))
    form.submit()
    key = quiz(site)[3]
    with site.write() as root:
        root["site"].quizzes[key].takers = frozenset({"system.Authenticated"})
    taker = Taker(site, "member", key)
    assert "This is for practice. It counts for nothing." in words(taker.quiz())
    taker.start()
    assert re.search(r"\bCheck\b", words(taker.look()))
    taker.hand_in()

    admin = site.signed_in("admin")
    assert "No statistics are made of it." in words(admin.get(f"/quizzes/{key}/statistics"))


def test_a_question_tells_how_hard_it_was_once_five_have_answered_it(site):
    with site.write() as root:
        add_quiz(root["site"], [TRUTH], Settings())
        for number in range(5):
            site.add_person(root["site"], f"person{number}", "member")
    address = "/bank/category0/item0/"
    author = site.signed_in("author")
    assert "Facility" not in words(author.get(address))
    for number in range(5):
        if number == 4:
            assert "fewer than five people" in words(author.get(address))
        taker = Taker(site, f"person{number}")
        taker.start()
        taker.answer(1, str(TRUTH.right) if number else str(not TRUTH.right))
        taker.hand_in()

    told = "Facility of the newest version: 80 % of the mark, on average of 5 answers."
    assert told in words(author.get(address))
