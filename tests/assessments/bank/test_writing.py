"""Texts as authors write them, and what is kept of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.writing import changed, to_html, to_text
from assessments.questions.html import EMPTY, Html, escaped, safe

KEPT = [
    "",
    "2 * 3 * 4 and a_b_c",
    "x<sub>2</sub> *y* [[1]] and {={a}*{b}*2}",
    "line<br>two",
    "<p>One</p><p>Two &amp; three &lt; four</p>",
    "<ul><li>a</li><li>b <em>c</em></li></ul>",
    "<ol><li>a</li></ol>",
    "<h3>Part</h3><p>Text</p>",
    '<p>See <a href="https://a.org/x_y" rel="noopener noreferrer">it</a></p>',
    '<p><img src="files/a.png" alt="A room"> seen</p>',
    "<table><tbody><tr><td>1</td></tr></tbody></table>",
    "text <table><tbody><tr><td>1</td></tr></tbody></table>",
    "<p>loose</p> tail",
    "<p>a</p><table><tbody><tr><td>1</td></tr></tbody></table>",
    "<pre>a\n\n  b</pre>",
    '<p dir="rtl">مرحبا</p>',
    "<ul><li><p>a</p></li></ul>",
    "<ul>loose<li>a<br>b</li></ul>",
    '<img src="files/a.png" alt="A room" width="30">',
    "&lt;b&gt; is bold &amp; &amp;amp;",
    "1. yes",
    "- x",
    "# no",
    "[x](y) `a` C:\\temp",
    "<math><mi>x</mi></math> is",
    "<b>x</b> tail",
    "a <table><tbody><tr><td>1\n\n    2</td></tr></tbody></table>",
]


@pytest.mark.parametrize("html", KEPT)
def test_what_nobody_changes_stays_exactly_as_it_is(html):
    kept = safe(html)
    assert changed(to_text(kept).replace("\n", "\r\n"), kept) is kept


@pytest.mark.parametrize("html", KEPT)
def test_what_is_shown_becomes_what_reads_the_same(html):
    kept = safe(html)
    again = to_html(to_text(kept))
    assert to_html(to_text(again)) == again
    assert to_text(again) == to_text(kept)


@given(st.text(alphabet="ab *_[](){}<>#-+1.\\`!&;~|=\n", max_size=40))
def test_plain_text_is_never_taken_for_formatting(text):
    kept = escaped(text)
    assert changed(to_text(kept), kept) == kept
    again = to_html(to_text(kept))
    assert to_text(again) == to_text(kept)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("  ", ""),
        ("Words", "Words"),
        ("One\r\nline", "One<br>line"),
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("*a* **b**", "<em>a</em> <strong>b</strong>"),
        ("# Part", "<h3>Part</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("Take {a} * {b} * 2 and {={a}*{b}*2} at [[a*b*c]]", None),
        (
            "[see {a}](https://a.org/)",
            '<a href="https://a.org/" rel="noopener noreferrer">see {a}</a>',
        ),
        ("    not code", "not code"),
        ("<p>HTML *as it is*</p>", "<p>HTML *as it is*</p>"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("a <script>alert(1)</script>", "a "),
    ],
)
def test_texts_are_markdown_and_a_text_between_tags_is_html(text, html):
    assert to_html(text) == (text if html is None else html)


def test_a_picture_is_one_of_the_questions_files():
    assert to_html("![A room](files/room.png)") == '<img src="files/room.png" alt="A room">'
    assert "src" not in to_html("![A room](https://elsewhere.org/room.png)")


def test_simple_texts_are_shown_as_people_write_them():
    kept = Html("<p>Who <strong>may</strong> read it?</p><ul><li>She</li><li>He</li></ul>")
    assert to_text(kept) == "Who **may** read it?\n\n- She\n- He"
    assert to_text(EMPTY) == ""
