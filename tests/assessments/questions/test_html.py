"""Text with mark-up is harmless wherever it comes from."""

import pytest

from assessments.questions.html import escaped, plain, safe, says_something


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("<p onclick='go()'>Rest<script>go()</script></p>", "<p>Rest</p>"),
        ('<img src="files/a.png" alt="A bed">', '<img src="files/a.png" alt="A bed">'),
        ('<img src="https://there.example/a.png">', "<img>"),
        ('<img src="files/../a.png">', "<img>"),
        ('<a href="javascript:go()">Go</a>', '<a rel="noopener noreferrer">Go</a>'),
        (
            '<a href="https://there.example/">Go</a>',
            '<a href="https://there.example/" rel="noopener noreferrer">Go</a>',
        ),
        ('<form action="x"><input name="answer"></form>', ""),
        ('<p style="position:fixed" class="x" id="y">Rest</p>', "<p>Rest</p>"),
        ('<p dir="rtl" lang="ar">نوم</p>', '<p dir="rtl" lang="ar">نوم</p>'),
    ],
)
def test_nothing_runs_loads_from_elsewhere_or_leaves_its_place(text, harmless):
    assert safe(text) == harmless


def test_plain_text_becomes_paragraphs_and_lines():
    assert escaped("a < b\nand so") == "a &lt; b<br>and so"
    assert escaped("One\nline\n\n \nTwo & more") == "<p>One<br>line</p><p>Two &amp; more</p>"


def test_what_html_says_is_one_line_and_pictures_say_their_words():
    text = '<p>A\n <b>b</b> &lt; c</p><img src="files/a.png" alt="A bed">'
    assert plain(text) == "A b < c A bed"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<p> &nbsp; </p>", False),
        ("", False),
        ("<p>Rest</p>", True),
        ('<img src="files/a.png">', True),
        ('<audio src="files/a.mp3"></audio>', True),
        ("<math><mi>x</mi></math>", True),
    ],
)
def test_a_text_says_something_in_words_or_to_see_or_hear(text, says):
    assert says_something(text) is says
