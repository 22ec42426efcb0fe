"""What is printed for an order: facts, words, colours."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from certificates.designs import SHOWN, Design, Words, contrast
from certificates.pdf import contents, printing
from certificates.pdf.phrases import phrases
from papers import FOLDERS, order, text_of

UNTIL = datetime(2028, 11, 24, tzinfo=UTC)


def facts(**changed) -> list[tuple[str, str]]:
    data = contents.inputs_of(order(**changed)).data
    return [(fact["label"], fact["value"]) for fact in data["facts"]]


def test_a_design_shows_all_that_is_known():
    assert facts(hours="1.5", valid_until=UNTIL) == [
        ("Issued", "24 November 2026"),
        ("Length", "90 minutes"),
        ("CPD hours", "1.5"),
        ("Score", "85%"),
        ("Valid until", "24 November 2028"),
    ]


def test_what_a_design_leaves_out_is_not_shown():
    bare = Design(shown=frozenset())
    assert facts(design=bare, hours="1.5", valid_until=UNTIL) == [("Issued", "24 November 2026")]


def test_what_a_certificate_does_not_know_is_not_shown():
    assert facts(minutes=None, score=None, hours=None) == [("Issued", "24 November 2026")]


def test_an_expired_certificate_says_so_in_every_design():
    bare = Design(shown=frozenset())
    assert facts(design=bare, valid_until=UNTIL, expired=True)[1:] == [
        ("Was valid until", "24 November 2028")
    ]


@pytest.mark.parametrize(
    ("hours", "language", "told"),
    [("1.5", "en", "1.5"), ("1.5", "fr", "1,5"), ("6", "en", "6"), ("", "en", ""), ("x", "en", "")],
)
def test_hours_are_written_as_the_language_does(hours, language, told):
    assert contents.hours({"hours": hours}, language) == told


def test_the_kind_decides_what_is_certified():
    took_part = text_of(printing.render(order(kind="participation"), FOLDERS))
    assert "Certificate of participation" in took_part
    assert "has taken part in" in took_part
    completed = text_of(printing.render(order(), FOLDERS))
    assert "Certificate of achievement" in completed
    assert "has completed" in completed


def test_a_design_has_words_of_its_own():
    words = Words(
        heading="Thank you",
        before="We say of",
        statement="that {title}, in {hours} hours with {score}, was done",
        closing="On {date}.",
    )
    text = text_of(printing.render(order(hours="2", design=Design(words={"en": words})), FOLDERS))
    for said in (
        "Thank you",
        "We say of",
        "that",
        "Listening well,",
        "in 2 hours with 85%, was done",
        "On 24 November 2026.",
    ):
        assert said in text


def test_a_statement_without_the_title_stands_before_it():
    filled = {"title": "T", "hours": "", "score": "", "date": ""}
    assert contents.around_title("has learnt", filled) == ("has learnt", "")
    assert contents.around_title("did {title} well", filled) == ("did", "well")


def test_a_placeholder_in_a_title_is_not_filled_in():
    filled = {"title": "{score} {date}", "score": "85%", "date": "D"}
    assert contents.fill("{title} {score}", filled) == "{score} {date} 85%"


@pytest.mark.parametrize(
    ("text", "parts"),
    [(", in time", ("in time", ",")), ("well", ("well", "")), ("(twice)", ("(twice)", ""))],
)
def test_a_mark_after_the_title_stays_on_its_line(text, parts):
    assert contents.without_mark(text) == parts


def test_a_line_to_write_on_takes_the_place_of_a_name():
    text = text_of(printing.render(order(""), FOLDERS))
    assert "This is to certify that" in text


def test_colours_that_follow_from_others_can_be_read():
    painted = contents.colours(Design(accent="#f0c000", ink="#767676", ground="#ffffff"))
    assert contrast(painted["muted"], "#ffffff") >= 4.5
    assert contrast(painted["on_accent"], "#f0c000") >= 4.5


def test_the_background_is_as_strong_as_the_design_says():
    design = Design(background="background", background_strength=15)
    files = contents.inputs_of(order(design=design)).files
    assert 'opacity="0.15"' in files["image background"]


@pytest.mark.parametrize("shown", [frozenset(SHOWN), frozenset()])
def test_a_qr_code_is_shown_as_the_design_says(shown):
    assert contents.inputs_of(order(design=Design(shown=shown))).data["qr"] is ("qr" in shown)


def test_words_of_a_language_that_the_house_does_not_speak():
    unknown = phrases("sw", "achievement", str)
    assert (unknown.language, unknown.spoken) == ("en", "en")
    own = phrases("sw", "achievement", str, own_words=True)
    assert (own.language, own.spoken) == ("sw", "en")


def test_the_page_runs_as_the_words_of_the_design_do():
    made = replace(order(), words=phrases("ar", "achievement", str, own_words=True))
    assert contents.inputs_of(made).data["rtl"]


@pytest.mark.parametrize("ground", ["#ffffff", "#10141a", "#8a8a8a"])
@pytest.mark.parametrize("accent", ["#0c5a5e", "#ffd400", "#777777", "#000000", "#ffffff"])
def test_what_stands_on_the_accent_can_be_read(accent, ground):
    assert contrast(contents.readable_on(accent, ground), accent) >= 4.5
