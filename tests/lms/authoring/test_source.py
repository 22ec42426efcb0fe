import pytest

from lms.authoring.course import Reference
from lms.authoring.errors import CourseError, SourceError
from lms.authoring.source import read


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def refused(folder):
    with pytest.raises(SourceError) as caught:
        read(folder)
    return caught.value


def test_a_course_is_read_whole(course):
    found = read(course)
    assert (found.title, found.language, found.minutes) == ("A small course", "en", 5)
    assert [(p.number, p.slug, p.title, p.minutes) for p in found.parts] == [
        (1, "first", "The first part", 2),
        (2, "second", "The second part", 1),
    ]
    assert found.parts[1].content_note == "A hard word."
    assert (found.quiz.mastery, len(found.quiz.questions)) == (50, 2)
    assert found.references == {
        "book": Reference("book", "A book", "https://example.org/book", "", "A book")
    }


def test_parts_keep_the_numbers_of_their_files_from_nought_on(course):
    (course / "02-second.md").rename(course / "00-second.md")
    assert [part.number for part in read(course).parts] == [0, 1]


def test_windows_line_ends_and_byte_order_marks_are_read(course):
    path = course / "01-first.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(course).parts[0].title == "The first part"


@pytest.mark.parametrize("file", ["course.toml", "quiz.gift"])
def test_a_missing_file_is_named(course, file):
    (course / file).unlink()
    error = refused(course)
    assert (error.file, error.line) == (file, None)
    assert str(error).startswith(f"{file}: The file is missing.")


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        ("course.toml", 'title = "A small course"', "title = A", 2, "This cannot be read"),
        ("sources.toml", 'address = "https://example.org/book"', 'address = "', 3, "This cannot"),
        ("course.toml", "mastery = 50", "mastery = 101", 7, "mastery must be a whole number"),
        ("course.toml", "mastery = 50", "mastery = true", 7, "mastery must be a whole number"),
        ("course.toml", "mastery = 50\n", "", 1, "mastery is missing."),
        ("course.toml", "minutes = 5", 'minutes = "5"', 6, "minutes must be a whole number"),
        ("course.toml", '"A small course"', '""', 2, "title must be text."),
        ("course.toml", '"A small course"', "7", 2, "title must be text."),
        ("course.toml", '"course.small"', '"1 2"', 1, "identifier cannot be “1 2”."),
        # What a manifest names itself has no dot: none of it can be given twice.
        ("course.toml", '"course.small"', '"course"', 1, "identifier cannot be “course”."),
        ("course.toml", "[quiz]\n", "[quis]\n", 1, "quiz must be a section."),
        ("course.toml", '"en"', '"English"', 3, "language cannot be “English”."),
        ("course.toml", "notice =", "notise =", 9, "notise is not known here."),
        ("course.toml", "minutes = 2\n", "minutes = 2\ncolour = 1\n", 14, "quiz.colour is not"),
        ("sources.toml", '[book]\ntitle = "A book"', "[book]", 1, "book.title is"),
        (
            "course.toml",
            '[quiz]\ntitle = "The quiz"\nminutes = 2\n',
            "quiz = 1",
            11,
            "quiz must be",
        ),
        ("01-first.md", "minutes = 2", "minutes = 2\ncolour = 1", 4, "colour is not known here."),
        ("01-first.md", 'title = "The first part"', "", 2, "title is missing."),
        ("01-first.md", "+++\ntitle", "title", 1, "The part does not start with its title"),
        ("quiz.gift", "One and one? {", "{", 2, "This question has no text."),
    ],
)
def test_a_mistake_is_named_by_file_and_line(course, file, old, new, line, message):
    change(course, file, old, new)
    error = refused(course)
    assert (error.file, error.line) == (file, line)
    assert message in error.message
    assert error.remedy


def test_text_in_another_encoding_is_refused_with_its_line(course):
    (course / "01-first.md").write_bytes(b"+++\ntitle = 'caf\xe9'\n+++\n")
    error = refused(course)
    assert (error.line, error.message) == (2, "The text is not in UTF-8.")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x85", "\ufffe"])
def test_a_sign_that_nobody_can_see_is_refused_with_its_line(course, sign):
    change(course, "01-first.md", "Near", f"Near{sign}")
    error = refused(course)
    assert (error.line, error.message) == (
        6,
        f"There is a sign here that nobody can see: U+{ord(sign):04X}.",
    )


def test_so_is_one_that_is_written_with_an_escape(course):
    change(course, "course.toml", "A small course", "A\\u0001")
    error = refused(course)
    assert (error.line, error.message) == (2, "title has a sign that nobody can see: U+0001.")


def test_brackets_without_end_are_refused(course):
    (course / "course.toml").write_text("a = " + "[" * 10_000)
    assert refused(course).message == "This cannot be read: Too many brackets within brackets."


def test_minutes_are_the_sum_of_the_parts_and_the_quiz(course):
    change(course, "course.toml", "minutes = 5", "minutes = 6")
    error = refused(course)
    assert (error.line, error.message) == (6, "The parts and the quiz take 5 minutes, not 6.")


def test_a_part_takes_eight_minutes_at_most(course):
    change(course, "01-first.md", "minutes = 2", "minutes = 9")
    assert refused(course).message == "minutes must be a whole number from 1 to 8."


@pytest.mark.parametrize("name", ["03_more.md", "03-More.md", "3more.md", "0003-more.md"])
def test_a_name_that_is_nearly_a_parts_is_refused(course, name):
    (course / name).write_text("")
    assert (refused(course).file, refused(course).message) == (
        name,
        "This is not how a part is called.",
    )


def test_a_text_beside_the_parts_is_left_alone(course):
    (course / "README.md").write_text("What this is.")
    assert len(read(course).parts) == 2


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CourseError, match="is not a folder"):
        read(tmp_path / "none")


def test_a_course_without_parts_is_refused(course):
    for path in course.glob("*.md"):
        path.unlink()
    assert refused(course).message == "The course has no part."


def test_two_parts_with_one_number_are_refused(course):
    (course / "02-second.md").rename(course / "01-second.md")
    assert refused(course).message == "01-first.md has the same number."


def test_an_empty_quiz_is_refused(course):
    (course / "quiz.gift").write_text("// later\n", "utf-8")
    assert refused(course).message == "There is no question in the quiz."
