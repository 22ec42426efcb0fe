"""Which items of a test a candidate meets: selected, ordered, skipped and jumped to."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assessments.qti import (
    DocumentRefused,
    next_place,
    places,
    process,
    read_test,
    start,
    start_test,
)
from tests.assessments.qti.exams import ITEM, exam, part, ref, section, sequence
from tests.assessments.qti.writing import FALSE, TRUE, of, real

ALL = [ref(letter) for letter in "ABCDEF"]


def test_without_rules_all_items_come_as_written():
    content = exam(
        part("P1", section("S1", ref("A"), section("S2", ref("B"))), section("S3", ref("C"))),
        part("P2", section("S4", ref("D"))),
    )

    assert sequence(content) == ["A", "B", "C", "D"]
    assert [each.identifier for each in read_test(content).refs()] == ["A", "B", "C", "D"]


@given(some.integers(), some.integers(0, 9))
def test_selection_takes_so_many_and_the_required_ones(seed, count):
    children = [*ALL[:4], ref("E", required="true"), ref("F", required="true")]
    chosen = sequence(
        exam(part("P", section("S", f'<selection select="{count}"/>', *children))), seed
    )

    assert len(chosen) == min(max(count, 2), 6)
    assert {"E", "F"} <= set(chosen)
    assert chosen == sorted(set(chosen))


def test_selection_with_replacement_takes_an_item_again_and_numbers_it():
    content = exam(
        part(
            "P", section("S", '<selection select="5" withReplacement="true"/>', ref("A"), ref("B"))
        )
    )
    test = read_test(content)
    keys = [place.key for place in places(test, start_test(test, 2))]

    assert len(set(keys)) == len(keys) == 5
    assert keys[0] == "A.1"
    assert "A.2" in keys or "B.2" in keys


@given(some.integers())
def test_shuffling_leaves_fixed_items_where_they_are(seed):
    children = [ALL[0], ref("B", fixed="true"), *ALL[2:5], ref("F", fixed="true")]

    order = sequence(exam(part("P", section("S", '<ordering shuffle="true"/>', *children))), seed)

    assert sorted(order) == list("ABCDEF")
    assert (order[1], order[5]) == ("B", "F")


def inner(**attributes):
    return exam(
        part(
            "P",
            section(
                "S",
                '<ordering shuffle="true"/>',
                ref("A"),
                ref("B"),
                section("I", ref("X"), ref("Y"), ref("Z"), **attributes),
            ),
        )
    )


def test_a_section_stays_together_unless_it_is_invisible_and_need_not():
    def together(content, seed):
        return "XYZ" in "".join(sequence(content, seed))

    seeds = range(60)
    assert all(together(inner(), seed) for seed in seeds)
    assert all(together(inner(visible="false", keepTogether="true"), seed) for seed in seeds)
    assert not all(together(inner(visible="false", keepTogether="false"), seed) for seed in seeds)


def test_every_selection_comes_about_equally_often():
    content = exam(part("P", section("S", '<selection select="2"/>', *ALL[:3])))

    drawn = Counter("".join(sequence(content, seed)) for seed in range(3000))

    assert set(drawn) == {"AB", "AC", "BC"}
    assert all(850 < count < 1150 for count in drawn.values())


@pytest.mark.parametrize(
    "content",
    [
        exam(part("P", section("S", '<selection select="99999" withReplacement="true"/>', *ALL))),
        exam(
            part(
                "P",
                section(
                    "S",
                    '<selection select="1500" withReplacement="true"/>',
                    section("I", '<selection select="1500" withReplacement="true"/>', *ALL),
                ),
            )
        ),
    ],
)
def test_a_test_without_measure_is_refused(content):
    with pytest.raises(DocumentRefused):
        start_test(read_test(content), 1)


def test_a_selection_from_nothing_gives_nothing():
    content = exam(part("P", section("S", '<selection select="2" withReplacement="true"/>')))

    assert sequence(content) == []


def test_a_selection_that_cannot_be_read_takes_all():
    assert sequence(exam(part("P", section("S", '<selection select="x"/>', *ALL[:2])))) == [
        "A",
        "B",
    ]


def condition(expression):
    return f"<preCondition>{expression}</preCondition>"


def branch(target, expression=TRUE):
    return f'<branchRule target="{target}">{expression}</branchRule>'


def way(content, answers=()):
    """The identifiers in the order that a candidate meets them."""
    test = read_test(content)
    session = start_test(test, 1)
    items = {each.identifier: ITEM for each in test.refs()}
    sessions = {
        place.key: process(ITEM, start(ITEM, 1), {"RESPONSE": answer}).session
        for place, answer in zip(places(test, session), answers, strict=False)
    }
    found, current = [], None
    while (current := next_place(test, session, current, items, sessions)) is not None:
        found.append(places(test, session)[current].ref.identifier)
    return "".join(found)


WAYS = [
    ("without rules", exam(part("P", section("S", *ALL[:3]))), "ABC"),
    ("a test without items", exam(part("P", section("S"))), ""),
    (
        "a condition that does not hold skips an item",
        exam(part("P", section("S", ref("A"), ref("B", condition(FALSE)), ref("C")))),
        "AC",
    ),
    (
        "null is no",
        exam(part("P", section("S", ref("A", condition("<null/>"))))),
        "",
    ),
    (
        "all conditions must hold",
        exam(part("P", section("S", ref("A", condition(TRUE) + condition(FALSE)), ref("B")))),
        "B",
    ),
    (
        "a condition that cannot be evaluated does not hold",
        exam(part("P", section("S", ref("A", condition("<unheardOf/>")), ref("B")))),
        "B",
    ),
    (
        "a section and a part are skipped whole",
        exam(
            part(
                "P1", section("S1", condition(FALSE), ref("A"), ref("B")), section("S2", ref("C"))
            ),
            part("P2", condition(FALSE), section("S3", ref("D"))),
            part("P3", section("S4", ref("E"))),
        ),
        "CE",
    ),
    (
        "a section is asked at its door only",
        exam(
            part(
                "P",
                section("S", condition(f"<isNull>{of('A.RESPONSE')}</isNull>"), ref("A"), ref("B")),
            )
        ),
        "AB",
    ),
    (
        "a branch goes to an item",
        exam(part("P", section("S", ref("A", branch("C")), ref("B"), ref("C")))),
        "AC",
    ),
    (
        "a branch goes to a section",
        exam(
            part(
                "P",
                section("S", ref("A", branch("S2")), ref("B")),
                section("S1", ref("C")),
                section("S2", ref("D")),
            )
        ),
        "AD",
    ),
    (
        "the first branch that holds is taken",
        exam(
            part(
                "P",
                section("S", ref("A", branch("B", FALSE) + branch("C") + branch("D")), *ALL[1:4]),
            )
        ),
        "ACD",
    ),
    (
        "a branch to what was already there goes on",
        exam(part("P", section("S", ref("A"), ref("B", branch("A")), ref("C")))),
        "ABC",
    ),
    (
        "the section is left",
        exam(
            part(
                "P",
                section("S1", ref("A", branch("EXIT_SECTION")), ref("B")),
                section("S2", ref("C")),
            )
        ),
        "AC",
    ),
    (
        "the part is left",
        exam(
            part("P1", section("S1", ref("A", branch("EXIT_TESTPART"))), section("S2", ref("B"))),
            part("P2", section("S3", ref("C"))),
        ),
        "AC",
    ),
    (
        "the test is left",
        exam(
            part("P1", section("S1", ref("A", branch("EXIT_TEST")))),
            part("P2", section("S3", ref("C"))),
        ),
        "A",
    ),
    (
        "a rule of a section is asked when it is left",
        exam(
            part(
                "P",
                section("S1", branch("S3"), ref("A"), ref("B")),
                section("S2", ref("C")),
                section("S3", ref("D")),
            )
        ),
        "ABD",
    ),
    (
        "a rule of a part is asked when it is left",
        exam(
            part("P1", branch("P3"), section("S1", ref("A"))),
            part("P2", section("S2", ref("B"))),
            part("P3", section("S3", ref("C"))),
        ),
        "AC",
    ),
    (
        "without an order of the way only rules of parts count",
        exam(
            part(
                "P1",
                branch("P3"),
                section("S", ref("A", branch("C") + condition(FALSE)), ref("B")),
                mode="nonlinear",
            ),
            part("P2", section("S2", ref("C"))),
            part("P3", section("S3", ref("D"))),
        ),
        "ABD",
    ),
]


@pytest.mark.parametrize(
    ("content", "wanted"), [pytest.param(*rest, id=case) for case, *rest in WAYS]
)
def test_a_test_goes_on_as_its_rules_say(content, wanted):
    assert way(content) == wanted


@pytest.mark.parametrize(("answer", "wanted"), [("A", "AC"), ("B", "ABC")])
def test_the_way_depends_on_answers(answer, wanted):
    good = f"<gte>{of('A.SCORE')}{real(1)}</gte>"
    content = exam(part("P", section("S", ref("A", branch("C", good)), ref("B"), ref("C"))))

    assert way(content, [answer]) == wanted
