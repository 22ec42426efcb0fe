"""What a registration holds, as plain data that any page and any terminal can show."""

import json

import pytest

from scorm.packages.manifest import Edition
from scorm.runtime.record import outside_records

HALF = "abc\ud800def"
SHOWN = "abc\\ud800def"
PLACES = [(Edition.FOURTH, "cmi.location"), (Edition.SCORM_12, "cmi.core.lesson_location")]


@pytest.mark.parametrize(("edition", "place"), PLACES)
def test_half_a_character_is_shown_as_its_escape_wherever_content_put_it(learner, edition, place):
    one = learner("one", edition=edition)
    one.start("s1")
    one.initialize("one")
    one.set("one", {place: HALF, HALF: "1", "cmi.interactions.0.id": HALF})
    one.entry("set", "one", values=[])
    one.send(one.entry("set", "one", values=[[HALF, HALF]]))
    found = one.history()
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    assert found["activities"]["one"]["values"][place] == SHOWN
    session = found["sessions"]["s1"]
    assert SHOWN in [refused["element"] for refused in session["refused"]]
    assert session["waiting"][0]["values"] == [[SHOWN, SHOWN]]
    assert any(SHOWN in finding["words"] for finding in found["explanation"]["course"])
    one.start("s2")
    assert one.values("one")[place] == HALF, "what is stored stays as content set it"


def test_elements_are_in_the_order_of_their_records():
    names = ["adl.data.10.id", "adl.data.2.id", "cmi.exit"]
    assert list(outside_records(dict.fromkeys(names, ""))) == [names[1], names[0], names[2]]
