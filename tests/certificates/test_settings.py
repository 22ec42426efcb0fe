"""What the ini file may say."""

from pathlib import Path

import pytest

from certificates.settings import CertificatesSettings, SettingMissing

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


@pytest.mark.parametrize("name", list(INI))
def test_what_has_no_default_is_asked_for_by_name(name):
    with pytest.raises(SettingMissing, match=name):
        CertificatesSettings.from_ini({**INI, name: ""})
