"""What the ini file may say."""

from pathlib import Path

import pytest

from certificates.settings import CertificatesSettings, FontsMissing, SettingMissing

INI = {
    "certificates.issuer": "Tutela",
    "certificates.site_url": "https://learn.example.org/",
    "certificates.keys": "/srv/keys",
}


def test_the_address_has_no_slash_at_the_end():
    assert CertificatesSettings.from_ini(INI).site_url == "https://learn.example.org"


def test_layout_and_fonts_have_defaults():
    settings = CertificatesSettings.from_ini(INI)
    assert settings.layout == "certificates:templates/layout.jinja2"
    assert Path("/usr/share/fonts/truetype/noto") in settings.fonts


def test_fonts_may_lie_in_several_folders():
    settings = CertificatesSettings.from_ini({**INI, "certificates.fonts": "/a\n  /b"})
    assert settings.fonts == (Path("/a"), Path("/b"))


def test_fonts_may_come_as_a_package(tmp_path, monkeypatch):
    (tmp_path / "some_fonts").mkdir()
    (tmp_path / "some_fonts" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    settings = CertificatesSettings.from_ini({**INI, "certificates.fonts": "package:some_fonts /a"})
    assert settings.fonts == (tmp_path / "some_fonts", Path("/a"))


@pytest.mark.parametrize("name", ["no_such_fonts", "../etc", "base64", ""])
def test_a_package_of_fonts_that_is_not_installed_is_named(name):
    with pytest.raises(FontsMissing, match=f"“{name}”"):
        CertificatesSettings.from_ini({**INI, "certificates.fonts": f"package:{name}"})


@pytest.mark.parametrize("name", list(INI))
def test_what_has_no_default_is_asked_for_by_name(name):
    with pytest.raises(SettingMissing, match=name):
        CertificatesSettings.from_ini({**INI, name: ""})
