import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.cmi.formats import CHECKS, problem, without_prefixes
from scorm.cmi.tables import table

T2004 = table("2004")
T12 = table("1.2")

GOOD, TYPE, RANGE = None, "type", "range"


def wrong(standard, name: str, value: str):
    return problem(standard, standard.elements[name], value)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("cmi.score.scaled", "1", GOOD),
        ("cmi.score.scaled", "-1.0", GOOD),
        ("cmi.score.scaled", "+0.50", GOOD),
        ("cmi.score.scaled", "1.00009999", RANGE),
        ("cmi.score.scaled", "1.00000000000000000000001", RANGE),
        ("cmi.score.scaled", "-2", RANGE),
        ("cmi.score.raw", "50.000099999887765544", GOOD),
        ("cmi.score.raw", "34,000.00", TYPE),
        ("cmi.score.raw", "1e3", TYPE),
        ("cmi.score.raw", ".5", TYPE),
        ("cmi.score.raw", "5.", TYPE),
        ("cmi.score.raw", "", TYPE),
        ("cmi.score.raw", "1\n", TYPE),
        ("cmi.score.raw", "٣", TYPE),
        ("cmi.learner_preference.audio_level", "-1", RANGE),
        ("cmi.learner_preference.audio_level", "0.0", GOOD),
        ("cmi.learner_preference.language", "", GOOD),
        ("cmi.learner_preference.language", "sp", TYPE),
        ("cmi.learner_preference.audio_captioning", "", TYPE),
        ("cmi.completion_status", "Completed", TYPE),
        ("cmi.exit", "", GOOD),
        ("cmi.exit", "illegal_state", TYPE),
        ("cmi.location", "", GOOD),
        ("cmi.session_time", "P1Y6M14DT", TYPE),
        ("cmi.session_time", "P1Y6M014D", GOOD),
        ("cmi.session_time", "P2W", TYPE),
        ("cmi.session_time", "PT1.5H", TYPE),
        ("cmi.session_time", "PT1.55S", GOOD),
        ("cmi.interactions.n.result", "-0.3", GOOD),
        ("cmi.interactions.n.result", "incorrect", GOOD),
        ("cmi.interactions.n.result", "wrong", TYPE),
        ("cmi.interactions.n.result", "", TYPE),
    ],
)
def test_a_2004_value_is_judged_by_its_element(name, value, expected):
    assert wrong(T2004, name, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1970", GOOD),
        ("2038-12", GOOD),
        ("2024-02-29", GOOD),
        ("2025-02-29", TYPE),
        ("2025-13", TYPE),
        ("1969", TYPE),
        ("2039-01-01", TYPE),
        ("2026-11-24T09", GOOD),
        ("2026-11-24T24", TYPE),
        ("2026-11-24T09:45:58", GOOD),
        ("2026-11-24T09:45:58Z", TYPE),
        ("2026-11-24T09:45:58.5Z", GOOD),
        ("2026-11-24T09:45:58.5+05", GOOD),
        ("2026-11-24T09:45:58.5-05:30", GOOD),
        ("2026-11-24T09:45:58.025", TYPE),
        ("2026-11-24 09:45", TYPE),
    ],
)
def test_a_time_is_strict_about_dates_and_zones(value, expected):
    assert wrong(T2004, "cmi.comments_from_learner.n.timestamp", value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("obj1", GOOD),
        ("urn:adl:lmsTest/OBJ01", GOOD),
        ("http://example.org/a?b#c", GOOD),
        ("a%20b", GOOD),
        ("é", GOOD),
        ("", TYPE),
        ("   ", TYPE),
        ("urn:", TYPE),
        ("a b", TYPE),
        ("a\u00a0b", TYPE),
        ("a[b]", TYPE),
        ("{a}", TYPE),
        ("a%2", TYPE),
        *((f"a{character}b", TYPE) for character in '<>"\\^|`'),
    ],
)
def test_an_identifier_is_a_uri_without_blanks(value, expected):
    assert wrong(T2004, "cmi.objectives.n.id", value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", GOOD),
        ("", GOOD),
        ("{lang=fr-CA}texte", GOOD),
        ("{lang=en}{lang=nonsense}", GOOD),
        ("{case_matters=maybe}", GOOD),
        ("{lang=", GOOD),
        ("{lang=}", TYPE),
        ("{lang=ruq-JM}x", TYPE),
    ],
)
def test_text_may_name_its_language(value, expected):
    assert wrong(T2004, "cmi.comments_from_learner.n.comment", value) == expected


@pytest.mark.parametrize(
    ("edition", "value", "expected"),
    [
        ("2004 4th", "continue", GOOD),
        ("2004 4th", "Continue", TYPE),
        ("2004 4th", "{target=Activity.14_LEAF}choice", GOOD),
        ("2004 4th", "{target=a}jump", GOOD),
        ("2004 3rd", "{target=a}jump", TYPE),
        ("2004 2nd", "{target=a}choice", GOOD),
        ("2004 4th", "{target=}choice", TYPE),
        ("2004 4th", "{target=a b}choice", TYPE),
        ("2004 4th", "{target=a}continue", TYPE),
        ("2004 4th", "choice", TYPE),
    ],
)
def test_a_navigation_request_is_one_of_the_edition_s(edition, value, expected):
    assert wrong(table("2004", edition), "adl.nav.request", value) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("cmi.core.lesson_location", "x" * 255, GOOD),
        ("cmi.core.lesson_location", "x" * 256, TYPE),
        ("cmi.core.lesson_location", "😀" * 255, GOOD),
        ("cmi.comments", "x" * 4097, TYPE),
        ("cmi.suspend_data", "x" * 1_048_576, GOOD),
        ("cmi.suspend_data", "x" * 1_048_577, TYPE),
        ("cmi.core.lesson_status", "not attempted", TYPE),
        ("cmi.objectives.n.status", "not attempted", GOOD),
        ("cmi.core.score.raw", "", GOOD),
        ("cmi.core.score.raw", "100", GOOD),
        ("cmi.core.score.raw", "100.1", RANGE),
        ("cmi.core.score.raw", "-1", RANGE),
        ("cmi.core.session_time", "30:99:40", GOOD),
        ("cmi.core.session_time", "", GOOD),
        ("cmi.core.session_time", "3330:30:1.34", TYPE),
        ("cmi.core.session_time", "33330:30:40", TYPE),
        ("cmi.objectives.n.id", "a.b:é", GOOD),
        ("cmi.objectives.n.id", "", TYPE),
        ("cmi.objectives.n.id", "a b", TYPE),
        ("cmi.objectives.n.id", "x" * 256, TYPE),
        ("cmi.student_preference.audio", "-1", GOOD),
        ("cmi.student_preference.audio", "-2", RANGE),
        ("cmi.student_preference.audio", "", TYPE),
        ("cmi.student_preference.speed", "1.5", TYPE),
        ("cmi.student_preference.text", "2", RANGE),
        ("cmi.interactions.n.weighting", "-99", GOOD),
        ("cmi.interactions.n.time", "23:59:59.9", GOOD),
        ("cmi.interactions.n.time", "23:60:59", TYPE),
        ("cmi.interactions.n.latency", "0099:00:00", GOOD),
        ("cmi.interactions.n.result", "wrong", GOOD),
        ("cmi.interactions.n.result", "0.5", GOOD),
        ("cmi.interactions.n.result", "incorrect", TYPE),
        ("cmi.core.exit", "normal", TYPE),
    ],
)
def test_a_12_value_is_judged_by_its_element(name, value, expected):
    assert wrong(T12, name, value) == expected


def test_prefixes_end_at_the_first_unknown_or_repeated_one():
    allowed = ("case_matters", "order_matters")
    text = "{order_matters=true}{case_matters=false}{case_matters=x}a"
    assert without_prefixes(text, allowed) == "{case_matters=x}a"
    assert without_prefixes("{other=1}{case_matters=x}", allowed) == "{other=1}{case_matters=x}"
    assert without_prefixes("{case_matters=x}a", allowed) is None


@pytest.mark.parametrize("standard", [T12, T2004])
@given(value=st.text())
def test_any_text_is_judged_without_trouble(standard, value):
    for element in standard.elements.values():
        if element.get("type") in CHECKS:
            assert problem(standard, element, value) in (GOOD, TYPE, RANGE)
