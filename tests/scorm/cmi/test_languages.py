import json

import pytest

from scorm.cmi.languages import is_language
from shared import SHARED, needs_shared

DMI = SHARED / "scorm" / "cts" / "DMI.json"


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "ENG",
        "fr-CA",
        "qaa",
        "qtz",
        "x-anything",
        "i-klingon",
        "art-lojban",
        "de-1996",
        "en-GB-oed",
        "sgn-BE-fr",
        "zh-min-nan",
        "az-Arab",
        "zh-Hans",
        "zh-Hant-TW",
        "es-419",
    ],
)
def test_a_tag_of_the_registries_is_a_language(tag):
    assert is_language(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "sp",
        "frl",
        "exg",
        "ruq-JM",
        "ruq",
        "en-USA",
        "en-XX",
        "en-a",
        "x",
        "i-nothing",
        "qua-",
        "en_GB",
        "en-",
        "-en",
        "quz",
        "english",
        "e",
        " en",
        "en\n",
        "Ko",
        "en-12",
    ],
)
def test_another_is_not(tag):
    assert not is_language(tag)


@needs_shared
def test_every_tag_that_adl_sends_is_judged_as_adl_does():
    steps = [
        step
        for launch in json.loads(DMI.read_text("utf-8"))["launches"]
        for step in launch["steps"]
    ]
    sent = [
        (step["value"], step["error"] == "0")
        for step in steps
        if step["op"] == "doSetValue" and step["element"] == "cmi.learner_preference.language"
    ]
    assert len(sent) > 800
    assert [tag for tag, good in sent if tag and is_language(tag) != good] == []
