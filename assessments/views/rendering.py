"""How a question looks to a learner: HTML of what ``Asked.for_learner()`` gives.

Every control is native HTML and complete without script. The page brings the form, the styles
and the script (:mod:`assessments.views.bundles`).
"""

import mimetypes
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape, unescape
from typing import Any

from markupsafe import Markup
from pyramid.i18n import TranslationString, TranslationStringFactory
from pyramid_jinja2 import IJinja2Environment

from assessments.attempts.result import shown_mark
from assessments.numbers import format_of, write
from assessments.questions.base import Verdict
from assessments.questions.controls import LONGEST
from assessments.questions.html import EMPTY, Html, plain
from assessments.views.spots import spots

_ = TranslationStringFactory("tutela")

TEMPLATES = "assessments:templates/questions"
WORDS = {
    Verdict.RIGHT: _("Right"),
    Verdict.PARTLY: _("Partly right"),
    Verdict.WRONG: _("Wrong"),
    Verdict.UNANSWERED: _("Not answered"),
    Verdict.WAITING: _("Not marked yet"),
}
"""What stands beside an answer, with a sign of its own."""
LONGEST_LABEL = 16
"""Characters that are written on a picture; ``places.js`` has the same number."""
BLOCKS = frozenset({"compose", "attach", "put"})
"""Controls that are no gap in a sentence, wherever they stand."""
KINDS_OF_FILES = {
    "image/*": _("pictures"),
    "audio/*": _("sounds"),
    "video/*": _("videos"),
}

TAG = re.compile(r'(<(?:"[^"]*"|[^">])*>)')
"""A tag as nh3 writes it: attributes stand between double quotes."""
PLACE = re.compile(r"\[\[([a-z0-9-]+)\]\]")
PARAGRAPHS = re.compile(r"</p>\s*<p(?: [^>]*)?>")
PARAGRAPH = re.compile(r"</?p(?: [^>]*)?>")
SOURCE = re.compile(r'(?<= src=")files/([^"]*)(?=")')


@dataclass(frozen=True)
class Mark:
    """What is shown beside a control when its answer was marked.

    :param verdict: None when the learner may not know it (yet)
    :param feedback: what the author says to the answer
    :param options: for ``choose``, ``point`` and ``put``: the same of single options, by their
        ``value``
    """

    verdict: Verdict | None = None
    feedback: Html = EMPTY
    options: Mapping[str, "Mark"] = field(default_factory=dict)


UNMARKED = Mark()


def render_question(
    request,
    asked: dict[str, Any],
    *,
    prefix: str,
    values: dict[str, tuple[str, ...]],
    file_url: Callable[[str], str],
    number: str,
    disabled: bool = False,
    marks: dict[str, Mark] | None = None,
    direction: str = "",
    lang: str = "",
) -> Markup:
    """A question with its controls, as a fieldset for a form of the page.

    :param asked: what ``Asked.for_learner()`` gives
    :param prefix: of all ids and of the fields' names: ``<prefix>-<field>``
    :param values: what the fields hold, as ``Asked.fields(response)`` gives it
    :param file_url: the address of a file of the question by its name
    :param number: of the question in its quiz; empty for one that has none (a description)
    :param disabled: for review: nothing can be changed, and what was answered is said in words
    :param marks: by the name of a control
    :param direction: :param lang: of the question's texts; empty for those of the page
    """
    page = _Page(request, asked, prefix, values, file_url, disabled, marks or {}, direction, lang)
    return page.question(number)


class _Page:
    """One question while it is rendered; templates call its methods."""

    longest = LONGEST
    """Characters that a text can have: a browser takes no more, so that nothing is cut unseen."""

    def __init__(self, request, asked, prefix, values, file_url, disabled, marks, direction, lang):
        self._request = request
        self._environment = request.registry.getUtility(IJinja2Environment, name=".jinja2")
        self._values = values
        self.file_url = file_url
        self._marks = marks
        self.unmarked = UNMARKED
        self.prefix = prefix
        self.disabled = disabled
        self.direction = direction
        self.lang = lang
        self.controls = {control["name"]: control for control in asked["controls"]}
        self.picture = asked["picture"]
        self.spots = spots(asked)
        self._pieces = list(self._split(self.translated(asked["body"])))
        self.placed = [name for name, _html in self._pieces if name]

    def question(self, number: str) -> Markup:
        body = Markup().join(
            self._control(self.controls[name], "span") if name else html
            for name, html in self._pieces
        )
        rest = [
            self._control(control, "div")
            for name, control in self.controls.items()
            if name not in self.placed
        ]
        return self._render("question", number=number, body=body, rest=rest)

    def _control(self, control: Mapping[str, Any], box: str) -> Markup:
        """:param box: the element that groups its parts: in a paragraph only a ``span`` can"""
        return self._render(
            control["control"],
            control=control,
            field=self.field(control["name"]),
            mark=self.mark(control["name"]),
            box=box,
            inline=box == "span",
        )

    def _render(self, template: str, **values) -> Markup:
        found = self._environment.get_template(f"{TEMPLATES}/{template}.jinja2")
        text = found.render(page=self, disabled=self.disabled, **values)
        return Markup(text.strip())  # noqa: S704 (the templates escape)

    def field(self, name: str) -> str:
        """Name and id of a field."""
        return f"{self.prefix}-{name}"

    def held(self, name: str) -> tuple[str, ...]:
        """What a field holds."""
        return self._values.get(name, ())

    def mark(self, name: str) -> Mark:
        return self._marks.get(name, UNMARKED)

    def described(self, field: str, mark: Mark, hint: bool = False, inline: bool = False) -> Markup:
        """The attribute that ties a control, or one option, to what is said about it.

        :param hint: whether there is one
        :param inline: whether feedback stands after the text, not beside the control
        """
        ids = [f"{field}_hint"] if hint else []
        if mark.verdict or (mark.feedback and not inline):
            ids.append(f"{field}_mark")
        if mark.feedback and inline:
            ids.append(f"{field}_feedback")
        return Markup(' aria-describedby="{}"').format(" ".join(ids)) if ids else Markup()

    def word(self, verdict: Verdict) -> str:
        return self.translated(WORDS[verdict])

    def translated(self, text: str) -> str:
        if isinstance(text, TranslationString):
            return self._request.localizer.translate(text)
        return text

    def plain(self, html: Html) -> str:
        return plain(self.translated(html))

    def html(self, html: Html) -> Markup:
        """A text of the question; it came through :func:`assessments.questions.html.safe`."""
        return Markup("").join(part for _name, part in self._split(self.translated(html), ()))

    def phrase(self, html: Html) -> Markup:
        """The same for places that hold no paragraphs: in a label, within a sentence."""
        text = PARAGRAPHS.sub("<br>", self.translated(html).strip())
        return self.html(Html(PARAGRAPH.sub("", text)))

    def _split(self, html: str, names=None) -> Iterator[tuple[str, Markup]]:
        """The text as it stands between the places, ``("", html)``, and the names of places.

        What stands in a tag is no place: a control there would break out of its attribute.
        """
        names = set(self.controls if names is None else names)
        for part in TAG.split(html):
            if part.startswith("<"):
                yield "", self._tag(part)
                continue
            for index, piece in enumerate(PLACE.split(part)):
                if index % 2 == 0:
                    yield "", Markup(piece)  # noqa: S704 (it is safe HTML as it came)
                elif piece in names:
                    names.remove(piece)
                    yield piece, Markup()
                else:
                    yield "", Markup("[[{}]]").format(piece)

    def _tag(self, tag: str) -> Markup:
        tag = SOURCE.sub(lambda found: escape(self.file_url(unescape(found[1]))), tag)
        # A wide table is moved in its own frame, which the keyboard can reach.
        if tag.startswith("<table"):
            name = escape(self._request.localizer.translate(_("Table")))
            tag = f'<div class="frame" role="group" aria-label="{name}" tabindex="0">{tag}'
        elif tag == "</table>":
            tag += "</div>"
        return Markup(tag)  # noqa: S704 (only addresses were put in, escaped)

    def name_of(self, control: Mapping[str, Any]) -> str:
        """What a control is called: what the author said, the number of its place, or nothing."""
        name = control["name"]
        if control["label"]:
            return self.translated(control["label"])
        alone = len(self.placed) == 1 and control["control"] in BLOCKS
        if name in self.placed and not alone:
            number = self.placed.index(name) + 1
            return self._request.localizer.translate(_("Gap ${number}", mapping={"number": number}))
        return ""

    def spoken(self, control: Mapping[str, Any]) -> Markup:
        """Attributes of an element with the name of a control, which the author or we gave it."""
        return Markup() if control["label"] else self.ours

    def spot(self, name: str, value: str = "") -> int | None:
        """The number of the place in the picture that a control or an option stands for."""
        found = (each.number for each in self.spots if (each.control, each.value) == (name, value))
        return next(found, None)

    def chosen(self, spot) -> bool:
        """Whether the place is chosen, or something was put there."""
        held = self.held(spot.control)
        return spot.value in held if spot.value else bool(held and held[0])

    def put_there(self, spot) -> str:
        """The beginning of what was put on a place in the picture; the whole is in the list."""
        options = self.controls[spot.control]["options"]
        held = self.held(spot.control)
        text = " ".join(self.plain(each["html"]) for each in options if each["value"] in held)
        return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"

    def target(self, spot) -> str:
        """The id of the native control that a place in the picture stands for."""
        field = self.field(spot.control)
        return f"{field}_{spot.value}" if spot.value else field

    def groups(self) -> dict[str, list[Mapping[str, Any]]]:
        """The options of each group of controls, which may be dragged."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for control in self.controls.values():
            if control.get("group"):
                found.setdefault(control["group"], control["options"])
        return found

    def in_order(self, control: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Things to be put in order: those that have a place by their places, then the others."""

        def place(option) -> int:
            return int((*self.held(f"{control['name']}-{option['value']}"), "0")[0]) or 10**6

        return sorted(control["options"], key=place)

    def size(self, octets: int) -> str:
        """A file's size, in megabytes."""
        amount = shown_mark(Fraction(octets, 1_000_000), 1)
        written = write(amount, format_of(self._request.locale_name))
        return self.translated(_("${amount} MB", mapping={"amount": written}))

    def kinds(self, types: list[str]) -> str:
        """Media types as people know them: ``.pdf, pictures``."""
        return ", ".join(
            self.translated(KINDS_OF_FILES.get(each) or mimetypes.guess_extension(each) or each)
            for each in types
        )

    @property
    def ours(self) -> Markup:
        """Attributes of elements whose words are the page's in a question of another language."""
        if not self.lang or self.lang == self._request.locale_name:
            return Markup()
        return Markup(' lang="{}" dir="auto"').format(self._request.locale_name)


def render_html(request, html: Html, file_url: Callable[[str], str], *, lang: str = "") -> Markup:
    """A text of a question that stands beside it: feedback, a hint. Empty for an empty one.

    Its direction is its own: what is not translated yet stays in the language it was written in.

    :param file_url: :param lang: as for :func:`render_question`
    """
    if not html:
        return Markup()
    asked: dict[str, Any] = {"body": html, "controls": [], "picture": None}
    page = _Page(request, asked, "", {}, file_url, True, {}, "", lang)
    said = Markup(' lang="{}"').format(lang) if lang else Markup()
    return Markup('<div dir="auto"{}>{}</div>').format(said, page.html(html))
