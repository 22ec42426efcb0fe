"""Texts are written as the XHTML that each version lets in."""

import pytest
from lxml import etree

from assessments.exchange.entries import Entry
from assessments.exchange.qti.xhtml import Writer
from assessments.questions.description import DescriptionQuestion
from assessments.questions.html import Html, safe
from shared import needs_shared
from tests.assessments.exchange.qti.test_writing import faults, written

TEXTS = {
    "Just words": "<p>Just words</p>",
    "a<br>b <b>c</b><p>d</p>e": "<p>a<br/>b <b>c</b></p><p>d</p><p>e</p>",
    "<u>under</u> <mark>marked</mark>": "<p>under marked</p>",
    "<span>in <ul><li>one</li></ul></span>": "<p><span>in   one</span></p>",
    "<blockquote>said</blockquote>": "<blockquote><p>said</p></blockquote>",
    "<table><tr><td colspan='2'>x</td></tr></table>": (
        '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'
    ),
    "<table><caption>c</caption><thead><tr><th scope='col'>h</th></tr></thead><tbody><tr><td>x"
    "</td></tr></tbody></table>": (
        '<table><caption>c</caption><thead><tr><th scope="col">h</th></tr></thead><tbody><tr><td>x'
        "</td></tr></tbody></table>"
    ),
    "<p lang='fr'>mot</p><hr>": '<p xml:lang="fr">mot</p><hr/>',
    "<ul></ul>x": "<p>x</p>",
    "<dl><dt>a</dt><dd>b</dd></dl>": "<dl><dt>a</dt><dd>b</dd></dl>",
    '<img src="files/a.png" title="t">': '<p><img src="here/a.png" alt=""/></p>',
    '<a href="https://example.org/?a=é">x</a>': '<p><a href="https://example.org/?a=">x</a></p>',
    "<h3>Head</h3><pre>a  b</pre>": "<h3>Head</h3><pre>a  b</pre>",
    "<math><mi>x</mi></math>": (
        '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p>'
    ),
}


@pytest.mark.parametrize("html", TEXTS)
def test_a_text_becomes_blocks(html):
    writer = Writer(lambda source: source.replace("files/", "here/"))
    made = writer.into(etree.Element("itemBody"), safe(html), blocks=True)
    inside = etree.tostring(made, encoding="unicode")
    assert inside == f"<itemBody>{TEXTS[html]}</itemBody>"


@needs_shared
@pytest.mark.parametrize("version", ["2.1", "2.2"])
def test_all_these_are_valid(version):
    body = Html("".join(safe(html) for html in TEXTS))
    files, _remarks = written([Entry(DescriptionQuestion(name="x", body=body))], version)
    assert faults(files["items/q1.xml"], version) == []


def test_what_cannot_be_kept_is_known_by_name():
    writer = Writer(str)
    writer.into(etree.Element("div"), safe("<u>x</u><details><summary>y</summary>z</details>"))
    assert writer.lost == {"u", "details", "summary"}
