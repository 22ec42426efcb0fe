"""Sentences that know how to be said in other languages."""

import json
import pickle

import pytest

from scorm.packages.findings import Finding, Report
from scorm.packages.words import Words, _, grouped, listed, ngettext, words_of


def test_words_are_their_english_sentence():
    words = _("The file has ${size}.", size="3 MB")
    assert words == "The file has 3 MB."
    assert (words.text, words.values) == ("The file has ${size}.", {"size": "3 MB"})


def test_the_number_chooses_the_sentence():
    assert ngettext("${n} file is missing.", "${n} files are missing.", 1) == "1 file is missing."
    assert ngettext("${n} file is missing.", "${n} files are missing.", 0) == "0 files are missing."


def test_a_name_without_a_value_stays_as_it_is():
    assert _("The address ${cap} is odd.") == "The address ${cap} is odd."


def test_a_value_is_not_taken_for_a_name():
    assert _("It is called ${name}.", name="${size}", size="big") == "It is called ${size}."


def test_words_in_words_come_back_from_json():
    words = _("This is ${kind}.", kind=_("a zip of ${n}", n=3))
    found = words_of(json.loads(json.dumps(words.to_plain())))
    assert found == "This is a zip of 3."
    assert isinstance(found, Words)
    assert isinstance(found.values["kind"], Words)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("a", "“a”"),
        ("ab", "“a” and “b”"),
        ("abc", "“a”, “b” and “c”"),
        ("abcd", "“a”, “b”, “c” and 1 more"),
        ("abcdef", "“a”, “b”, “c” and 3 more"),
    ],
)
def test_a_list_of_names_is_words_so_that_other_languages_can_join_it_too(names, said):
    assert listed(list(names), 3) == said
    assert isinstance(listed(list(names), 3), Words)


def test_words_come_whole_out_of_another_process():
    words = ngettext("${n}: ${names}.", "${n}: ${names}.", 2, names=listed(["a", "b"], 2))
    found = pickle.loads(pickle.dumps(words))
    assert isinstance(found, Words)
    assert (found, found.to_plain()) == (words, words.to_plain())


def test_a_long_name_is_cut_in_a_list():
    assert listed(["a" * 61, "b"], 1) == f"“{'a' * 60}” and 1 more"


def test_a_large_number_is_grouped():
    assert [grouped(number) for number in (12, 50_000, 8_000_000)] == ["12", "50 000", "8 000 000"]


def test_a_report_comes_back_from_json_with_all_that_translations_need():
    finding = Finding("note", "a", _("It has ${n}.", n=2), "Leave it.", "f", 3)
    report = Report(True, "1.2", "Title", 12, (finding,), 1)
    found = Report.from_stored(json.loads(json.dumps(report.to_stored())))
    assert found == report
    assert found.findings[0].message.text == "It has ${n}."


def test_a_report_that_was_kept_in_english_stays_readable():
    report = Report(True, "1.2", "Title", 12, (Finding("note", "a", "Words."),), 1)
    assert Report.from_stored(report.to_plain()) == report
