"""What certificates take from the site that they are on: its address, and its translations."""

from functools import lru_cache
from typing import Any

from pyramid.i18n import Localizer, make_localizer
from pyramid.interfaces import ITranslationDirectories
from pyramid.registry import Registry
from pyramid.traversal import find_interface, resource_path

from certificates.badges.credential import Place
from certificates.badges.criteria import Translate
from certificates.resources import Certificates


def address_of(registry: Registry, resource: Any) -> str:
    """Where a certificate is verified, as it is printed, signed and shared; or the address of all
    of them. Without a slash at the end."""
    return registry["certificates"].site_url + resource_path(resource).rstrip("/")


def place_in(registry: Registry, resource: Any) -> Place:
    """Where certificates belong.

    :param resource: all certificates, or anything of theirs
    """
    return Place(
        registry["certificates.keys"].did,
        registry["certificates"].site_url,
        address_of(registry, find_interface(resource, Certificates)),
        lambda language: translator(registry, language),
    )


def translator(registry: Registry, language: str) -> Translate:
    """Translates the house's words into a language, whatever the visitor's is.

    :param language: BCP 47; what the site does not speak stays English
    """
    folders = registry.queryUtility(ITranslationDirectories, default=())
    return _localizer(language.replace("-", "_"), tuple(folders)).translate


@lru_cache(maxsize=16)
def _localizer(language: str, folders: tuple[str, ...]) -> Localizer:
    """Kept, for reading a catalogue takes as long as signing a badge."""
    return make_localizer(language, folders)
