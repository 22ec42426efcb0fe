"""Quizzes as authors make them: found, made, given rules, questions and exceptions, tried out."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from assessments.attempts.start import start
from assessments.attempts.timing import left
from assessments.bank import categories, items
from assessments.quizzes import editing
from assessments.quizzes.exceptions import override_of
from assessments.quizzes.plan import Overdue, See, Settings, When, from_plain, to_plain
from assessments.quizzes.sections import sections_of, slots
from lms.services import audit
from quizzes import add_quiz
from sites import NOW
from tests.assessments.attempts.making import single
from tests.assessments.examples import EXAMPLES


def form_with(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def form_to(page, word):
    return next(form for form in page.forms.values() if word in form.action)


def press(page, button, **typed):
    """Press a button of the form that has it, having typed something; the page that follows."""
    form = form_with(page, "do")
    for name, text in typed.items():
        form[name.replace("_", "-")] = text
    answer = form.submit("do", value=button, expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


@pytest.fixture
def author(site):
    return site.signed_in("author")


@pytest.fixture
def quiz(site):
    """The address of a quiz with three questions."""
    with site.write() as root:
        made = add_quiz(root["site"], [single("one"), single("two"), EXAMPLES["description"]])
        made.takers = frozenset()
    return "/quizzes/quiz"


def stored(site, read):
    """What a function of the quiz gives, in a transaction of its own."""
    with site.write() as root:
        return read(root["site"].quizzes["quiz"])


def asked(site) -> list[list[str]]:
    """The names of what each section asks."""

    def read(quiz):
        found = quiz.__parent__.__parent__.bank.items
        return [
            [found[slot.item].current.name if slot.item else "?" for slot in section.slots]
            for section in sections_of(quiz)
        ]

    return stored(site, read)


def messages(page) -> str:
    return " ".join(each.get_text(" ", strip=True) for each in page.html.select(".notice"))


# Finding, making, removing


def test_an_author_without_quizzes_is_told_what_they_are_for(author):
    page = author.get("/quizzes/")

    assert "A quiz asks questions from the question bank" in page
    assert page.html.find("a", string="Make the first quiz")["href"].endswith("/quizzes/add")


def test_an_author_makes_a_quiz_by_its_title_and_is_led_to_its_questions(site, author):
    form = form_with(author.get("/quizzes/add"), "title")
    form["title"] = "Before the course"

    page = form.submit().follow()

    assert page.request.path.endswith("/questions")
    assert page.html.h1.string == "Before the course"
    assert "There are no questions yet." in messages(page)
    with site.write() as root:
        (made,) = root["site"].quizzes.values()
        author_id = root["site"].people.by_username("author").id
    assert made.owner == f"person:{author_id}"


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_a_quiz_without_a_usable_title_is_not_made(site, author, title):
    form = form_with(author.get("/quizzes/add"), "title")
    form["title"] = title

    page = form.submit(status=400)

    assert page.html.select_one(".errors a")["href"] == "#title"
    with site.write() as root:
        assert not list(root["site"].quizzes.values())


def test_quizzes_are_listed_with_what_an_author_wants_to_know(site, author, quiz):
    with site.write() as root:
        found = root["site"].quizzes["quiz"]
        found.settings = to_plain(Settings(closes=datetime(2027, 3, 5, 17, 0, tzinfo=UTC)))
        start(root["site"].bank, found, "l-1", (), NOW, random=Random(1))

    row = author.get("/quizzes/").html.select_one("tbody tr")

    said = {
        cell["data-label"]: cell.get_text(strip=True)
        for cell in row.find_all("td")
        if cell.has_attr("data-label")
    }
    assert said["Questions"] == "3"
    assert said["Closes on"] == "2027-03-05 17:00"
    assert (said["Attempts"], said["Needs marking"]) == ("1", "0")
    assert said["Courses"] == "–"


def test_quizzes_are_found_by_words_and_put_in_order_without_script(site, author, quiz):
    with site.write() as root:
        editing.make(root["site"].quizzes, "Zeal", now=NOW)

    page = author.get("/quizzes/")
    by_title = page.click("Title")
    found = author.get("/quizzes/", {"words": "zeal"})

    assert [row.get_text(strip=True) for row in page.html.select("tbody th")] == [
        "A first conversation",
        "Zeal",
    ]
    assert [row.get_text(strip=True) for row in by_title.html.select("tbody th")] == [
        "Zeal",
        "A first conversation",
    ]
    assert by_title.html.select_one("[aria-sort]")["aria-sort"] == "descending"
    assert len(found.html.select("tbody tr")) == 1
    assert "No quiz has these words" in author.get("/quizzes/", {"words": "nothing"})


def test_a_long_list_comes_in_pages(site, author):
    with site.write() as root:
        for number in range(51):
            editing.make(root["site"].quizzes, f"Quiz {number:02}", now=NOW)

    second = author.get("/quizzes/").click("Next page")

    assert [row.get_text(strip=True) for row in second.html.select("tbody th")] == ["Quiz 50"]
    assert len(author.get("/quizzes/?page=x").html.select("tbody tr")) == 50


def test_a_copy_is_made_with_one_button(site, author, quiz):
    page = form_to(author.get(f"{quiz}/edit"), "duplicate").submit().follow()

    assert page.html.h1.string == "A first conversation (2)"
    assert "This is the copy" in messages(page)


def test_a_quiz_that_nobody_needs_is_removed_after_a_question(author, quiz):
    page = author.get(f"{quiz}/remove")

    gone = form_with_button(page, "Remove this quiz").submit().follow()

    assert "The questions stay in the question bank." in page
    assert "is removed" in messages(gone)
    assert author.get(f"{quiz}/edit", status=404)


def form_with_button(page, words):
    return next(form for form in page.forms.values() if words in form.text)


def test_a_quiz_that_somebody_has_begun_says_why_it_stays(site, author, quiz):
    token = form_with_button(author.get(f"{quiz}/remove"), "Remove this quiz")
    begin(site, "l-1")

    page = token.submit().follow()

    assert "What learners answered is kept" in page
    assert author.get(f"{quiz}/edit").status_int == 200


def begin(site, learner, **more) -> None:
    """A learner begins the quiz."""
    with site.write() as root:
        found = root["site"]
        start(
            found.bank,
            found.quizzes["quiz"],
            learner,
            more.get("groups", ()),
            datetime.now(UTC),
            random=Random(1),
        )


def test_a_quiz_that_learners_may_take_says_where_to_take_it_out(site, author, quiz):
    with site.write() as root:
        root["site"].quizzes["quiz"].takers = frozenset({"enrolled:care"})

    page = author.get(f"{quiz}/remove")

    assert "Take it out of its courses first" in page


@pytest.mark.parametrize(
    "name",
    ["edit", "questions", "add", "chance", "exceptions", "exception?who=x", "preview", "remove"],
)
def test_a_learner_who_may_take_the_quiz_sees_nothing_of_how_it_is_made(site, quiz, name):
    with site.write() as root:
        root["site"].quizzes["quiz"].takers = frozenset({"system.Authenticated"})

    assert site.signed_in("member").get(f"{quiz}/{name}", status=403)
    assert site.signed_in("member").get("/quizzes/", status=403)


# Settings


def test_every_rule_is_set_on_one_page(site, author, quiz):
    form = form_with(author.get(f"{quiz}/edit"), "behaviour")
    form["behaviour"] = "immediate"
    form["certainty"] = True
    form["opens"] = "2027-03-01T09:00"
    form["closes"] = "2027-03-05T17:00"
    form["minutes"] = "45"
    form["overdue"] = "grace"
    form["grace"] = "1.5"
    form["attempts"] = "3"
    form["counted"] = "average"
    form["pass_percent"] = "66.5"
    form["bands-0-least"] = "0"
    form["bands-0-html"] = "Read *again*."
    form["see-soon-answers"] = False

    page = form.submit("do", value="save").follow()
    settings = stored(site, lambda found: from_plain(Settings, found.settings))

    assert "The settings are saved." in messages(page)
    assert (settings.seconds, settings.grace, settings.overdue) == (2700, 90, Overdue.GRACE)
    assert settings.closes == datetime(2027, 3, 5, 17, 0, tzinfo=UTC)
    assert settings.bands[0].html == "Read <em>again</em>."
    assert See.ANSWERS not in settings.review[When.SOON]
    assert See.ANSWERS in settings.review[When.LATER]


def test_rules_that_cannot_be_so_come_back_with_the_reasons_and_everything_typed(
    site, author, quiz
):
    form = form_with(author.get(f"{quiz}/edit"), "behaviour")
    form["title"] = "Another title"
    form["opens"] = "2027-03-05T17:00"
    form["closes"] = "2027-03-01T09:00"
    form["see-soon-answers"] = False

    page = form.submit("do", value="save", status=400)

    assert "The quiz would close before it opens" in page.html.select_one(".errors").text
    assert page.html.select_one("#closes")["aria-invalid"] == "true"
    again = form_with(page, "behaviour")
    assert again["title"].value == "Another title"
    assert not again["see-soon-answers"].checked
    assert stored(site, lambda found: found.title) == "A first conversation"


def test_a_title_that_is_too_long_is_told_at_its_field(author, quiz):
    form = form_with(author.get(f"{quiz}/edit"), "behaviour")
    form["title"] = "x" * 201

    page = form.submit("do", value="save", status=400)

    assert page.html.select_one(".errors a")["href"] == "#title"


def test_more_rows_for_words_come_without_losing_anything(author, quiz):
    form = form_with(author.get(f"{quiz}/edit"), "behaviour")
    form["title"] = "Another title"

    page = form.submit("do", value="more:bands")

    again = form_with(page, "behaviour")
    assert "bands-4-least" in again.fields
    assert again["title"].value == "Another title"


def test_whoever_saved_in_the_meantime_is_not_written_over_unseen(site, author, quiz):
    mine = form_with(author.get(f"{quiz}/edit"), "behaviour")
    theirs = form_with(author.get(f"{quiz}/edit"), "behaviour")
    theirs["title"] = "Theirs"
    theirs.submit("do", value="save")
    mine["title"] = "Mine"

    refused = mine.submit("do", value="save", status=400)

    assert "Somebody changed this quiz" in refused
    assert stored(site, lambda found: found.title) == "Theirs"
    form_with(refused, "behaviour").submit("do", value="save").follow()
    assert stored(site, lambda found: found.title) == "Mine"


def test_the_matrix_is_a_table_with_headers(author, quiz):
    table = author.get(f"{quiz}/edit").html.select_one(".matrix table")

    assert len(table.select("thead th[scope=col]")) == 4
    assert len(table.select("tbody th[scope=row]")) == 7
    assert len(table.select("input[type=checkbox]")) == 4 * 7 - 1


def test_settings_say_who_has_begun(site, author, quiz):
    begin(site, "l-1")

    assert "1 attempt has begun." in messages(author.get(f"{quiz}/edit"))


# Questions


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
    return [each.get_text(strip=True) for each in page.html.select("tbody th > bdi, tbody label")]


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


# Exceptions


@pytest.fixture
def ana(site):
    """A learner of a centre; her id."""
    with site.write() as root:
        found = root["site"]
        person = site.add_person(found, "ana", "member")
        person.centre = "Tbilisi"
        found.quizzes["quiz"].settings = to_plain(Settings(seconds=1800))
        return person.learner_id


def go_on(page, **typed):
    ((name, text),) = typed.items()
    form = form_with(page, name)
    form[name] = text
    answer = form.submit(expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


def test_an_exception_is_told_before_it_is_kept_and_reaches_the_open_attempt(
    site, author, quiz, ana
):
    begin(site, ana)
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ANA")
    shown = press(page, "look", factor="1.5", reason="reads by ear")
    before = stored(site, lambda found: override_of(found, ana))

    after = press(shown, "save")

    said = shown.html.select_one("#effect").get_text(" ", strip=True)
    assert "What is different for Ana:" in said
    assert "Time for an attempt: 45 minutes instead of 30 minutes." in said
    assert "1 attempt is open now. It gets this at once." in said
    assert before is None
    assert "The exception for Ana is saved." in messages(after)
    with site.write() as root:
        (attempt,) = root["site"].quizzes["quiz"].attempts.values()
        assert left(attempt, attempt.started + timedelta(minutes=31)) == 14 * 60


def test_an_exception_for_a_centre_is_chosen_from_the_centres_that_there_are(
    site, author, quiz, ana
):
    page = author.get(f"{quiz}/exceptions")
    assert [each.string for each in page.html.select("#group option")] == ["Tbilisi"]

    shown = press(go_on(page, group="centre:Tbilisi"), "look", extra="10", reason="slow line")
    listed = press(shown, "save")

    assert "Exception for Tbilisi" in shown
    assert "It holds for everybody in this group" in shown
    row = listed.html.select_one("tbody tr").get_text(" ", strip=True)
    assert "Tbilisi" in row
    assert "+ 10 min" in row
    assert "slow line" in row


def test_every_part_of_an_exception_is_listed(site, author, quiz, ana):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ana")

    shown = press(
        page,
        "look",
        factor="2",
        opens="2027-03-01T09:00",
        closes="2027-03-05T17:00",
        attempts="0",
        reason="was away",
    )
    listed = press(shown, "save")

    row = listed.html.select_one("tbody tr").get_text(" ", strip=True)
    for said in ("× 2", "2027-03-01 09:00 UTC", "2027-03-05 17:00 UTC", "as many as they like"):
        assert said in row


def test_a_username_that_nobody_has_is_told(author, quiz):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="nobody")

    assert page.status_int == 400
    assert page.html.select_one("#learner")["value"] == "nobody"
    assert "Nobody has this username" in page


def test_an_exception_that_cannot_be_so_comes_back_with_the_reason(site, author, quiz, ana):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ana")

    refused = press(page, "look", factor="1.5", reason="")

    assert refused.status_int == 400
    assert refused.html.select_one(".errors a")["href"] == "#reason"
    assert refused.html.select_one("#factor")["value"] == "1.5"
    assert stored(site, lambda found: len(found.overrides)) == 0


def test_an_exception_without_a_difference_says_so(author, quiz, ana):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ana")

    shown = press(page, "look", factor="1", reason="asked for")

    assert "For Ana nothing is different from now." in messages(shown)


def test_an_exception_is_taken_back_on_a_page_of_its_own(site, author, quiz, ana):
    shown = press(
        go_on(author.get(f"{quiz}/exceptions"), learner="ana"), "look", factor="2", reason="x"
    )
    page = press(shown, "save").click("Ana").click("Take this exception back")

    after = form_with_button(page, "Take it back").submit().follow()

    assert "Time for an attempt: 30 minutes instead of 60 minutes." in messages(page)
    assert "There is no exception for Ana any more." in messages(after)
    assert stored(site, lambda found: len(found.overrides)) == 0
    again = author.get(f"{quiz}/exception-remove?who={ana}").follow()
    assert again.request.path.endswith("/exceptions")


def test_exceptions_are_noted_in_the_audit_trail(site, author, quiz, ana):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ana")
    page = press(press(page, "look", extra="5", reason="slow line"), "save")
    page = page.click("Ana").click("Take this exception back")
    button = form_with_button(page, "Take it back")
    button.submit()
    button.submit()

    with site.write() as root:
        entries, _further = audit.page(root["site"].audit)
    noted = [entry for entry in entries if entry["action"] == "quiz exception"]
    assert {entry["subject"] for entry in noted} == {"quiz"}
    assert [entry["details"] for entry in noted] == [
        {"for": ana, "exception": None},
        {"for": ana, "exception": {"extra": 300, "reason": "slow line"}},
    ]


@pytest.mark.parametrize("query", ["", "?who=", f"?who={'x' * 301}"])
def test_an_exception_for_nobody_is_not_found(author, quiz, query):
    assert author.get(f"{quiz}/exception{query}", status=404)


# Preview


def test_an_author_takes_the_quiz_in_an_attempt_that_counts_nowhere(site, author, quiz):
    page = author.get(f"{quiz}/preview")

    attempt = form_to(page, "start").submit().follow()

    assert attempt.status_int == 200
    assert "one?" in attempt
    assert stored(site, lambda found: editing.begun(found)) == 0
    assert stored(site, lambda found: [each.preview for each in found.attempts.values()]) == [True]
    assert author.get(f"{quiz}/preview").click("Go on with the last one").status_int == 200


def test_a_preview_says_what_a_learner_would_stumble_over(site, author, quiz):
    with site.write() as root:
        root["site"].bank.items["item0"].state = "draft"
        (section,) = root["site"].quizzes["quiz"].sections
        root["site"].quizzes["quiz"].sections = ({**section, "pick": 9},)

    page = author.get(f"{quiz}/preview")

    said = [each.get_text(" ", strip=True) for each in page.html.select(".notice li")]
    assert said == [
        "Section 1: This section is to ask 9 of its questions, and has only 3. It asks all.",
        "Question 1: This question is a draft. Nobody is asked it until it is ready.",
    ]


def test_a_quiz_that_nobody_can_begin_has_no_button(site, author):
    with site.write() as root:
        made = editing.make(root["site"].quizzes, "Empty", now=NOW).__name__

    page = author.get(f"/quizzes/{made}/preview")

    assert "There are no questions yet." in messages(page)
    assert "Begin a preview" not in page


def test_the_pages_of_a_quiz_lead_to_each_other(author, quiz):
    for name in ("edit", "questions", "exceptions", "preview"):
        tabs = author.get(f"{quiz}/{name}").html.select(".tabs a")

        assert [each.string for each in tabs] == [
            "Settings",
            "Questions",
            "Exceptions",
            "Preview",
            "Results",
        ]
        (current,) = (each for each in tabs if each.has_attr("aria-current"))
        assert current["href"].endswith(f"/{name}")
