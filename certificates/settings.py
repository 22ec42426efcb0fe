"""The settings of the add-on, read once into a frozen object."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CertificatesSettings:
    """What the host's ini file says under ``certificates.``.

    :param site_url: where certificates are verified, without a slash at the end
    :param layout: the template that pages extend
    :param fonts: folder with fonts for scripts beyond Latin, Greek and Cyrillic
    """

    site_url: str
    layout: str
    fonts: Path

    @classmethod
    def from_ini(cls, ini: dict) -> "CertificatesSettings":
        return cls(
            site_url=ini["certificates.site_url"],
            layout=ini.get("certificates.layout", "certificates:templates/layout.jinja2"),
            fonts=Path(ini.get("certificates.fonts", "/usr/share/fonts/truetype/noto")),
        )
