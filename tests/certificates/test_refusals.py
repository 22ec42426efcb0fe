"""Refusals: English as text, and in the language of whoever reads the page."""

from translationstring import TranslationString

from certificates.refusals import Refused

FEW = TranslationString("At most ${most}.", domain="tutela", mapping={"most": 4})
NAMED = TranslationString("It needs a name.", domain="tutela")


def test_as_text_a_refusal_is_english_with_its_values():
    assert str(Refused(FEW, NAMED)) == "At most 4. It needs a name."


def test_a_page_says_it_in_its_language():
    german = {FEW: "Höchstens ${most}.", NAMED: "Ein Name fehlt."}

    def translate(words):
        return words.interpolate(german[words])

    assert Refused(FEW, NAMED).said(translate) == "Höchstens 4. Ein Name fehlt."
