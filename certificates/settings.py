"""The settings of the add-on, read once into a frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

DEBIAN_FONTS = "/usr/share/fonts/truetype/noto /usr/share/fonts/opentype/noto"
"""Where fonts-noto-core and fonts-noto-cjk put theirs."""


class SettingMissing(ValueError):
    """The ini file lacks a setting that has no default."""

    def __init__(self, name: str, meaning: str):
        super().__init__(f"The ini file lacks “{name}”: {meaning}.")


class FontsMissing(ValueError):
    """The ini file names a package of fonts that is not installed."""

    def __init__(self, package: str):
        super().__init__(
            f"The ini file names a package of fonts, “{package}”, that is not installed. Install "
            "it, or take it out of “certificates.fonts”."
        )


@dataclass(frozen=True)
class CertificatesSettings:
    """What the host's ini file says under ``certificates.``.

    :param issuer: who issues certificates here, as the verification pages name it
    :param site_url: where certificates are verified, without a slash at the end
    :param keys: folder of the keys that sign badges and documents, apart from the database
    :param layout: the template that pages extend; it has the blocks ``title`` and ``content``
    :param fonts: folders with fonts for scripts beyond Latin, Greek, Cyrillic and Hebrew; in the
        ini file also ``package:NAME`` for a Python package that holds some
    """

    issuer: str
    site_url: str
    keys: Path
    layout: str
    fonts: tuple[Path, ...]

    @classmethod
    def from_ini(cls, ini: Mapping[str, str]) -> "CertificatesSettings":
        """:raises SettingMissing: without an issuer, an address or a folder for keys
        :raises FontsMissing: for fonts that are not installed
        """
        needed = {
            "certificates.issuer": "who issues certificates",
            "certificates.site_url": "the address at which certificates are verified",
            "certificates.keys": "the folder of the keys that sign badges and documents",
        }
        for name, meaning in needed.items():
            if not ini.get(name):
                raise SettingMissing(name, meaning)
        return cls(
            issuer=ini["certificates.issuer"],
            site_url=ini["certificates.site_url"].rstrip("/"),
            keys=Path(ini["certificates.keys"]),
            layout=ini.get("certificates.layout", "certificates:templates/layout.jinja2"),
            fonts=tuple(map(fonts_at, ini.get("certificates.fonts", DEBIAN_FONTS).split())),
        )


def fonts_at(place: str) -> Path:
    """The folder that an ini file names, or that of a package: ``package:NAME``.

    :raises FontsMissing: when there is no such package
    """
    kind, _colon, package = place.rpartition(":")
    if kind != "package":
        return Path(place)
    found = find_spec(package) if package.isidentifier() else None
    if found is None or not found.submodule_search_locations:
        raise FontsMissing(package)
    return Path(found.submodule_search_locations[0])
