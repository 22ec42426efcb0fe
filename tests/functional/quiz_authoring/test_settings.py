"""The rules of a quiz are set on one page."""

from datetime import UTC, datetime

from assessments.quizzes.plan import Overdue, See, Settings, When, from_plain
from tests.functional.quiz_authoring.pages import begin, form_with, messages, stored


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
