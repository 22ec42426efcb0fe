"""Choosing fonts by what is written."""

from pathlib import Path

import pytest

from certificates import fonts
from certificates.fonts import MissingGlyphs

NOTO = Path("/usr/share/fonts/truetype/noto")
CJK = Path("/usr/share/fonts/opentype/noto")
needs_noto = pytest.mark.skipif(not NOTO.is_dir(), reason="Debian's fonts-noto-core is missing")


def test_latin_needs_no_other_font():
    embedded = fonts.load(())
    assert fonts.families_for("Ana María Ñandú – Ђорђе", embedded) == [fonts.BASE]


@needs_noto
@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("محمد", "Noto Naskh Arabic"),
        ("अनीता", "Noto Serif Devanagari"),
        ("ⴰⵎⴰⵣⵉⵖ", "Noto Sans Tifinagh"),
        ("ᐃᓄᒃ", "Noto Sans CanAborig"),
    ],
)
def test_the_script_chooses_the_font(text, family):
    assert fonts.families_for(text, fonts.load((NOTO,)))[1] == family


needs_cjk = pytest.mark.skipif(not CJK.is_dir(), reason="Debian's fonts-noto-cjk is missing")


@needs_cjk
@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("zh", "Noto Serif CJK SC"),
        ("zh-Hant", "Noto Serif CJK TC"),
        ("zh_TW", "Noto Serif CJK TC"),
        ("ja", "Noto Serif CJK JP"),
        ("ko", "Noto Serif CJK KR"),
        ("en", "Noto Serif CJK SC"),
    ],
)
def test_chinese_characters_have_the_shapes_of_the_language(language, family):
    assert fonts.families_for("直", fonts.load((CJK,)), language)[1] == family


@needs_cjk
def test_beside_kana_they_are_japanese():
    assert fonts.families_for("直か", fonts.load((CJK,)))[1] == "Noto Serif CJK JP"


def test_fonts_are_read_once_until_their_folder_changes(tmp_path):
    first = fonts.load((tmp_path,))
    assert fonts.load((tmp_path,)) is first
    (tmp_path / "new.ttf").write_bytes(b"")
    assert fonts.load((tmp_path,)) is not first


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("ع", "arabic"),
        ("王", "cjk"),
        ("々", "cjk"),
        ("ㄅ", "cjk"),
        ("Ａ", "cjk"),
        ("か", "hiragana"),
        ("ｶ", "katakana"),
        ("๑", "thai"),
        ("٣", "arabic"),
        ("۳", "arabic"),
        ("☃", None),
        ("7", None),
        ("a", "latin"),
    ],
)
def test_the_script_of_a_character(character, script):
    assert fonts.script_of(character) == script


def test_a_character_without_a_name_has_words_too():
    assert "a sign without a name" in str(MissingGlyphs("\U000fffff"))


@pytest.mark.parametrize(("text", "answer"), [("สมชาย", True), ("王", True), ("Ana", False)])
def test_some_scripts_break_lines_anywhere(text, answer):
    assert fonts.written_without_spaces(text) is answer


@needs_cjk
@pytest.mark.parametrize("text", ["ｶﾀｶﾅ ﾊﾞﾝ", "ㄅㄆ", "佐々木", "Ａｎａ"])
def test_what_stands_in_the_fonts_of_east_asia_is_found_there(text):
    assert fonts.families_for(text, fonts.load((CJK,)))[1].startswith("Noto Serif CJK")


def test_letters_with_marks_of_their_own_are_set_in_a_font_that_places_them():
    families = [fonts.BASE, "Noto Naskh Arabic", "Noto Serif", "Noto Sans Symbols2"]
    assert fonts.for_marks(families) == [
        "Noto Serif",
        fonts.BASE,
        "Noto Naskh Arabic",
        "Noto Sans Symbols2",
    ]
    assert fonts.for_marks([fonts.BASE]) == [fonts.BASE]


def test_a_text_that_runs_to_the_left_has_the_spaces_of_its_own_font():
    families = [fonts.BASE, "Noto Naskh Arabic", "Noto Serif"]
    assert fonts.to_left(families) == ["Noto Naskh Arabic", fonts.BASE, "Noto Serif"]
    assert fonts.to_left([fonts.BASE]) == [fonts.BASE]
