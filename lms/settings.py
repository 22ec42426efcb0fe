"""The settings of the site, read once from the ini file into a frozen object."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from lms.origins import Origins

KEY_FILE = "secret"
"""The file in the data folder that holds the key for cookies and capabilities."""


class SettingsError(ValueError):
    """A setting is missing or cannot be used; the message names it and says what to write."""


@dataclass(frozen=True)
class Settings:
    """What the ini file says, with types.

    :param origins: the site's address and the pattern of the content hosts
    :param data: folder of the database, blobs and the secret
    :param zodb_conf: the ZODB configuration file (``$data`` in it is the data folder)
    :param secret: key for cookies and capabilities, at least 32 characters
    :param name: what the site is called in its header and on certificates
    :param upload_limit: largest package accepted, in bytes
    :param keys_folder: where the keys of certificates lie; empty for ``keys`` in the data folder
    :param fonts: folders with fonts for certificates; empty for Debian's
    :param trusted_proxy: address of the web server that passes requests on, and that alone is
        believed about who asked and how; empty when there is none
    """

    origins: Origins
    data: Path
    zodb_conf: Path
    secret: str
    name: str
    upload_limit: int
    trusted_proxy: str = ""
    keys_folder: str = ""
    fonts: str = ""

    @property
    def uploads(self) -> Path:
        """Where packages lie while they are sent in and checked."""
        return self.data / "uploads"

    @property
    def keys(self) -> Path:
        """Where the keys lie that sign certificates: apart from the database."""
        return Path(self.keys_folder) if self.keys_folder else self.data / "keys"

    @classmethod
    def from_ini(cls, ini: dict) -> "Settings":
        """:raises SettingsError: for a value that cannot be used"""
        try:
            data = Path(ini["tutela.data"])
            zodb_conf = Path(ini["tutela.zodb"])
            origins = Origins.of(ini["tutela.site_url"], ini["tutela.content_url"])
        except KeyError as missing:
            raise SettingsError(f"The setting {missing} is missing from the ini file.") from None
        try:
            upload_limit = int(ini.get("tutela.upload_limit_mb", 8192)) * 1024 * 1024
        except ValueError:
            raise SettingsError("tutela.upload_limit_mb must be a whole number of megabytes.")
        make_private(data)
        return cls(
            origins=origins,
            data=data,
            zodb_conf=zodb_conf,
            secret=os.environ.get("TUTELA_SECRET") or secret_of(data),
            name=ini.get("tutela.name", "").strip() or "Tutela",
            upload_limit=upload_limit,
            trusted_proxy=ini.get("tutela.trusted_proxy", "").strip(),
            keys_folder=ini.get("tutela.keys", "").strip(),
            fonts=ini.get("certificates.fonts", "").strip(),
        )


def make_private(folder: Path) -> None:
    """Make the data folder, and keep it from everybody else who has an account on the machine.

    A folder with other things in it, which may be there for others to read, is left as it is.

    :raises SettingsError: when it cannot be made or cannot be changed
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (folder / KEY_FILE).exists() or not any(folder.iterdir()):
            folder.chmod(0o700)
    except OSError as error:
        raise SettingsError(f"{folder} cannot be the data folder: {error.strerror}.")


def secret_of(data: Path) -> str:
    """The secret kept in ``data/secret``, made on first use, readable by its owner alone."""
    path = data / KEY_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
