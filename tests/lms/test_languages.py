import pytest

from lms.languages import direction, language_name


@pytest.mark.parametrize(
    ("code", "way"),
    [("en", "ltr"), ("ar", "rtl"), ("ar-DE", "rtl"), ("dv", "rtl"), ("ne", "ltr"), ("tlh", "ltr")],
)
def test_a_language_is_written_one_way(code, way):
    assert direction(code) == way


@pytest.mark.parametrize(
    ("code", "name"),
    [("ar", "العربية"), ("fr", "Français"), ("tr", "Türkçe"), ("pt-BR", "português (Brasil)")],
)
def test_a_language_is_called_by_its_own_name(code, name):
    assert language_name(code) == name


@pytest.mark.parametrize("code", ["", "tlh-nonsense-code", "zz", "<b>"])
def test_an_unknown_language_is_called_by_its_code(code):
    assert language_name(code) == code
