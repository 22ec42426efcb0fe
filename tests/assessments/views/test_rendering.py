"""What a learner gets: harmless, named, and read-only in review with every verdict in words."""

import gzip
import re
from pathlib import Path

import pytest
import rcssmin
import rjsmin
from pyramid.i18n import TranslationString

from assessments.questions.base import Verdict
from assessments.questions.controls import (
    LONGEST,
    Area,
    Asked,
    Attach,
    Choose,
    Compose,
    Option,
    Pick,
    Picture,
    Point,
    Put,
    Write,
)
from assessments.questions.html import Html, safe
from assessments.views.rendering import Mark, render_html

STATIC = Path(__file__).resolve().parents[3] / "assessments/static"
CITIES = (Option("p", Html("Paris")), Option("r", Html("<b>Rome</b>")), Option("o", Html("Oslo")))
RIGHT, WRONG = Mark(Verdict.RIGHT), Mark(Verdict.WRONG, Html("<p>Look again.</p>"))
ROOM = Picture("a room.png", 300, 200, "A room")
DOOR = Area("door", "The door", "rect", (10, 10, 60, 100))
LAMP = Area("lamp", "The lamp", "circle", (200, 50, 20))


def choice(**more) -> Asked:
    return Asked(Html("<p>Which city?</p>"), (Choose("answer", "", CITIES, **more),))


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def described(page, tag) -> str:
    """What is said about a control to those who hear the page."""
    return " ".join(words(page.find(id=each)) for each in tag["aria-describedby"].split())


def test_a_question_is_a_fieldset_with_its_number(render):
    page = render(choice())
    assert page.fieldset["id"] == "q1"
    assert words(page.legend) == "Question 3"


def test_what_has_no_number_is_information(render):
    page = render(Asked(Html("<p>Now rest.</p>")), number="")
    assert words(page.fieldset) == "Information Now rest."
    assert page.find("input") is None


def test_options_are_named_by_the_question_and_send_their_numbers(render):
    page = render(choice(), {"answer": ("r",)})
    group = page.find(role="radiogroup")
    assert words(page.find(id=group["aria-labelledby"])) == "Which city?"
    assert described(page, group) == "Choose one."
    radio = page.find("input", id="q1-answer_2")
    assert (radio["name"], radio["value"], radio.has_attr("checked")) == ("q1-answer", "2", True)
    assert str(page.find("label", attrs={"for": "q1-answer_2"}).b) == "<b>Rome</b>"


@pytest.mark.parametrize(
    ("most", "said"), [(0, "You can choose more than one."), (2, "Choose at most 2.")]
)
def test_how_many_may_be_chosen_is_said(render, most, said):
    page = render(choice(many=True, most=most), {"answer": ("o", "p")})
    group = page.find(role="group")
    assert described(page, group) == said
    checked = [box["value"] for box in page.find_all("input", checked=True)]
    assert checked == ["1", "3"]


def test_a_choice_that_was_made_can_be_taken_back_without_script(render):
    assert render(choice()).find(class_="back").has_attr("hidden")
    back = render(choice(), {"answer": ("p",)}).find(class_="back")
    assert not back.has_attr("hidden")
    assert back.input["value"] == ""
    assert render(choice(), {"answer": ("p",)}, disabled=True).find(class_="back") is None


def test_a_control_stands_at_its_place_in_the_text_without_a_space_that_nobody_wrote(render):
    asked = Asked(Html("<p>To [[b]], then [[a]].</p>"), (Write("a"), Pick("b", "", CITIES)))
    page = render(asked, {"a": ("x",)})
    assert re.search(r"</span>, then <span", str(page.p))
    assert words(page.find("label", attrs={"for": "q1-b"})) == "Gap 1"
    assert words(page.find("label", attrs={"for": "q1-a"})) == "Gap 2"
    assert page.find(id="q1-a")["value"] == "x"


@pytest.mark.parametrize(
    "control",
    [Compose("a"), Attach("a"), Put("a", "", CITIES)],
    ids=lambda control: type(control).__name__,
)
def test_what_is_no_gap_is_not_called_one_where_it_stands_alone(render, control):
    assert "Gap" not in words(render(Asked(Html("<div>[[a]]</div>"), (control,))))
    two = Asked(Html("<div>[[a]] [[b]]</div>"), (control, Write("b")))
    assert "Gap 2" in words(render(two))


def test_the_number_of_a_gap_is_heard_and_its_own_words_are_seen_as_well(render):
    page = render(Asked(Html("<p>[[a]] [[b]]</p>"), (Write("a"), Write("b", "From the left"))))
    numbered, named = page.find_all("label")
    assert (words(numbered), numbered.get("class")) == ("Gap 1", ["visually-hidden"])
    assert (words(named), named.get("class")) == ("From the left", None)


def test_what_looks_like_a_place_but_is_none_stays_text(render):
    asked = Asked(
        safe('<p>[[a]] [[a]] [[b]] <img alt="[[c]]" src="files/x.png"></p>'),
        (Write("a"), Write("c")),
    )
    page = render(asked)
    assert len(page.p.find_all("input")) == 1
    assert words(page.p).endswith("[[a]] [[b]]")
    assert page.img["alt"] == "[[c]]"


def test_nothing_that_is_written_becomes_markup(render):
    evil = '"><script>alert(1)</script>'
    asked = Asked(Html("<p>Go</p>"), (Write("a", evil), Compose("b"), Write("c", units=(evil,))))
    for disabled in (False, True):
        page = render(
            asked, {"a": (evil,), "b": (evil,), "c": (evil, evil)}, disabled=disabled, lang=evil
        )
        assert page.script is None


def test_files_get_their_address_and_a_wide_table_its_frame(render):
    body = safe(
        "<table><tr><td>1</td></tr></table><audio controls src='files/a &amp; b.ogg'></audio>"
    )
    page = render(Asked(body, (Choose("a", "", (Option("k", safe("<img src='files/i.png'>")),)),)))
    assert page.audio["src"] == "/files?name=a & b.ogg&size=1"
    assert page.img["src"] == "/files?name=i.png&size=1"
    frame = page.table.parent
    assert (frame["tabindex"], frame["aria-label"]) == ("0", "Table")


def test_options_are_numbered_and_stand_beside_each_other_where_the_author_wants_it(render):
    group = render(choice(numbering="abc", across=True)).find(role="radiogroup")
    assert group["data-numbering"] == "abc"
    assert "across" in group["class"]
    assert "across" not in render(choice()).find(role="radiogroup")["class"]


def test_what_stands_beside_a_question_has_a_direction_of_its_own(request_in_the_house):
    said = render_html(request_in_the_house, Html("<p>Well begun.</p>"), str, lang="ar")
    assert said == '<div dir="auto" lang="ar"><p>Well begun.</p></div>'
    assert render_html(request_in_the_house, Html(""), str) == ""


def test_paragraphs_in_an_option_become_lines(render):
    options = (Option("a", Html("<p>One</p>\n<p>two</p>")), Option("b", Html("<p>Three</p>")))
    page = render(Asked(Html("Which?"), (Choose("a", "", options),)))
    assert [str(label) for label in page.find_all("label")[:2]] == [
        '<label dir="auto" for="q1-a_1">One<br/>two</label>',
        '<label dir="auto" for="q1-a_2">Three</label>',
    ]


def test_texts_of_ours_are_said_in_the_language_of_the_page(render):
    said = Html(TranslationString("${n} km", mapping={"n": 3}, domain="tutela"))
    page = render(Asked(Html("How far?"), (Choose("a", said, (Option("k", said),)),)))
    assert [words(tag) for tag in (page.find(class_="label"), page.label)] == ["3 km", "3 km"]


def test_a_question_in_another_language_says_so_and_our_words_in_it_too(render):
    page = render(choice(), lang="ar", direction="rtl")
    assert (page.fieldset["lang"], page.fieldset["dir"]) == ("ar", "rtl")
    assert (page.legend["lang"], page.legend["dir"]) == ("en", "auto")
    assert not render(choice(), lang="en").legend.has_attr("lang")
    asked = Asked(Html("<p>[[a]] [[b]]</p>"), (Write("a"), Write("b", "Dein Name")))
    labels = render(asked, lang="de").find_all("label")
    assert [label.get("lang") for label in labels] == ["en", None]


def test_a_list_holds_the_text_of_options_and_the_words_to_drag_their_markup(render):
    asked = Asked(Html("<p>In [[gap]].</p>"), (Pick("gap", "", CITIES, "1"),))
    page = render(asked, {"gap": ("r",)})
    assert [option.string for option in page.find_all("option")][1:] == ["Paris", "Rome", "Oslo"]
    assert page.find("option", selected=True)["value"] == "2"
    tray = page.find(class_="words")
    assert tray.has_attr("hidden")
    assert tray["data-group"] == page.find("select")["data-group"] == "1"
    assert str(tray.find(attrs={"data-value": "2"}).b) == "<b>Rome</b>"


def test_pairs_are_named_by_what_they_ask(render):
    page = render(Asked(Html("Match."), (Pick("one", "Capital of Norway", CITIES),)))
    assert words(page.find("label", attrs={"for": "q1-one"})) == "Capital of Norway"
    assert page.find(class_="words") is None


def test_things_in_order_come_in_the_order_given_and_those_without_a_place_last(render):
    page = render(Asked(Html("Order."), (Put("o", "", CITIES),)), {"o": ("o:1", "p:2")})
    items = page.find_all(role="listitem")
    assert [item["data-name"] for item in items] == ["Oslo", "Paris", "Rome"]
    assert [
        item.find("option", selected=True) and item.find("select")["name"] for item in items
    ] == [
        "q1-o-3",
        "q1-o-1",
        None,
    ]
    review = render(
        Asked(Html("Order."), (Put("o", "", CITIES),)), {"o": ("o:1", "p:2")}, disabled=True
    )
    assert [words(item) for item in review.find_all(role="listitem")] == [
        "Place 1 Oslo",
        "Place 2 Paris",
        "No place Rome",
    ]


def test_a_number_can_have_a_unit(render):
    asked = Asked(Html("How far?"), (Write("n", "", 0, True, ("km", "m")),))
    page = render(asked, {"n": ("-3", "m")})
    assert page.find(id="q1-n")["value"] == "-3"
    assert page.find("option", selected=True).string == "m"
    assert page.find("select")["name"] == "q1-n-unit"
    assert words(render(asked, {"n": ("-3", "m")}, disabled=True).find(class_="given")) == "-3 m"


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (5, 200, "Write between 5 and 200 words."),
        (5, 0, "Write at least 5 words."),
        (0, 200, "Write at most 200 words."),
    ],
)
def test_how_long_a_text_shall_be_is_said(render, least, most, said):
    page = render(Asked(Html("Write."), (Compose("t", "", 8, least, most),)))
    assert described(page, page.textarea) == said
    assert page.textarea["rows"] == "8"


def test_a_text_begins_as_the_author_began_it(render):
    asked = Asked(Html("Write."), (Compose("t", template="Dear <i>colleague</i>, "),))
    assert render(asked).textarea.string == "\nDear <i>colleague</i>, "
    assert render(asked, {"t": ("Hello",)}).textarea.string == "\nHello"


def test_a_text_comes_back_as_it_was_written(render):
    asked = Asked(Html("Write."), (Compose("t"),))
    page = render(asked, {"t": ("\n<b>\nend",)})
    assert page.textarea.string == "\n\n<b>\nend"  # browsers drop the first line end
    assert page.textarea["maxlength"] == str(LONGEST)  # what is longer would be cut unseen
    assert not page.textarea.has_attr("aria-describedby")
    assert render(asked, {"t": ("a\nb",)}, disabled=True).find(class_="given").string == "a\nb"


def test_what_files_are_taken_is_said_and_files_that_are_here_can_be_kept(render):
    kinds = ("application/pdf", "image/*", "application/x-nobody-knows")
    asked = Asked(Html("Hand in."), (Attach("f", "", 2, kinds, 2_500_000),))
    page = render(asked, {"f": ("id-1",)})
    field = page.find("input", type="file")
    assert described(page, field) == (
        "Number of files: at most 2. Size of a file: at most 2.5 MB. "
        "Kinds of files: .pdf, pictures, application/x-nobody-knows."
    )
    assert field["accept"] == ",".join(kinds)
    assert field.has_attr("multiple")
    kept = page.find("input", type="checkbox")
    assert (kept["name"], kept["value"], kept.has_attr("checked")) == ("q1-f", "id-1", True)
    review = render(asked, {"f": ("id-1",)}, disabled=True)
    assert words(review.find(class_="control")) == "Files that you handed in 1"
    assert words(render(asked, disabled=True).find(class_="given")) == "No answer"


def test_one_file_of_any_kind_is_asked_for_by_the_authors_words(render):
    page = render(Asked(Html("Hand in."), (Attach("f", "Your letter"),)))
    field = page.find("input", type="file")
    assert words(page.find("label", attrs={"for": "q1-f"})) == "Your letter"
    assert not field.has_attr("multiple")
    assert not field.has_attr("accept")


def test_places_in_a_picture_have_the_numbers_of_the_list(render):
    asked = Asked(Html("Where?"), (Point("p", "", (DOOR, LAMP)),), ROOM)
    page = render(asked, {"p": ("lamp",)})
    assert page.img["src"] == "/files?name=a room.png&size=1"
    assert page.img["alt"] == "A room"
    assert [words(label) for label in page.find_all("label")[:2]] == ["1 The door", "2 The lamp"]
    drawn = page.find_all("g")
    assert page.find(class_="put") is None
    assert [(words(each), each["data-for"], each.has_attr("data-chosen")) for each in drawn] == [
        ("1", "q1-p_1", False),
        ("2", "q1-p_2", True),
    ]
    assert page.find("svg", class_="places")["aria-hidden"] == "true"


def test_labels_of_a_picture_are_lists_with_the_numbers_of_their_places(render):
    controls = (
        Pick("a", "On the left", CITIES, "1", (10, 10, 20, 20)),
        Pick("b", "", CITIES, "1", (200, 10, 20, 20)),
    )
    page = render(Asked(Html("Label."), controls, ROOM), {"b": ("p",)})
    assert [words(label) for label in page.find_all("label")] == [
        "1 Place 1: On the left",
        "2 Place 2",
    ]
    assert [each["data-for"] for each in page.find_all("g", attrs={"data-chosen": True})] == [
        "q1-b"
    ]
    review = render(Asked(Html("Label."), controls, ROOM), {"b": ("p",)}, disabled=True)
    assert [words(given) for given in review.find_all(class_="given")] == ["No answer", "Paris"]
    assert review.find("picture-places") is None


def test_what_is_put_on_a_picture_is_written_there_as_far_as_it_fits(render):
    words = (Option("a", Html("<b>Door</b>")), Option("b", Html("A chair near the door")))
    zones = tuple(Pick(name, "", words, "1", (10, 10, 20, 20)) for name in "xyz")
    page = render(Asked(Html("Label."), zones, ROOM), {"x": ("a",), "y": ("b",)})
    assert [each.string or "" for each in page.find_all(class_="put")] == [
        "Door",
        "A chair near th…",
        "",
    ]


def test_a_picture_without_places_is_only_shown(render):
    page = render(Asked(Html("Describe it."), (Compose("t"),), ROOM))
    assert page.img["width"] == "300"
    assert page.svg is None


def test_verdicts_are_words_tied_to_what_they_are_about(render):
    marks = {"answer": Mark(Verdict.PARTLY, Html("Nearly."), {"1": WRONG, "2": RIGHT})}
    page = render(choice(many=True), {"answer": ("p",)}, marks=marks)
    group = page.find(role="group")
    assert described(page, group) == "You can choose more than one. Partly right Nearly."
    assert described(page, page.find(id="q1-answer_1")) == "Wrong Look again."
    assert described(page, page.find(id="q1-answer_2")) == "Right"
    assert not page.find(id="q1-answer_3").has_attr("aria-describedby")


def test_feedback_without_a_verdict_is_shown_without_one(render):
    marks = {"answer": Mark(feedback=Html("Think of rivers."))}
    page = render(choice(), marks=marks)
    assert described(page, page.find(role="radiogroup")) == "Choose one. Think of rivers."
    assert page.find(class_="verdict") is None


def test_feedback_on_gaps_follows_the_text_and_is_tied_to_them(render):
    asked = Asked(Html("<p>To [[a]] or [[b]].</p>"), (Write("a"), Pick("b", "", CITIES)))
    page = render(asked, {"a": ("x",)}, marks={"a": WRONG, "b": Mark(feedback=Html("Hm."))})
    assert described(page, page.find(id="q1-a")) == "Wrong Gap 1: Look again."
    assert described(page, page.find(id="q1-b")) == "Gap 2: Hm."
    assert page.find(id="q1-a_feedback").find_parent("p") is None


def test_in_review_all_is_disabled_and_what_was_answered_is_said(render):
    controls = (
        Choose("c", "Chosen", CITIES),
        Pick("g", "", CITIES),
        Write("w"),
        Point("p", "", (DOOR, LAMP)),
    )
    asked = Asked(Html("<p>To [[g]].</p>"), controls, ROOM)
    answers = {"c": ("p",), "g": ("r",), "w": ("x",), "p": ("door",)}
    page = render(asked, answers, disabled=True)
    assert page.fieldset.has_attr("disabled")
    assert words(page.p) == "To Gap 1: Rome ."
    said = [words(each.find_parent(class_="answer")) for each in page.find_all(class_="mark")]
    assert said == ["Paris Your answer", "1 The door Your answer"]
    assert page.find_all(["select", "textarea", "put-in-order", "word-gaps"]) == []


def test_in_review_a_gap_left_open_says_so_once(render):
    asked = Asked(Html("<p>[[g]]</p>"), (Pick("g", "", CITIES),))
    assert words(render(asked, disabled=True).p) == "Gap 1: No answer"
    marked = render(asked, disabled=True, marks={"g": Mark(Verdict.UNANSWERED)})
    assert words(marked.p) == "Gap 1: – Not answered"
    waiting = render(asked, {"g": ("p",)}, disabled=True, marks={"g": Mark(Verdict.WAITING)})
    assert words(waiting.p) == "Gap 1: Paris Not marked yet"


def test_ids_are_there_once(render):
    controls = (
        Choose("a", "A", CITIES),
        Write("a-1", "B", units=("m",)),
        Pick("b", "C", CITIES, "1"),
        Put("c", "D", CITIES),
        Compose("d", "E", least=1),
    )
    marks = {control.name: Mark(Verdict.WRONG, Html("No."), {"1": RIGHT}) for control in controls}
    page = render(Asked(Html("All."), controls), marks=marks)
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_scripts_and_styles_are_small():
    scripts = sum(
        len(gzip.compress(rjsmin.jsmin(path.read_text("utf-8")).encode()))
        for path in STATIC.glob("*.js")
    )
    styles = len(gzip.compress(rcssmin.cssmin((STATIC / "questions.css").read_text()).encode()))
    assert scripts <= 8_000
    assert styles <= 3_000
