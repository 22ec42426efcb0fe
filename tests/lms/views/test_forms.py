"""Forms as pages show them, with every widget."""

import colander
import pytest
from deform import widget
from pyramid.response import Response

from lms.forms import NumberWidget, create_form, handle_form_submission
from lms.resources import Site


class Refused(Exception):
    pass


class Everything(colander.Schema):
    title = colander.SchemaNode(
        colander.String(), title="Title", validator=colander.Length(3, 10), description="Short."
    )
    summary = colander.SchemaNode(
        colander.String(), title="Summary", missing="", widget=widget.TextAreaWidget()
    )
    minutes = colander.SchemaNode(
        colander.Integer(), title="Minutes", missing=None, validator=colander.Range(1, 100)
    )
    weeks = colander.SchemaNode(
        colander.Integer(), title="Weeks", missing=None, widget=NumberWidget()
    )
    day = colander.SchemaNode(colander.Date(), title="Day", missing=None)
    language = colander.SchemaNode(
        colander.String(),
        title="Language",
        widget=widget.SelectWidget(values=(("en", "English"), ("ar", "<b>"))),
    )
    who = colander.SchemaNode(
        colander.String(),
        title="Who",
        widget=widget.RadioChoiceWidget(values=(("all", "All"), ("some", "Some"))),
        validator=colander.OneOf(("all", "some")),
    )
    parts = colander.SchemaNode(
        colander.Set(),
        title="Parts",
        missing=frozenset(),
        widget=widget.CheckboxChoiceWidget(values=(("a", "First"), ("b", "Second"))),
    )
    published = colander.SchemaNode(colander.Boolean(), title="Published", missing=False)
    code = colander.SchemaNode(
        colander.String(), title="Code", missing="", widget=widget.TextInputWidget(readonly=True)
    )
    secret = colander.SchemaNode(
        colander.String(), title="Secret", missing="", widget=widget.PasswordWidget()
    )


def everything(context, request):
    form = create_form(request, Everything(), buttons=(("Save", "save"), ("Publish", "publish")))

    def page(html):
        return {"title": "Everything", "form": html}

    def save(values):
        if values["title"] == "refuse me":
            raise Refused("The title is taken.")
        request.registry["saved"].append(values)
        return Response("saved")

    if request.method == "POST":
        return handle_form_submission(request, form, save, page, refusals=Refused)
    return page(form.render({"code": "A-1", "parts": {"b"}, "language": "ar"}))


def with_form(config):
    config.registry["saved"] = []
    renderer = "lms:templates/form.jinja2"
    config.add_view(everything, context=Site, name="everything", renderer=renderer)


@pytest.fixture
def form_site(make_site):
    return make_site(includes=(with_form,))


@pytest.fixture
def page(form_site):
    return form_site.browser().get("/everything")


def test_values_go_into_the_form_and_come_back_as_the_schema_says(form_site, page):
    form = page.forms["form"]
    assert form["language"].value == "ar"
    assert form.get("parts", index=1).checked
    form["title"], form["minutes"], form["day"] = "Steps", "40", "2027-03-31"
    form["who"], form["published"] = "some", True
    form.set("parts", True, index=0)
    assert form.submit("save").text == "saved"
    [values] = form_site.registry["saved"]
    assert str(values.pop("day")) == "2027-03-31"
    assert values == {
        "title": "Steps",
        "summary": "",
        "minutes": 40,
        "weeks": None,
        "language": "ar",
        "who": "some",
        "parts": {"a", "b"},
        "published": True,
        "code": "",
        "secret": "",
    }


def test_what_is_not_chosen_is_empty(form_site, page):
    form = page.forms["form"]
    form["title"], form["who"] = "Steps", "all"
    form.set("parts", False, index=1)
    form.submit("save")
    [values] = form_site.registry["saved"]
    assert (values["parts"], values["published"]) == (set(), False)


def test_every_field_has_a_label_of_its_own(page):
    form = page.html.find("form", id="form")
    fields = form.find_all(["input", "select", "textarea"])
    visible = [field for field in fields if field.get("type") != "hidden"]
    assert len(visible) == 12
    for field in visible:
        assert form.find("label", {"for": field["id"]}), field
    assert len({field["id"] for field in visible}) == len(visible)


def test_choices_stand_under_a_legend(page):
    assert [legend.text.split()[0] for legend in page.html.find_all("legend")] == ["Who", "Parts"]


def test_fields_that_may_stay_empty_say_so(page):
    assert "(optional)" in page.html.find("label", {"for": "form-minutes"}).text
    assert "(optional)" not in page.html.find("label", {"for": "form-title"}).text


def test_the_hint_belongs_to_its_field(page):
    hint = page.html.find(id="form-title")["aria-describedby"]
    assert page.html.find(id=hint).text == "Short."


def test_figures_get_the_keyboard_for_figures(page):
    assert page.html.find(id="form-minutes")["inputmode"] == "numeric"
    assert page.html.find(id="form-day")["type"] == "date"


def test_the_first_button_is_the_primary_one(page):
    buttons = page.html.find("form", id="form").find_all("button")
    assert [("primary" in button["class"], button.text) for button in buttons] == [
        (True, "Save"),
        (False, "Publish"),
    ]


def test_choices_are_shown_as_text(page):
    assert page.html.find("option", value="ar").text == "<b>"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", "Fill in this field."),
        ("title", "ab", "This is too short. Use at least 3 characters."),
        ("title", "x" * 11, "This is too long. Use at most 10 characters."),
        ("minutes", "four", "Write a number, in digits only."),
        ("minutes", "0", "This is too small. The least is 1."),
        ("minutes", "101", "This is too large. The most is 100."),
        ("day", "2027-02-30", "Write a date that exists, such as 2027-03-31."),
        ("who", None, "Choose one of the answers."),
    ],
)
def test_what_is_wrong_is_told_in_words_on_top_and_at_the_field(page, name, value, words):
    form = page.forms["form"]
    form["title"] = "Steps"
    if value is not None:
        form["who"] = "all"
        form[name] = value
    answer = form.submit("save", status=400)
    summary = answer.html.find("div", class_="errors")
    assert summary["role"] == "alert"
    assert summary.a["href"] == f"#form-{name}"
    assert summary.li.text.endswith(words)
    assert answer.html.find(id=f"form-{name}-problem").text == words


def test_nothing_is_lost_when_something_is_wrong(page):
    form = page.forms["form"]
    form["title"], form["summary"], form["minutes"] = "ab", "A <b> summary", "four"
    form["who"], form["published"], form["day"] = "some", True, "2027-03-31"
    form.set("parts", True, index=0)
    form["secret"] = "not shown again"
    answer = form.submit("save", status=400)
    again = answer.forms["form"]
    assert [again[name].value for name in ("title", "summary", "minutes", "who", "day")] == [
        "ab",
        "A <b> summary",
        "four",
        "some",
        "2027-03-31",
    ]
    assert again["published"].checked
    assert again.get("parts", index=0).checked
    assert "not shown again" not in answer.text


def test_a_refusal_of_the_service_stands_on_top_of_the_filled_in_form(page):
    form = page.forms["form"]
    form["title"], form["who"], form["summary"] = "refuse me", "all", "Kept"
    answer = form.submit("save", status=400)
    assert "The title is taken." in answer.html.find("div", class_="errors").text
    assert answer.forms["form"]["summary"].value == "Kept"


@pytest.mark.parametrize(
    "sent",
    [
        {"__start__": "title:mapping", "title": "x", "__end__": "title:mapping"},
        {"who": "nobody"},
        {"parts": "a"},
    ],
)
def test_what_the_form_cannot_send_is_refused_as_well(form_site, sent):
    browser = form_site.browser()
    token = browser.get("/everything").forms["form"]["csrf_token"].value
    browser.post("/everything", {"csrf_token": token, **sent}, status=400)


class Address(colander.Schema):
    town = colander.SchemaNode(colander.String(), title="Town", validator=colander.Length(max=5))
    floor = colander.SchemaNode(colander.Integer(), title="Floor", missing=None)


class InParts(colander.Schema):
    name = colander.SchemaNode(colander.String(), title="Name", part="Who")
    home = Address(title="Where to", description="If it should be sent.")


def in_parts(context, request):
    form = create_form(request, InParts(), buttons=(("Send", "send"),))

    def page(html):
        return {"title": "In parts", "form": html}

    if request.method == "POST":
        return handle_form_submission(request, form, lambda values: Response(str(values)), page)
    return page(form.render({"home": {"floor": request.GET["floor"]}} if request.GET else {}))


def with_form_in_parts(config):
    renderer = "lms:templates/form.jinja2"
    config.add_view(in_parts, context=Site, name="parts", renderer=renderer)


@pytest.fixture
def form_in_parts(make_site):
    return make_site(includes=(with_form_in_parts,)).browser()


def test_a_long_form_has_headings(form_in_parts):
    assert [part.text for part in form_in_parts.get("/parts").html.main.find_all("h2")] == ["Who"]


def test_fields_that_are_seldom_needed_stand_in_a_group_that_opens(form_in_parts):
    group = form_in_parts.get("/parts").html.find("details", class_="group")
    assert group.summary.text == "Where to"
    assert "If it should be sent." in group.text
    assert group.find("label", {"for": "form-home-town"})
    assert not group.has_attr("open")
    assert form_in_parts.get("/parts?floor=3").html.find("details", open=True)


def test_what_a_group_holds_belongs_together(form_in_parts):
    form = form_in_parts.get("/parts").forms["form"]
    form["name"], form["town"], form["floor"] = "Mina", "Cairo", "3"
    assert form.submit("send").text == "{'name': 'Mina', 'home': {'town': 'Cairo', 'floor': 3}}"


def test_what_is_wrong_in_a_group_is_told_like_any_other(form_in_parts):
    form = form_in_parts.get("/parts").forms["form"]
    form["town"] = "Nairobi"
    answer = form.submit("send", status=400)
    links = answer.html.find("div", class_="errors").find_all("a")
    assert [link["href"] for link in links] == ["#form-name", "#form-home-town"]
    assert answer.html.find("details", class_="group").has_attr("open")
    assert answer.html.find(id="form-home-floor")["inputmode"] == "numeric"
    assert answer.forms["form"]["town"].value == "Nairobi"


class OneField(colander.Schema):
    name = colander.SchemaNode(colander.String(), title="Name")


def for_another_address(context, request):
    form = create_form(
        request, OneField(), buttons=(("Go", "go"),), action="/elsewhere", formid="second"
    )
    return {"title": "Another address", "form": form.render()}


def with_second_form(config):
    renderer = "lms:templates/form.jinja2"
    config.add_view(for_another_address, context=Site, name="second", renderer=renderer)


def test_a_form_may_be_sent_to_another_address_under_ids_of_its_own(make_site):
    page = make_site(includes=(with_second_form,)).browser().get("/second")
    assert page.forms["second"].action == "/elsewhere"
    assert page.html.find(id="second-name")
