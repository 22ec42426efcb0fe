"""Values: what the base types take, how they are compared, and that nothing is lost at rest."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assessments.qti.durations import seconds
from assessments.qti.numerals import numeral
from assessments.qti.values import (
    LARGEST,
    LONGEST,
    BaseType,
    Cardinality,
    Value,
    container,
    from_plain,
    key,
    number,
    plain,
    read,
    same,
    single,
    written,
)

identifiers = some.text("AZaz_", min_size=1, max_size=4)
floats = some.floats(allow_nan=False)
whole_numbers = some.integers(-LARGEST, LARGEST)
pairs = some.tuples(identifiers, identifiers)
SCALARS = {
    BaseType.BOOLEAN: some.booleans(),
    BaseType.INTEGER: whole_numbers,
    BaseType.FLOAT: floats,
    BaseType.STRING: some.text('aß \n"é日', min_size=1, max_size=8),
    BaseType.IDENTIFIER: identifiers,
    BaseType.URI: identifiers,
    BaseType.FILE: identifiers,
    BaseType.PAIR: pairs,
    BaseType.DIRECTED_PAIR: pairs,
    BaseType.POINT: some.tuples(
        some.floats(-1e9, 1e9).map(float), some.floats(-1e9, 1e9).map(float)
    ),
    BaseType.DURATION: some.integers(0, 10**9).map(lambda thousandths: thousandths / 1000),
}


@some.composite
def single_values(draw, base_types=tuple(SCALARS)):
    base_type = draw(some.sampled_from(base_types))
    return single(base_type, draw(SCALARS[base_type]))


@some.composite
def any_values(draw):
    shape = draw(some.sampled_from(Cardinality))
    if shape is Cardinality.RECORD:
        fields = draw(some.dictionaries(identifiers, single_values(), min_size=1, max_size=4))
        return Value(shape, None, fields)
    if shape is Cardinality.SINGLE:
        return draw(single_values())
    base_type = draw(some.sampled_from(tuple(SCALARS)))
    return container(shape, base_type, draw(some.lists(SCALARS[base_type], max_size=5)))


@given(any_values())
def test_a_value_comes_back_from_json_as_it_went(value):
    stored = json.loads(json.dumps(plain(value), allow_nan=False))

    assert from_plain(value.cardinality, value.base_type, stored) == value


@given(
    some.sampled_from(tuple(SCALARS)).flatmap(lambda kind: SCALARS[kind].map(lambda x: (kind, x)))
)
def test_a_scalar_comes_back_from_its_text(kind_and_scalar):
    base_type, scalar = kind_and_scalar

    found = read(base_type, written(scalar))

    assert found == scalar
    assert type(found) is type(scalar)


@given(any_values().filter(lambda value: not value.is_null))
def test_every_value_is_the_same_as_itself(value):
    assert same(value, value)


@given(
    some.lists(identifiers, min_size=1, max_size=6).flatmap(
        lambda things: some.tuples(some.just(things), some.permutations(things))
    )
)
def test_only_ordered_containers_mind_the_order(lists):
    one, other = lists
    shapes = {
        shape: same(
            container(shape, BaseType.IDENTIFIER, one),
            container(shape, BaseType.IDENTIFIER, other),
        )
        for shape in (Cardinality.MULTIPLE, Cardinality.ORDERED)
    }

    assert shapes == {Cardinality.MULTIPLE: True, Cardinality.ORDERED: list(one) == list(other)}


@pytest.mark.parametrize(
    ("base_type", "raw", "wanted"),
    [
        (BaseType.BOOLEAN, " true ", True),
        (BaseType.BOOLEAN, "0", False),
        (BaseType.INTEGER, "007", 7),
        (BaseType.INTEGER, "-3", -3),
        (BaseType.INTEGER, 4.0, 4),
        (BaseType.FLOAT, "1e3", 1000.0),
        (BaseType.FLOAT, ".5", 0.5),
        (BaseType.FLOAT, "-INF", -math.inf),
        (BaseType.FLOAT, 2**70, math.inf),
        (BaseType.STRING, 4.0, "4"),
        (BaseType.STRING, True, "true"),
        (BaseType.STRING, "  a ", "  a "),
        (BaseType.IDENTIFIER, "  a ", "a"),
        (BaseType.PAIR, "A   B", ("A", "B")),
        (BaseType.PAIR, ["A", "B"], ("A", "B")),
        (BaseType.POINT, "1.5 -2", (1.5, -2.0)),
        (BaseType.POINT, [1, 2], (1.0, 2.0)),
        (BaseType.DURATION, 90, 90.0),
        (BaseType.DURATION, " PT1M30S ", 90.0),
    ],
)
def test_a_base_type_takes_what_documents_and_forms_write(base_type, raw, wanted):
    assert read(base_type, raw) == wanted


@pytest.mark.parametrize(
    ("base_type", "raw"),
    [
        (BaseType.BOOLEAN, "yes"),
        (BaseType.BOOLEAN, 2),
        (BaseType.INTEGER, "1.5"),
        (BaseType.INTEGER, 1.5),
        (BaseType.INTEGER, True),
        (BaseType.INTEGER, "9" * 19),
        (BaseType.INTEGER, "9" * 30),
        (BaseType.INTEGER, "٣"),
        (BaseType.INTEGER, None),
        (BaseType.FLOAT, "1,5"),
        (BaseType.FLOAT, ""),
        (BaseType.FLOAT, True),
        (BaseType.FLOAT, []),
        (BaseType.FLOAT, "0x10"),
        (BaseType.STRING, ["a"]),
        (BaseType.PAIR, "A"),
        (BaseType.PAIR, [1, 2]),
        (BaseType.PAIR, 7),
        (BaseType.POINT, "1 x"),
        (BaseType.POINT, "1 INF"),
        (BaseType.DURATION, "soon"),
    ],
)
def test_a_base_type_refuses_what_it_is_not(base_type, raw):
    with pytest.raises(ValueError):
        read(base_type, raw)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("0", 0), ("90.25", 90.25), ("PT1M30.5S", 90.5), ("P1DT2H", 93600), ("PT0S", 0)],
)
def test_a_duration_is_seconds_or_days_hours_and_minutes(text, wanted):
    assert seconds(text) == wanted


@pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "P1Y", "P1M", "-PT1S", "1H", "-4"])
def test_a_duration_without_a_length_in_seconds_is_refused(text):
    with pytest.raises(ValueError):
        seconds(text)


@pytest.mark.parametrize(
    ("shape", "base_type", "raw", "wanted"),
    [
        (Cardinality.SINGLE, BaseType.STRING, ["a"], "a"),
        (Cardinality.SINGLE, BaseType.INTEGER, [], None),
        (Cardinality.SINGLE, BaseType.INTEGER, "", None),
        (Cardinality.SINGLE, BaseType.STRING, "", ""),
        (Cardinality.SINGLE, BaseType.PAIR, ["A", "B"], ("A", "B")),
        (Cardinality.SINGLE, BaseType.PAIR, ["A B"], ("A", "B")),
        (Cardinality.MULTIPLE, BaseType.INTEGER, 3, (3,)),
        (Cardinality.MULTIPLE, BaseType.INTEGER, [], None),
        (Cardinality.MULTIPLE, BaseType.IDENTIFIER, ["A", None, ""], ("A",)),
        (Cardinality.MULTIPLE, BaseType.STRING, [""], None),
        (Cardinality.ORDERED, BaseType.POINT, [[1, 2], "3 4"], ((1.0, 2.0), (3.0, 4.0))),
    ],
)
def test_a_list_of_one_and_a_bare_member_are_understood(shape, base_type, raw, wanted):
    assert from_plain(shape, base_type, raw).data == wanted


def test_a_single_value_is_not_two():
    with pytest.raises(ValueError):
        from_plain(Cardinality.SINGLE, BaseType.INTEGER, [1, 2])


def test_what_is_not_finite_is_written_as_the_standard_writes_it():
    assert [plain(single(BaseType.FLOAT, float(each))) for each in ("nan", "inf", "-inf")] == [
        "NaN",
        "INF",
        "-INF",
    ]


def test_a_record_takes_bare_json_and_its_own_writing():
    found = from_plain(
        Cardinality.RECORD,
        None,
        {
            "whole": 1,
            "part": 0.5,
            "flag": True,
            "text": "a",
            "none": None,
            "odd": {"baseType": "pair", "value": "A B"},
            "bare": {"value": 3},
        },
    )

    assert {name: field.base_type for name, field in found.data.items()} == {
        "whole": BaseType.INTEGER,
        "part": BaseType.FLOAT,
        "flag": BaseType.BOOLEAN,
        "text": BaseType.STRING,
        "none": None,
        "odd": BaseType.PAIR,
        "bare": None,
    }


@pytest.mark.parametrize("raw", ["text", 7, [1]])
def test_a_record_is_made_of_fields(raw):
    with pytest.raises(ValueError):
        from_plain(Cardinality.RECORD, None, raw)


def record(**fields):
    return from_plain(Cardinality.RECORD, None, fields)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (record(a=1, b="x"), record(b="x", a=1.0), True),
        (record(a=1), record(a=2), False),
        (record(a=1), record(b=1), False),
        (record(a=None), record(a=None), True),
        (record(a=None), record(a=1), False),
        (record(a=1), number(1), False),
    ],
)
def test_records_are_the_same_field_by_field(one, other, wanted):
    assert same(one, other) is wanted


def test_a_boolean_is_no_number():
    assert key(BaseType.BOOLEAN, True) != key(BaseType.INTEGER, 1)


def test_no_container_is_longer_than_allowed():
    with pytest.raises(ValueError):
        container(Cardinality.MULTIPLE, BaseType.INTEGER, range(LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "-012.50e3",
            {
                "stringValue": "-012.50e3",
                "floatValue": -12500.0,
                "leftDigits": 3,
                "rightDigits": 2,
                "ndp": 2,
                "nsf": 4,
                "exponent": 3,
            },
        ),
        (
            "1200",
            {
                "stringValue": "1200",
                "floatValue": 1200.0,
                "integerValue": 1200,
                "leftDigits": 4,
                "rightDigits": 0,
                "ndp": 0,
                "nsf": 2,
                "exponent": 0,
            },
        ),
        (
            "0,5",
            {
                "stringValue": "0,5",
                "floatValue": 0.5,
                "leftDigits": 1,
                "rightDigits": 1,
                "ndp": 1,
                "nsf": 1,
                "exponent": 0,
            },
        ),
        ("many", {"stringValue": "many"}),
        ("-", {"stringValue": "-"}),
    ],
)
def test_a_number_is_taken_apart_as_it_was_written(text, wanted):
    found = {name: field["value"] for name, field in plain(numeral(text)).items()}

    assert found == wanted


def test_a_whole_number_too_large_for_an_integer_is_still_a_float():
    found = plain(numeral("9" * 30))

    assert "integerValue" not in found
    assert found["floatValue"]["value"] == 1e30


def test_nothing_written_is_no_record():
    assert numeral("  ").is_null
