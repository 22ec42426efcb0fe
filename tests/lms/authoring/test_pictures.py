"""Pictures: from the course's own folder, with words, small, and with nothing in them that acts."""

import zipfile

import pytest

from lms.authoring import build
from lms.authoring.pictures import LIMIT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20.5">{0}</svg>'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (7).to_bytes(4, "big") + (9).to_bytes(4, "big")


@pytest.fixture
def picture(course, write_part):
    """Call it with a file's name and content: the first part shows it, in line 7."""
    (course / "figures").mkdir()

    def of(name, content):
        content = content if isinstance(content, bytes) else content.encode()
        (course / "figures" / name).write_bytes(content)
        write_part(f"## A\n\n![What it shows](figures/{name})\n")

    return of


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [
        ("a.svg", SVG.format('<use href="#x"/>'), ("30", "20")),
        ("a.svg", '<?xml version="1.0"?><!-- x -->' + SVG.format(""), ("30", "20")),
        ("a.svg", SVG.format("<style>g { fill: url( '#x' ) }</style>"), ("30", "20")),
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', (None, None)),
        ("a.png", PNG, ("7", "9")),
        ("a.png", PNG[:12], (None, None)),
        ("a.jpg", b"\xff\xd8\xff\xe0", (None, None)),
        ("a.jpeg", b"\xff\xd8\xff\xe0", (None, None)),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", (None, None)),
    ],
)
def test_a_picture_is_shown_with_its_words_and_the_size_it_says(
    picture, page_of, name, content, size
):
    picture(name, content)
    (image,) = page_of().iter("img")
    assert (image.get("src"), image.get("alt")) == (f"figures/{name}", "What it shows")
    assert (image.get("width"), image.get("height")) == size


def test_the_package_has_what_is_shown_and_nothing_else(course, picture, tmp_path):
    picture("b.svg", SVG.format(""))
    picture("a.svg", SVG.format(""))
    built = build(course, tmp_path / "x.zip")
    names = zipfile.ZipFile(built.file).namelist()
    assert [name for name in names if name.startswith("figures/")] == ["figures/a.svg"]
    assert [page.pictures for page in built.pages] == [len(SVG.format("")), 0, 0, 0]
    assert [str(remark) for remark in built.remarks][-1] == (
        "figures/b.svg: No text shows this picture."
    )


def test_a_page_weighs_what_its_pictures_weigh_too(course, picture, tmp_path):
    weights = []
    for more in (0, 1000):
        picture("a.png", PNG + bytes(more))
        weights.append(build(course, tmp_path / "x.zip").pages[0])
    assert [weight.pictures for weight in weights] == [len(PNG), len(PNG) + 1000]
    assert weights[1].bytes - weights[0].bytes == 1000


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.gif", b"GIF89a", "“figures/a.gif” is no picture of this course."),
        ("a.png", b"GIF89a", "figures/a.png is no png file."),
        ("a.webp", b"RI", "figures/a.webp is no webp file."),
        ("a.svg", "<svg", "figures/a.svg cannot be read as SVG."),
        ("a.svg", b"\x89PNG", "figures/a.svg cannot be read as SVG."),
        ("a.svg", "<svg/>", "figures/a.svg cannot be read as SVG."),
        ("a.svg", "<!DOCTYPE svg>" + SVG, "figures/a.svg declares a document type."),
        ("a.svg", SVG.format("<script/>"), "figures/a.svg has a script in it, or something else"),
        (
            "a.svg",
            SVG.format('<script xmlns="http://www.w3.org/1999/xhtml"/>'),
            "figures/a.svg has a script in it, or something else",
        ),
        (
            "a.svg",
            SVG.format("<style>g{fill:u\\72l(//x)}</style>"),
            "figures/a.svg loads something",
        ),
        ("a.svg", SVG.format("<image/>"), "figures/a.svg has a script in it, or something else"),
        ("a.svg", SVG.format("<foreignObject/>"), "figures/a.svg has a script in it, or someth"),
        ("a.svg", SVG.format("<?x y?>"), "figures/a.svg has a script in it, or something else"),
        ("a.svg", "<?xml-stylesheet href='x'?>" + SVG.format(""), "figures/a.svg loads a style"),
        ("a.svg", SVG.format("<g onclick='x()'/>"), "figures/a.svg has a script in it."),
        ("a.svg", SVG.format("<a href='javascript:x()'/>"), "figures/a.svg loads or leads to"),
        ("a.svg", SVG.format("<use href='b.svg#x'/>"), "figures/a.svg loads or leads to"),
        ("a.svg", SVG.format("<g fill='url(http://x)'/>"), "figures/a.svg loads or leads to"),
        ("a.svg", SVG.format("<style>@import 'x'</style>"), "figures/a.svg loads something"),
        ("a.svg", SVG.format("<style>g{fill:url('x')}</style>"), "figures/a.svg loads something"),
        ("a.png", PNG + bytes(LIMIT), "figures/a.png has 60.0 kB; 60 kB is the most."),
    ],
)
def test_a_picture_that_cannot_be_shown_is_refused_where_it_is_named(
    course, picture, refused, name, content, message
):
    picture(name, content)
    error = refused(course)
    assert (error.file, error.line) == ("01-first.md", 7)
    assert error.message.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![](figures/a.svg)", "This picture has no words."),
        ("![…](figures/a.svg)", "This picture has no words."),
        ("![A](figures/a.svg)", "There is no file figures/a.svg."),
        ("![A](https://example.org/a.svg)", "“https://example.org/a.svg” is no picture of this"),
        ("![A](figures/../course.svg)", "“figures/../course.svg” is no picture of this course."),
        ("![A](/figures/a.svg)", "“/figures/a.svg” is no picture of this course."),
    ],
)
def test_a_picture_without_words_or_file_is_refused(course, write_part, refused, text, message):
    write_part(f"## A\n\n{text}\n")
    error = refused(course)
    assert error.line == 7
    assert error.message.startswith(message)


def test_a_link_out_of_the_courses_folder_is_refused(course, picture, refused, tmp_path):
    (tmp_path / "secret.svg").write_text(SVG.format(""))
    picture("a.svg", "")
    (course / "figures" / "a.svg").unlink()
    (course / "figures" / "a.svg").symlink_to(tmp_path / "secret.svg")
    assert refused(course).message == "figures/a.svg lies outside the course's folder."


def test_a_folder_named_as_a_picture_is_refused(course, write_part, refused):
    (course / "figures" / "a.svg").mkdir(parents=True)
    write_part("![A](figures/a.svg)\n")
    assert refused(course).message == "The file cannot be read: Is a directory."


def test_pictures_make_no_text_that_needs_a_source(course, picture, change, page_of):
    change(course / "course.toml", "mastery = 50", 'mastery = 50\nclaims = "sourced"')
    change(course / "02-second.md", "A word.", "A word. [own]")
    change(course / "quiz.gift", "::second::", "// [own]\n::second::")
    picture("a.svg", SVG.format(""))
    assert len(list(page_of().iter("img"))) == 1


def test_a_picture_may_be_shown_twice(picture, write_part, page_of):
    picture("a.svg", SVG.format(""))
    write_part("![Once](figures/a.svg)\n\n![Twice](figures/a.svg)\n")
    assert [image.get("alt") for image in page_of().iter("img")] == ["Once", "Twice"]
