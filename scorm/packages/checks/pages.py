"""What a page keeps from learners who see, hear, read or move otherwise than its author
(WCAG 2.2 1.1.1, 1.4.2, 2.2.1, 2.4.1, 2.4.2, 3.1.1; ATAG 2.0 B.3.1).

Only pages that learners see are looked at: a document with something in it to read, or one that a
part opens. A page that scripts fill is judged by what is written in it, and by nothing else.
"""

import re

from scorm.packages.checks.captions import Captions, Medium
from scorm.packages.checks.markup import Tag
from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.checks.window import Window
from scorm.packages.words import _, ngettext

# A letter that is certain at its beginning makes a pattern ten times as fast.
VISIBLE = re.compile(rb"<(?i:h[1-6]|p|li|td|img|button|video|frameset)[\s>]")
HEADING = re.compile(rb"<[hH][1-6][\s>]")
ROLE = re.compile(rb"role=[\"']?heading")
PARAGRAPHS = (b"<p>", b"<p ")
LONG = 8
"""Paragraphs from which on a page needs a heading to find one's way."""

LONGEST_TITLE = 500

NAMING = frozenset(("alt", "aria-label", "aria-labelledby", "title", "aria-hidden", "hidden"))
"""Attributes that give a picture its words, or hide it."""

BOUND = (":alt", "-alt", ".alt", "[alt]")
"""Ends of attributes through which a script gives them."""

PLUGINS = ("application/x-shockwave-flash", "application/x-silverlight", "application/x-java")
PLUGIN_FILES = (".swf", ".xap", ".class")

RULES = {
    "image-alt": Rule(
        "warning",
        lambda n, places: ngettext(
            "One picture has no text for people who cannot see it (alt): ${places}.",
            "${n} pictures have no text for people who cannot see them (alt): ${places}.",
            n,
            places=places,
        ),
        _(
            'Write what the picture says into its alternative text; leave that empty (alt="") '
            "where the picture is only decoration."
        ),
    ),
    "media-autoplay": Rule(
        "note",
        lambda n, places: ngettext(
            "One video or sound starts by itself: ${places}.",
            "${n} videos or sounds start by themselves: ${places}.",
            n,
            places=places,
        ),
        _(
            "Let the learner start it. Sound that starts by itself talks over a screen reader, "
            "costs data, can give the learner away, and phones do not start it at all."
        ),
    ),
    "page-language": Rule(
        "warning",
        lambda n, places: ngettext(
            "One page does not say in which language it is: ${places}.",
            "${n} pages do not say in which language they are: ${places}.",
            n,
            places=places,
        ),
        _(
            "Set the course's language in your authoring tool, or write it into the html tag: "
            '<html lang="en">. Without it a screen reader may read in the wrong voice.'
        ),
    ),
    "page-title": Rule(
        "note",
        lambda n, places: ngettext(
            "One page has no title: ${places}.",
            "${n} pages have no title: ${places}.",
            n,
            places=places,
        ),
        _("Give the page a title; it is what a screen reader says first."),
    ),
    "page-viewport": Rule(
        "note",
        lambda n, places: ngettext(
            "One page does not say that it fits the screen of a phone (viewport): ${places}.",
            "${n} pages do not say that they fit the screen of a phone (viewport): ${places}.",
            n,
            places=places,
        ),
        _(
            "Look at it in the preview, as narrow as a phone. If it does not fit, choose a "
            "responsive output in your authoring tool."
        ),
    ),
    "page-headings": Rule(
        "note",
        lambda n, places: ngettext(
            "One long page has no headings: ${places}.",
            "${n} long pages have no headings: ${places}.",
            n,
            places=places,
        ),
        _("Use headings, so that people can find their way with a keyboard or a screen reader."),
    ),
    "page-refresh": Rule(
        "warning",
        lambda n, places: ngettext(
            "One page goes on by itself after some seconds: ${places}.",
            "${n} pages go on by themselves after some seconds: ${places}.",
            n,
            places=places,
        ),
        _("Let the learner go on with a button; people read at different speeds."),
    ),
    "page-plugin": Rule(
        "warning",
        lambda n, places: ngettext(
            "One page needs Flash, Java or Silverlight, which no browser runs any more: ${places}.",
            "${n} pages need Flash, Java or Silverlight, which no browser runs any more: "
            "${places}.",
            n,
            places=places,
        ),
        _("Export the course as HTML5."),
    ),
}


class PageWatch:
    """Looks at the tags of one page.

    ``line`` is where the page begins.

    :param captions: is told of each video and sound; :param launched: whether a part opens it
    """

    def __init__(self, file: str, tally: Tally, captions: Captions, *, launched: bool):
        self._file = file
        self._tally = tally
        self._captions = captions
        self.line: int | None = None
        self._visible = launched
        self._heading = self._framed = False
        self._paragraphs = 0
        self._language = self._title = self._viewport = False
        self._medium: Medium | None = None

    @property
    def document(self) -> bool:
        """Whether it is a page, and no piece of one that a script puts somewhere."""
        return self.line is not None

    def read(self, window: Window) -> None:
        """See whether there is something to read where a page begins, and how it is divided."""
        if window.begin > 0:
            return
        data, end = window.data, window.end
        self._visible = self._visible or VISIBLE.search(data, 0, end) is not None
        self._heading = bool(HEADING.search(data, 0, end) or ROLE.search(data, 0, end))
        self._paragraphs = sum(data.count(tag, 0, end) for tag in PARAGRAPHS)

    def look(self, tag: Tag, window: Window) -> None:
        name = tag.name
        if self.line is None and name in ("html", "body", "frameset"):
            self.line = window.line_of(tag.at)
        if look := LOOKS.get(name):
            look(self, tag, window)

    def lacks(self, *, whole: bool) -> list[str]:
        """The rules of what is missing from the page, when all of it was seen."""
        if not (self.document and whole and self._visible):
            return []
        missing = {
            # Frames alone have no words: what is in them says its own language.
            "page-language": not (self._language or self._framed),
            "page-title": not self._title,
            "page-viewport": not (self._viewport or self._framed),
            "page-headings": self._paragraphs >= LONG and not self._heading,
        }
        return [rule for rule, is_missing in missing.items() if is_missing]

    def _tell(self, rule: str, tag: Tag, window: Window) -> None:
        if self.document and tag.certain:
            line = window.line_of(tag.at) if self._tally.wants_place(rule) else None
            self._tally.add(rule, self._file, line)

    def _root(self, tag: Tag, _window: Window) -> None:
        said = tag.attributes
        self._language |= bool(said.get("lang") or said.get("xml:lang")) or not tag.certain

    def _frames(self, _tag: Tag, _window: Window) -> None:
        self._framed = True

    def _title_of(self, tag: Tag, window: Window) -> None:
        text = window.data[tag.end : tag.end + LONGEST_TITLE].partition(b"</")[0]
        self._title |= bool(text.strip())

    def _meta(self, tag: Tag, window: Window) -> None:
        said = tag.attributes
        command = said.get("http-equiv", "").lower()
        if said.get("name", "").lower() == "viewport":
            self._viewport = True
        elif command == "content-language" and said.get("content"):
            self._language = True
        elif command == "refresh":
            seconds = said.get("content", "").replace(",", ";").partition(";")[0].strip()
            if seconds.strip("0.") and seconds[:1].isdecimal():
                self._tell("page-refresh", tag, window)

    def _picture(self, tag: Tag, window: Window) -> None:
        said = tag.attributes
        # One without an address is a place that a script fills, with its words as well.
        shown = any(value for name, value in said.items() if name.endswith(("src", "srcset")))
        if shown and not (
            any(name in NAMING or name.endswith(BOUND) for name in said)
            or said.get("role") in ("presentation", "none")
            or said.get("width") in ("0", "1")
        ):
            self._tell("image-alt", tag, window)

    def _input(self, tag: Tag, window: Window) -> None:
        if tag.attributes.get("type", "").lower() == "image":
            self._picture(tag, window)

    def _open(self, tag: Tag, window: Window) -> None:
        self._close(tag, window)
        said = tag.attributes
        silent = tag.name == "video" and "muted" in said
        if "autoplay" in said and not silent:
            self._tell("media-autoplay", tag, window)
        if self.document and tag.certain:
            self._medium = Medium(tag.name, self._file, window.line_of(tag.at), silent=silent)
            self._medium.take(said.get("src"))

    def _source(self, tag: Tag, _window: Window) -> None:
        if self._medium is not None and tag.certain:
            self._medium.take(tag.attributes.get("src"))

    def _track(self, tag: Tag, _window: Window) -> None:
        kind = tag.attributes.get("kind", "subtitles").lower()
        if self._medium is not None and kind in ("captions", "subtitles"):
            self._medium.captioned = True

    def _close(self, _tag: Tag, _window: Window) -> None:
        if self._medium is not None:
            self._captions.add(self._medium)
            self._medium = None

    def _plugin(self, tag: Tag, window: Window) -> None:
        said = tag.attributes
        address = said.get("data") or said.get("src") or ""
        ending = address.partition("?")[0].lower()
        needed = said.get("type", "").lower().startswith(PLUGINS) or ending.endswith(PLUGIN_FILES)
        # Within a video or sound it is what browsers without them were given.
        if self._medium is None and (needed or tag.name == "applet"):
            self._tell("page-plugin", tag, window)


LOOKS = {
    "html": PageWatch._root,
    "body": PageWatch._root,
    "frameset": PageWatch._frames,
    "title": PageWatch._title_of,
    "meta": PageWatch._meta,
    "img": PageWatch._picture,
    "input": PageWatch._input,
    "video": PageWatch._open,
    "audio": PageWatch._open,
    "source": PageWatch._source,
    "track": PageWatch._track,
    "/video": PageWatch._close,
    "/audio": PageWatch._close,
    "object": PageWatch._plugin,
    "embed": PageWatch._plugin,
    "applet": PageWatch._plugin,
}
"""What is done with each tag."""
