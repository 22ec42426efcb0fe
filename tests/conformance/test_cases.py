"""What a case's words mean, also those that the public cases do not have."""

import json
import shutil

import pytest

from conformance.cases import CTS, Deed, Launch, NotUnderstood, case
from shared import needs_shared
from tests.conformance.__main__ import main

MANIFEST = (
    "<manifest xmlns='http://www.imsglobal.org/xsd/imscp_v1p1'><resources/>"
    "<organizations/></manifest>"
)


@pytest.mark.parametrize(
    ("instruction", "words", "deeds"),
    [
        ("", "", []),
        ("Continue", "please trigger a Continue Navigation Event.", ["press Continue"]),
        ("x", "please trigger a Suspend All Navigation Event.", ["press Suspend"]),
        ("x", "please trigger an Exit All Navigation Request.", ["press Exit"]),
        ("Previous", "", ["press Previous"]),
        ("SuspendAll", "", ["press Suspend"]),
        ("Abandon", "", ["press Abandon"]),
        ("Choice~Part 1.2", "please target Part 1.2 for a Choice …", ["choose Part 1.2"]),
        ("x", "please target Part 1.2 for a Choice Navigation Event.", ["choose Part 1.2"]),
        ("T2", "After the test, please launch Test 2.", ["choose Test 2"]),
        ("Exit", "please exit the package/course and refer to the window.", ["press Exit"]),
        (
            "x",
            "please suspend the package/course and relaunch LMS Test Content Package X-1.",
            ["press Suspend", "open X-1"],
        ),
        (
            "x",
            "The attempt should end. Please relaunch LMS Test Content Package X-1 and choose "
            "Test 1 to continue the test.",
            ["open X-1", "choose Test 1"],
        ),
        ("x", "Please launch LMS Test Content Package X-1b.", ["open X-1b"]),
        ("AutoTest", "The attempt and the Sequencing Session should end; please refer …", []),
    ],
)
def test_an_instruction_says_what_the_learner_does(instruction, words, deeds):
    launch = Launch("Act1V1", "1", (), (), instruction, words)
    expected = [Deed(*deed.split(" ", 1)) for deed in deeds]
    assert list(launch.deeds) == expected


def test_an_instruction_that_says_nothing_known_is_not_passed_over():
    launch = Launch("Act1V1", "1", (), (), "Dance", "Please dance.")
    with pytest.raises(NotUnderstood, match="Please dance"):
        _ = launch.deeds


def write(folder, name="X-1", packages=("X-1",), **more):
    launch = {"key": "Act1V1", "activity": "1", "steps": [], "ui": [], "instruction": ""}
    launch |= {"instruction_text": ""} | more
    (folder / f"{name}.json").write_text(json.dumps({"start": ".", "launches": [launch]}))
    for package in packages:
        (folder / f"{package}.manifest.xml").write_text(MANIFEST)


@pytest.mark.parametrize(
    ("key", "argument", "answer", "words"),
    [
        ("suspend.enabled", None, "Y", "Suspend should be enabled"),
        ("exitAll.disabled", None, "Y", "Exit should be disabled"),
        ("toc.disabled", None, "N", "the contents should be enabled"),
        ("toc.enabled.selectable", "Part 1", "N", "“Part 1” in the contents should be disabled"),
    ],
)
def test_a_question_says_what_can_be_used(tmp_path, key, argument, answer, words):
    write(tmp_path, ui=[{"key": key, "arg": argument, "expect": answer}])
    (question,) = case("X-1", tmp_path).launches[0].questions
    assert str(question) == words


@pytest.mark.parametrize(
    "unknown",
    [
        {"ui": [{"key": "toc.visible", "arg": None, "expect": "Y"}]},
        {"ui": [{"key": "clock.enabled", "arg": None, "expect": "Y"}]},
        {"steps": [{"op": "doDance"}]},
        {"instruction_text": "Please relaunch LMS Test Content Package Y-1."},
    ],
)
def test_what_is_not_known_is_not_passed_over(tmp_path, unknown):
    write(tmp_path, **unknown)
    with pytest.raises(NotUnderstood):
        case("X-1", tmp_path)


def test_a_letter_tells_the_packages_of_a_case_apart(tmp_path):
    write(tmp_path, "X-1", ("X-1a", "X-1b"))
    write(tmp_path, "X-1c", ("X-1c",))
    assert list(case("X-1", tmp_path).packages) == ["X-1a", "X-1b"]
    assert list(case("X-1c", tmp_path).packages) == ["X-1c"]


@needs_shared
def test_the_command_shows_what_went_as_expected_and_what_did_not(tmp_path, capsys):
    for name in ("CM-01", "SX-08a"):
        shutil.copy(CTS / f"{name}.manifest.xml", tmp_path)
        shutil.copy(CTS / f"{name}.json", tmp_path)
    assert main([str(tmp_path)]) == 0
    assert "2 of 2 cases went as ADL expects." in capsys.readouterr().out
    wrong = json.loads((CTS / "SX-08a.json").read_text("utf-8"))
    wrong["launches"][0]["ui"][0]["expect"] = "Y"
    wrong["launches"][0]["steps"][0]["error"] = "103"
    (tmp_path / "SX-08a.json").write_text(json.dumps(wrong), "utf-8")
    dance = json.loads((CTS / "SX-12a.json").read_text("utf-8"))
    dance["launches"][1] |= {"instruction": "Dance", "instruction_text": ""}
    (tmp_path / "SX-12a.json").write_text(json.dumps(dance), "utf-8")
    shutil.copy(CTS / "SX-12a.manifest.xml", tmp_path)
    write(tmp_path)
    write(tmp_path, "X-2", ui=[{"key": "clock.enabled", "arg": None, "expect": "Y"}])
    assert main([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "Act1V1, at first: the contents should be enabled." in said
    assert "Initialize('') answered 'true' with error 0, not 'true' with error 103" in said
    assert "Act2V1: “Dance” is not understood" in said
    assert "X-1 0 0 0 failed AssertionError" in " ".join(said.split())
    assert "X-2 unread a question about clock.enabled" in " ".join(said.split())
    assert "1 of 5 cases went as ADL expects." in said


def test_the_command_says_when_there_is_no_such_case(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert main([str(tmp_path), "--case", "X-1"]) == 2
    assert "has no X-1." in capsys.readouterr().err
