"""The pictures of a course: small, from its own folder, and with nothing in them that acts."""

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from lms.authoring.errors import SourceError
from lms.authoring.folder import Folder

FIGURES = "figures"
PICTURE = re.compile(r"figures/[A-Za-z0-9][A-Za-z0-9._-]*\.(?P<ending>svg|png|jpe?g|webp)")
LIMIT = 60_000
"""Bytes of one picture: a page with all it loads has 150 000."""

SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "webp": b"RIFF"}
SVG = "{http://www.w3.org/2000/svg}"
ACTIVE = frozenset(
    f"{SVG}{name}" for name in ("script", "foreignObject", "iframe", "handler", "listener", "image")
)
OUTSIDE = re.compile(r"@import|url\((?!\s*[\"']?#)|javascript:|expression\(|\\", re.IGNORECASE)
"""A backslash too: in a style it can hide any of them."""
PAGES = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Picture:
    """:param path: in the package; :param width: in pixels, or None when the file does not say"""

    path: str
    content: bytes
    width: int | None
    height: int | None


class Pictures:
    """The pictures that may be shown, each read once.

    :param folders: those to look in, the translation's before the course's
    """

    def __init__(self, *folders: Folder):
        self._folders = folders
        self._read: dict[str, Picture] = {}

    def find(self, name: str, file: str, line: int) -> Picture:
        """The picture that a text names.

        :raises SourceError: naming the place in the text, when it cannot be shown
        """
        if name not in self._read:
            self._read[name] = self._look(name, file, line)
        return self._read[name]

    def _look(self, name: str, file: str, line: int) -> Picture:
        def wrong(message: str, remedy: str) -> SourceError:
            return SourceError(file, line, message, remedy)

        found = PICTURE.fullmatch(name)
        if found is None:
            raise wrong(
                f"“{name}” is no picture of this course.",
                "Put it into the folder figures, as svg, png, jpg or webp, and write "
                "figures/name.svg.",
            )
        folder = next((each for each in self._folders if each.has(name)), None)
        if folder is None:
            raise wrong(f"There is no file {name}.", "Add it, or mend its name.")
        if not (folder.path / name).resolve().is_relative_to(Path(folder.path).resolve()):
            raise wrong(f"{name} lies outside the course's folder.", "Copy the file into figures.")
        content = folder.content(name)
        if len(content) > LIMIT:
            raise wrong(
                f"{name} has {len(content) / 1000:.1f} kB; {LIMIT // 1000} kB is the most.",
                "Make it smaller or simpler.",
            )
        ending = found["ending"].replace("jpeg", "jpg")
        if ending == "svg":
            try:
                size = _drawing(content)
            except ValueError as why:
                raise wrong(
                    f"{name} {why}.", "Save it as plain SVG, with nothing but shapes and words."
                ) from None
        else:
            if not content.startswith(SIGNATURES[ending]):
                raise wrong(f"{name} is no {ending} file.", "Save it anew, or mend its ending.")
            size = _png_size(content) if ending == "png" else (None, None)
        return Picture(folder.label(name), content, *size)


def _png_size(content: bytes) -> tuple[int | None, int | None]:
    if len(content) < 24:
        return None, None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _drawing(content: bytes) -> tuple[int | None, int | None]:
    """The size of an SVG.

    :raises ValueError: when it is none, or when it acts or loads something; the rest of a sentence
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("declares a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ValueError("cannot be read as SVG") from None
    if root.tag != f"{SVG}svg":
        raise ValueError("cannot be read as SVG")
    if root.getprevious() is not None and isinstance(
        root.getprevious(), etree._ProcessingInstruction
    ):
        raise ValueError("loads a style sheet")
    for element in root.iter(etree.Element, etree.PI):
        if element.tag is etree.PI or element.tag in ACTIVE or element.tag.startswith(PAGES):
            raise ValueError("has a script in it, or something else that is no drawing")
        for name, value in element.attrib.items():
            bare = etree.QName(name).localname.lower()
            if bare.startswith("on"):
                raise ValueError("has a script in it")
            if OUTSIDE.search(value) or (bare in ("href", "src") and not value.startswith("#")):
                raise ValueError("loads or leads to something outside itself")
        if element.tag == f"{SVG}style" and OUTSIDE.search("".join(element.itertext())):
            raise ValueError("loads something outside itself")
    return _svg_size(root)


def _svg_size(root: etree._Element) -> tuple[int | None, int | None]:
    box = re.fullmatch(
        r"\s*\S+\s+\S+\s+(\d{1,4})(?:\.\d+)?\s+(\d{1,4})(?:\.\d+)?\s*", root.get("viewBox", "")
    )
    return (int(box[1]), int(box[2])) if box else (None, None)
