"""Prerequisites of SCORM 1.2: what texts mean, which are refused, and how they are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.manifest import Item
from scorm.sequencing.prerequisites import (
    BEGUN,
    DEEPEST,
    FINISHED,
    LONGEST,
    LONGEST_SENTENCE,
    STATUSES,
    PrerequisitesInvalid,
    parse,
    survey,
)

FIRST_LETTERS = {status[0]: status for status in STATUSES}


def met(text, **statuses):
    return parse(text).met(lambda name: statuses.get(name, "not attempted"))


@pytest.mark.parametrize("status", STATUSES)
def test_an_item_alone_is_true_once_it_is_passed_or_completed(status):
    assert met("a", a=status) is (status in ("passed", "completed"))
    assert met("~a", a=status) is (status not in ("passed", "completed"))


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("asked", STATUSES)
@pytest.mark.parametrize(
    "form",
    ["{}", '"{}"', " {} ", '" {}"'],
)
def test_a_status_is_compared_however_it_is_written(form, asked, status):
    for said in (asked, asked.title(), asked.upper(), asked[0], asked[0].upper()):
        written = form.format(said)
        assert met(f"a={written}", a=status) is (status == asked)
        assert met(f"a <> {written}", a=status) is (status != asked)


@pytest.mark.parametrize(
    ("text", "done", "expected"),
    [
        ("a&b", "a", False),
        ("a&b", "ab", True),
        ("a|b", "b", True),
        ("a|b", "", False),
        ("a|b&c", "a", True),
        ("a|b&c", "b", False),
        ("(a|b)&c", "a", False),
        ("~a&b", "b", True),
        ("~(a&b)", "a", True),
        ("~(a|b)", "a", False),
        ("~~a", "a", True),
        ("~a=passed", "", True),
        ("~a=completed", "a", False),
        ("2*{a,b,c}", "a", False),
        ("2*{a,b,c}", "ac", True),
        ("2 * { a , b&c , d }", "abc", True),
        ("2*{a,b&c,d}", "ab", False),
        ("2*{1*{a,b},3*{a,b,c},d}", "bd", True),
        ("~2*{a,b,c}", "a", True),
        ("~2*{a,b,c}", "ab", False),
        ("a AND NOT b", "a", True),
        ("(a and b) or c", "c", True),
        ("not(a)", "a", False),
        ("\n a\t&\r\nb ", "ab", True),
    ],
)
def test_an_expression_is_met_as_it_reads(text, done, expected):
    assert met(text, **dict.fromkeys(done, "completed")) is expected


def test_a_status_that_scorm_12_does_not_have_is_none():
    assert met("a=n", a="unknown")
    assert not met("a<>n", a="")


@pytest.mark.parametrize(
    "name", ["LESSON_1", "lesson-1.2", "_", "42", "7a", "not", "AND", "Übung", "passed", "n"]
)
def test_an_identifier_needs_no_quotation_marks(name):
    assert parse(name).names == {name}
    assert parse(f"x|{name}&y").names == {"x", name, "y"}


@pytest.mark.parametrize("name", ["a b", "a&b", "not attempted", "{1}", "ä~ö", " "])
def test_any_identifier_may_be_in_quotation_marks(name):
    assert parse(f'"{name}"=passed & "other"').names == {name, "other"}


def test_words_in_place_of_signs_are_remembered():
    assert parse("a and b").spelled
    assert parse("NOT a").spelled
    assert not parse('"a" & not').spelled


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", 1, "The identifier of an item, “(” or “~” must come, but the text ends"),
        ("  ", 3, "but the text ends"),
        ("a b", 3, "“&” or “|” must come between two parts, but “b” stands there"),
        ("a,b", 2, "but “,” stands there"),
        ("a!b", 2, "but “!” stands there"),
        ("a&", 3, "but the text ends"),
        ("&a", 1, "but “&” stands there"),
        ("a||b", 3, "but “|” stands there"),
        ("a)", 2, "but “)” stands there"),
        ("(a", 3, "A bracket is not closed"),
        ("()", 2, "must come, but “)” stands there"),
        ("~", 2, "must come, but the text ends"),
        ('"a', 1, 'but “"” stands there'),
        ('""', 2, "but “” stands there"),
        ("a=", 3, "A status must come, one of passed, completed,"),
        ("a=b=c", 4, "must come between two parts"),
        ("a=xyz", 3, "but “xyz” stands there"),
        ("a=not", 6, "A status must come"),
        ("a=not&b", 6, "A status must come"),
        ("a==p", 3, "A status must come"),
        ("a=~p", 3, "A status must come"),
        ("(a)=p", 4, "must come between two parts"),
        ("{a,b}", 1, "but “{” stands there"),
        ("2*a", 3, "After a number and “*” a set in “{ }” must come, but “a” stands there"),
        ("2*{a b}", 6, "A set is not closed"),
        ("2*{a,b", 7, "A set is not closed"),
        ("2*{}", 4, "must come, but “}” stands there"),
        ("3*{a,b}", 1, "A set of 2 cannot be asked for 3 of it"),
        ("a&0*{a}", 3, "A set of 1 cannot be asked for 0 of it"),
        (f"{'9' * 3900}*{{a}}", 1, "A set of 1 cannot be asked for 9999999999 of it"),
        ("(" * 3000 + "a", DEEPEST + 1, f"More than {DEEPEST} brackets or “~”"),
        ("~" * LONGEST, DEEPEST + 1, f"More than {DEEPEST} brackets or “~”"),
        ("1*{" * 900 + "a", DEEPEST * 3 + 1, f"More than {DEEPEST} brackets or “~”"),
        ("a" * (LONGEST + 1), LONGEST + 1, f"longer than the {LONGEST} characters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, place, words):
    with pytest.raises(PrerequisitesInvalid) as refused:
        parse(text)
    assert refused.value.place == place
    assert words in str(refused.value)
    assert f"(at character {place})" in str(refused.value)


def test_what_is_deep_and_long_within_bounds_is_read():
    deep = "~(" * (DEEPEST // 2 - 1) + "a" + ")" * (DEEPEST // 2 - 1)
    assert parse(deep).names == {"a"}
    assert len(parse("&".join(f"i{n}" for n in range(700))).names) == 700


@given(st.text(alphabet='ab12"&|~=<>*{}(), notNOT', max_size=60) | st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text):
    found = read_or_refused(text)
    if isinstance(found, PrerequisitesInvalid):
        assert 1 <= found.place <= len(text) + 1
    else:
        assert found.names
        assert found.sentence(str).startswith("Open this ")


def read_or_refused(text):
    try:
        return parse(text)
    except PrerequisitesInvalid as refused:
        return refused


NAMES = st.sampled_from(["a", "b", "c", "d-1.x", "spaced out"])
LEAVES = st.tuples(st.just("item"), NAMES) | st.tuples(
    st.sampled_from(["=", "<>"]), NAMES, st.sampled_from(STATUSES)
)


def several(inner):
    return st.lists(inner, min_size=2, max_size=4)


TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.just("~"), inner),
        st.tuples(st.sampled_from("&|"), several(inner)),
        several(inner).flatmap(
            lambda parts: st.tuples(st.just("set"), st.integers(1, len(parts)), st.just(parts))
        ),
    ),
    max_leaves=12,
)


@st.composite
def written(draw, tree):
    """The tree as somebody writes it: with more brackets, spaces and quotation marks or fewer."""
    space = draw(st.sampled_from(["", " "]))
    kind = tree[0]
    if kind in ("item", "=", "<>"):
        name = tree[1]
        text = f'"{name}"' if " " in name or draw(st.booleans()) else name
        if kind != "item":
            status = draw(st.sampled_from([tree[2], tree[2][0], tree[2].upper(), f'"{tree[2]}"']))
            text += f"{space}{kind}{space}{status}"
    elif kind == "~":
        text = f"~{space}{bracketed(draw, tree[1], draw(written(tree[1])), '&|')}"
    elif kind == "set":
        parts = [draw(written(part)) for part in tree[2]]
        text = f"{tree[1]}{space}*{space}{{{f'{space},'.join(parts)}}}"
    else:
        weaker = "|" if kind == "&" else ""
        parts = [bracketed(draw, part, draw(written(part)), weaker) for part in tree[1]]
        text = f"{space}{kind}{space}".join(parts)
    return f"({text})" if draw(st.integers(0, 9)) == 0 else text


def bracketed(draw, tree, text, weaker):
    return f"({text})" if tree[0] in weaker and not text.startswith("((") else text


def holds(tree, status_of):
    """What a tree means, said again without the module."""
    match tree:
        case ("item", name):
            return status_of[name] in ("passed", "completed")
        case ("=", name, status):
            return status_of[name] == status
        case ("<>", name, status):
            return status_of[name] != status
        case ("~", inner):
            return not holds(inner, status_of)
        case ("&", parts):
            return all(holds(part, status_of) for part in parts)
        case ("|", parts):
            return any(holds(part, status_of) for part in parts)
        case ("set", count, parts):
            return [holds(part, status_of) for part in parts].count(True) >= count
    raise AssertionError(tree)


WORLDS = st.fixed_dictionaries(
    {name: st.sampled_from(STATUSES) for name in ("a", "b", "c", "d-1.x", "spaced out")}
)


@given(TREES.flatmap(lambda tree: st.tuples(st.just(tree), written(tree))), WORLDS)
def test_an_expression_means_what_was_written(both, status_of):
    tree, text = both
    assert parse(text).met(status_of.__getitem__) is holds(tree, status_of)


@given(TREES.flatmap(written), WORLDS)
def test_what_is_needed_is_so_whenever_it_is_met(text, status_of):
    read = parse(text)
    assert read.needed(FINISHED) <= read.needed(BEGUN) <= read.names
    if read.met(status_of.__getitem__):
        for statuses in (FINISHED, BEGUN):
            assert all(status_of[name] in statuses for name in read.needed(statuses))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a", "Open this after “Lesson a” is completed."),
        ("a&b", "Open this after “Lesson a” and “Lesson b” are completed."),
        ("(a&b)&c", "Open this after “Lesson a”, “Lesson b” and “Lesson c” are completed."),
        ("a|b|c", "Open this after “Lesson a”, “Lesson b” or “Lesson c” is completed."),
        ("a&a", "Open this after “Lesson a” is completed."),
        ("a=passed", "Open this after “Lesson a” is passed."),
        ("a=c", "Open this after “Lesson a” is marked “completed”."),
        ("a=b", "Open this after “Lesson a” is only browsed."),
        ("a=f", "Open this after “Lesson a” is failed."),
        ("a<>n", "Open this after “Lesson a” is started."),
        ("~a", "Open this while “Lesson a” is not completed."),
        ("a=n", "Open this while “Lesson a” is not started."),
        ("a=i", "Open this while “Lesson a” is in progress."),
        ("a<>i", "Open this while “Lesson a” is not in progress."),
        ("~(a&b)", "Open this while “Lesson a” or “Lesson b” is not completed."),
        ("a&b=p", "Open this after “Lesson a” is completed and “Lesson b” is passed."),
        (
            "(a&b)|c",
            "Open this after “Lesson a” and “Lesson b” are completed, or “Lesson c” is completed.",
        ),
        (
            "a&(b|(c&~d))",
            "Open this while “Lesson a” is completed, and “Lesson b” is completed or "
            "(“Lesson c” is completed and “Lesson d” is not completed).",
        ),
        (
            "2*{a,b,c}",
            "Open this after at least 2 of “Lesson a”, “Lesson b” and “Lesson c” are completed.",
        ),
        (
            "2*{a,b=p,c}",
            "Open this after at least 2 of these are so: “Lesson a” is completed; “Lesson b” is "
            "passed; “Lesson c” is completed.",
        ),
        (
            "d|2*{a,b&c,d}",
            "Open this after “Lesson d” is completed, or (at least 2 of these are so: “Lesson a” "
            "is completed; (“Lesson b” and “Lesson c” are completed); “Lesson d” is completed).",
        ),
    ],
)
def test_it_is_told_in_a_sentence(text, sentence):
    assert parse(text).sentence(lambda name: f"Lesson {name}") == sentence


def test_what_is_long_is_told_in_short():
    text = "|".join(f"(i{n}&j{n})" for n in range(90))
    sentence = parse(text).sentence(lambda name: name * 50)
    assert sentence.endswith("…” and 177 more are met.")
    assert len(sentence) <= LONGEST_SENTENCE
    alone = parse("a=p|a=f&a=n|" * 20 + "a").sentence(str)
    assert alone == "Open this when the conditions on “a” are met."


def item_of(name, prerequisites=None, *children, launch="index.html"):
    return Item(
        name,
        name.title(),
        launch=None if children else launch,
        prerequisites=prerequisites,
        children=children,
    )


def test_what_counts_is_found_at_every_depth():
    found = survey([item_of("a"), item_of("b", "a", item_of("c", "~a"))])
    assert found.heeded == {"b": parse("a"), "c": parse("~a")}
    assert (found.unreadable, found.unknown, found.hollow, found.circles) == ({}, {}, {}, ())


def test_what_cannot_be_read_or_names_nothing_is_left_out():
    found = survey(
        [
            item_of("a", "b c"),
            item_of("b", "a&x|y"),
            item_of("empty", launch=None),
            item_of("none", None, item_of("below", launch=None)),
            item_of("c", "empty=f&none"),
            item_of("d", "empty|a"),
        ]
    )
    assert list(found.heeded) == ["d"]
    assert found.unreadable["a"].place == 3
    assert found.unknown == {"b": {"x", "y"}}
    assert found.hollow == {"c": {"empty", "none"}}


@pytest.mark.parametrize(
    ("items", "circles"),
    [
        ([item_of("a", "a")], [("a",)]),
        ([item_of("a", "a<>n")], [("a",)]),
        ([item_of("a", "b"), item_of("b", "a")], [("a", "b")]),
        ([item_of("a", "b&x"), item_of("b", "c"), item_of("c", "a=f"), item_of("x")], ["abc"]),
        ([item_of("a", "b"), item_of("b", "b"), item_of("c", "a&b")], [("b",)]),
        ([item_of("a", "~b"), item_of("b", "~a")], []),
        ([item_of("a", "b|x"), item_of("b", "a"), item_of("x")], []),
        ([item_of("a", "2*{b,c}"), item_of("b", "a"), item_of("c")], [("a", "b")]),
        ([item_of("a", "2*{b,c,d}"), item_of("b", "a"), item_of("c"), item_of("d")], []),
        # A cluster is finished when all below it is, and begun with any of it.
        ([item_of("k", None, item_of("a"), item_of("b", "k"))], [("b",)]),
        ([item_of("k", None, item_of("a"), item_of("b", "k=i"))], []),
        ([item_of("k", "a", item_of("a"), item_of("b"))], [("k",)]),
        ([item_of("k", "x", item_of("a")), item_of("x", "a")], [("k", "x")]),
        ([item_of("k", None, item_of("a", "x")), item_of("x", "k")], [("a", "x")]),
        ([item_of("k", None, item_of("a"), item_of("e", launch=None)), item_of("x", "k")], []),
        ([Item("k", "K", launch="k.html", children=(item_of("a", "k"),))], []),
    ],
)
def test_items_that_wait_for_each_other_do_not_wait(items, circles):
    found = survey(items)
    assert sorted(found.circles) == [tuple(circle) for circle in circles]
    assert not set(found.heeded) & {name for circle in found.circles for name in circle}


def test_many_that_wait_in_a_row_or_in_a_ring_are_looked_through():
    row = [item_of("i0"), *(item_of(f"i{n}", f"i{n - 1}") for n in range(1, 5000))]
    assert survey(reversed(row)).circles == ()
    ring = [item_of("i0", "i4999"), *row[1:]]
    assert len(survey(ring).circles[0]) == 5000


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), min_size=1), min_size=1
    )
)
def test_once_the_circles_are_left_out_everything_can_be_opened(graph):
    items = [item_of(name, "&".join(graph.get(name, [])) or None) for name in "abcdef"]
    found = survey(items)
    status_of = dict.fromkeys("abcdef", "not attempted")
    for _round in items:
        for name in status_of:
            if name not in found.heeded or found.heeded[name].met(status_of.__getitem__):
                status_of[name] = "passed"
    assert set(status_of.values()) == {"passed"}
