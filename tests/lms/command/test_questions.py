"""``tutela questions``: the question bank from the command line."""

import base64

import pytest

GIFT = """$CATEGORY: Sleep

// [id:S1]
::Coffee:: Coffee helps to sleep. {FALSE#It wakes.}

::Hours:: How many hours? {#8:1}

::Broken:: Which one? {
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "night.gift"
    path.write_text(GIFT, "utf-8")
    return path


def test_questions_of_a_file_go_into_a_category_that_is_made(tutela, file):
    done = tutela("questions", "import", str(file), "--bank", "Care/Night")

    assert done.status == 0
    assert "Read as GIFT, into the category Care/Night." in done.out
    assert "New: 2. With a new version: 0. Like this already: 0." in done.out
    assert "! line 8, Broken:" in done.out


def test_a_second_time_codes_are_known_and_what_is_just_like_it(tutela, file):
    tutela("questions", "import", str(file), "--bank", "Night")
    file.write_text(GIFT.replace("helps to sleep", "helps one to sleep"), "utf-8")

    plain = tutela("questions", "import", str(file), "--bank", "Night", "--json").json

    assert (plain["added"], plain["changed"], plain["same"]) == (0, 1, 1)
    assert plain["bank"] == "Night"
    first = plain["questions"][0]
    assert (first["name"], first["kind"], first["code"]) == ("Coffee", "truth", "S1")
    assert (first["category"], first["version"], first["line"]) == ("Night/Sleep", 2, 4)
    (remark,) = plain["remarks"]
    assert (remark["kind"], remark["line"], remark["question"]) == ("left out", 8, "Broken")


def test_questions_are_given_out_as_they_came_in(tutela, file, tmp_path):
    tutela("questions", "import", str(file), "--bank", "Night")
    out = tmp_path / "out.gift"

    done = tutela("questions", "export", "Night", "--format", "gift", "--output", str(out))

    assert "Questions written to" in done.out
    assert "Coffee helps to sleep." in out.read_text("utf-8")
    plain = tutela("questions", "export", "night", "--format", "moodle-xml", "--json").json
    assert plain["questions"] == 2
    assert b"<quiz>" in base64.b64decode(plain["content"])


def test_without_a_file_questions_go_to_standard_output(tutela, file):
    tutela("questions", "import", str(file), "--bank", "Night")
    done = tutela("questions", "export", "Night")
    assert "::Coffee::" in done.out


def test_what_a_format_cannot_say_goes_to_standard_error(tutela, tmp_path):
    path = tmp_path / "steps.xml"
    path.write_text(
        '<quiz><question type="essay"><name><text>Letter</text></name><questiontext format="html">'
        "<text>Write</text></questiontext><graderinfo format='html'><text>Look for rest</text>"
        "</graderinfo></question></quiz>",
        "utf-8",
    )
    tutela("questions", "import", str(path), "--bank", "Night")
    done = tutela("questions", "export", "Night", "--format", "gift")
    assert "Letter" in done.err
    assert "Write" in done.out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("\x00\x01", "no questions in a format"),
        ("::Broken:: Which one? {", "no question that can be taken"),
    ],
)
def test_a_file_without_questions_is_refused_with_the_reason(tutela, file, content, says):
    file.write_text(content, "utf-8")
    done = tutela("questions", "import", str(file), "--bank", "Night")
    assert done.status == 1
    assert says in done.err
    assert "no category" in tutela("questions", "export", "Night").err


def test_a_file_that_is_not_there_and_a_name_that_is_none_are_refused(tutela, file):
    assert "no file" in tutela("questions", "import", "nothing.gift", "--bank", "Night").err
    assert "Give the category a name" in tutela("questions", "import", str(file), "--bank", "/").err
    assert tutela("questions", "export", "Night", "--format", "papyrus").status == 2
