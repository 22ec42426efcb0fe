"""What a package weighs, and how that is said."""

import pytest

from scorm.packages.checks.weight import HEAVY, HEAVY_START, VERY_HEAVY, duration, findings, start


def test_a_light_package_is_not_told():
    assert findings({"a": 5}, HEAVY - 1) == []


def test_a_heavy_package_is_told_with_the_time_it_takes_and_its_largest_files():
    weight, largest = findings({f"f{n}.mp4": n * 1000 for n in range(9)}, HEAVY)
    assert (weight.severity, weight.rule) == ("note", "weight")
    assert weight.message == (
        "The package has 10 MB. All of it takes 80 seconds on a line of 1 Mbit/s, and 21 minutes "
        "on one of 64 kbit/s."
    )
    assert largest.message == (
        "Its largest files: f8.mp4 (8 kB), f7.mp4 (7 kB), f6.mp4 (6 kB), f5.mp4 (5 kB), "
        "f4.mp4 (4 kB)."
    )


def test_a_very_heavy_package_is_a_warning():
    assert findings({"a": 5}, VERY_HEAVY)[0].severity == "warning"


def test_the_part_that_loads_most_before_it_is_there_is_told():
    sizes = {"a.html": 10, "b.html": 20, "s.js": HEAVY_START}
    finding = start({"a.html": {"a.html"}, "b.html": {"s.js"}}, sizes)
    assert (finding.rule, finding.file) == ("weight-start", "b.html")
    assert start({"a.html": set()}, sizes) is None
    assert start({}, sizes) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((1, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (7200, "2 hours")),
        (172_800, "2 days"),
    ],
)
def test_a_time_is_as_precise_as_matters(seconds, words):
    assert duration(seconds) == words


def test_what_a_page_of_a_part_loads_is_counted(found):
    page = '<html lang=en><title>A</title><meta name=viewport><script src="a.js"></script><p>'
    finding = found({"index.html": page, "a.js": "parent.API;" + " " * HEAVY_START})
    assert finding.keys() == {"weight-start"}
    assert finding["weight-start"].file == "index.html"
