"""What a question asks to be filled in, and what of that a learner's browser may know.

A control on the server knows the author's keys of its options. What the learner gets is made from
it here and nowhere else, field by field: options are numbered in the order in which they are shown
(from 1), so that no name says which one the author wrote first, and what comes back is turned into
keys again. Nothing about marks is in a control at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assessments.questions.html import Html

Response = Mapping[str, tuple[str, ...]]
"""An answer: for each control by name the keys chosen, or the texts written, in their order."""

Posted = Mapping[str, Sequence[str]]
"""Fields as a form or the page sends them, without the prefix of the question."""

LONGEST = 100_000
"""Characters of one text that somebody writes; what is longer was not written by a person here."""


def _counted(text: str, most: int) -> int:
    """The number from 1 to ``most`` that a page sends; 0 for anything else."""
    short = len(text) <= 6 and text.isascii() and text.isdecimal()
    return int(text) if short and int(text) <= most else 0


@dataclass(frozen=True)
class Option:
    """One thing to choose: the author's key and what it says."""

    key: str
    html: Html


@dataclass(frozen=True)
class Area:
    """A place in a picture, to be chosen: what it is called, and its outline in pixels of the
    picture as HTML's image maps have it (``rect``, ``circle``, ``poly``; ``coords``)."""

    key: str
    label: str
    shape: str
    coords: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """A picture that controls lie on: name of the question's file, size in pixels, and in words."""

    file: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Control:
    """Something to fill in.

    :param name: unique in the question, small letters, digits and hyphens
    :param label: what it asks, for those who hear the page; empty when the question itself says it
    """

    name: str
    label: str = ""

    def read(self, posted: Posted) -> tuple[str, ...]:
        """What was chosen or written; what no page of ours sends is passed over."""
        raise NotImplementedError

    def fields(self, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """The inverse of :meth:`read`: what the form's fields hold for a response."""
        raise NotImplementedError

    def for_learner(self) -> dict[str, Any]:
        """What the learner's browser gets, all of it."""
        raise NotImplementedError


@dataclass(frozen=True)
class Optioned(Control):
    """A control with options, in the order in which they are shown."""

    options: tuple[Option, ...] = ()

    def _keys(self, numbers: Sequence[str]) -> list[str]:
        """The keys of the options with these numbers, each once."""
        found = (_counted(number, len(self.options)) for number in numbers)
        return [self.options[number - 1].key for number in dict.fromkeys(found) if number]

    def _number(self, key: str) -> str | None:
        keys = [option.key for option in self.options]
        return str(keys.index(key) + 1) if key in keys else None

    def fields(self, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        numbers = (self._number(key) for key in values)
        return {self.name: tuple(number for number in numbers if number is not None)}

    def _numbered(self) -> list[dict[str, Any]]:
        return [
            {"value": str(number), "html": option.html}
            for number, option in enumerate(self.options, 1)
        ]


@dataclass(frozen=True)
class Choose(Optioned):
    """One of several, or several: radio buttons or checkboxes.

    :param most: how many may be chosen; 0 for any number
    :param numbering: before the options: ``none``, ``abc``, ``ABC``, ``123``, ``iii`` or ``III``
    :param across: whether the options stand beside each other
    """

    many: bool = False
    most: int = 0
    numbering: str = "none"
    across: bool = False

    def read(self, posted: Posted) -> tuple[str, ...]:
        keys = self._keys(posted.get(self.name, ()))
        return tuple(sorted(keys) if self.many else keys[:1])

    def for_learner(self) -> dict[str, Any]:
        return {
            "control": "choose",
            "name": self.name,
            "label": self.label,
            "options": self._numbered(),
            "many": self.many,
            "most": self.most,
            "numbering": self.numbering,
            "across": self.across,
        }


@dataclass(frozen=True)
class Pick(Optioned):
    """One of several in a list that opens: a gap in a text, one half of a pair, a label's place.

    :param group: controls of one group share their options, which may be dragged into them
    :param place: where in the picture: left, top, width, height in its pixels
    """

    group: str = ""
    place: tuple[int, int, int, int] | None = None

    def read(self, posted: Posted) -> tuple[str, ...]:
        return tuple(self._keys(posted.get(self.name, ()))[:1])

    def for_learner(self) -> dict[str, Any]:
        return {
            "control": "pick",
            "name": self.name,
            "label": self.label,
            "options": self._numbered(),
            "group": self.group,
            "place": self.place,
        }


@dataclass(frozen=True)
class Put(Optioned):
    """Things to be put in order. Each has a field ``<name>-<number>`` that holds its place.

    A response is the keys in the order given, when every place is given once; otherwise
    ``key:place`` for what was filled in, so that nothing that somebody did is lost.
    """

    def read(self, posted: Posted) -> tuple[str, ...]:
        places = {}
        for number, option in enumerate(self.options, 1):
            given = (*posted.get(f"{self.name}-{number}", ()), "")[0]
            if place := _counted(given, len(self.options)):
                places[option.key] = place
        if sorted(places.values()) == list(range(1, len(self.options) + 1)):
            return tuple(sorted(places, key=places.__getitem__))
        return tuple(f"{key}:{place}" for key, place in places.items())

    def fields(self, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        keys = {option.key for option in self.options}
        if len(values) == len(keys) and set(values) == keys:
            places = {key: str(place) for place, key in enumerate(values, 1)}
        else:
            places = dict(each.rpartition(":")[::2] for each in values)
        return {
            f"{self.name}-{self._number(key)}": (place,)
            for key, place in places.items()
            if key in keys
        }

    def for_learner(self) -> dict[str, Any]:
        return {
            "control": "put",
            "name": self.name,
            "label": self.label,
            "options": self._numbered(),
        }


@dataclass(frozen=True)
class Write(Control):
    """One line of text or a number.

    :param width: about how many characters are expected, 0 when the author did not say
    :param numeric: whether it is a number, for the keyboard of a phone
    :param units: to choose from beside the number; the response is then number and unit
    """

    width: int = 0
    numeric: bool = False
    units: tuple[str, ...] = ()

    def read(self, posted: Posted) -> tuple[str, ...]:
        text = (*posted.get(self.name, ()), "")[0][:LONGEST].strip()
        if not self.units:
            return (text,) if text else ()
        number = (*posted.get(f"{self.name}-unit", ()), "")[0]
        unit = self.units[int(number) - 1] if number in self._unit_numbers() else ""
        return (text, unit) if text or unit else ()

    def fields(self, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        found = {self.name: values[:1]}
        if self.units and len(values) > 1 and values[1] in self.units:
            found[f"{self.name}-unit"] = (str(self.units.index(values[1]) + 1),)
        return found

    def _unit_numbers(self) -> list[str]:
        return [str(number + 1) for number in range(len(self.units))]

    def for_learner(self) -> dict[str, Any]:
        return {
            "control": "write",
            "name": self.name,
            "label": self.label,
            "width": self.width,
            "numeric": self.numeric,
            "units": list(self.units),
        }


@dataclass(frozen=True)
class Compose(Control):
    """A text of several lines.

    :param rows: lines that the field shows
    :param least: :param most: words that are asked for, 0 when the author did not say
    :param template: what the field holds as long as nothing was answered
    """

    rows: int = 12
    least: int = 0
    most: int = 0
    template: str = ""

    def read(self, posted: Posted) -> tuple[str, ...]:
        text = (*posted.get(self.name, ()), "")[0].replace("\r\n", "\n")[:LONGEST]
        return (text,) if text.strip() else ()

    def fields(self, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        return {self.name: values[:1]}

    def for_learner(self) -> dict[str, Any]:
        return {
            "control": "compose",
            "name": self.name,
            "label": self.label,
            "rows": self.rows,
            "least": self.least,
            "most": self.most,
            "template": self.template,
        }


@dataclass(frozen=True)
class Attach(Control):
    """Files to hand in. They are kept beside the response, which holds their ids.

    :param most: how many; :param types: media types that are taken, all when empty
    :param size: bytes of one file
    """

    most: int = 1
    types: tuple[str, ...] = ()
    size: int = 20_000_000

    def read(self, posted: Posted) -> tuple[str, ...]:
        return tuple(posted.get(self.name, ()))[: self.most]

    def fields(self, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        return {self.name: values}

    def for_learner(self) -> dict[str, Any]:
        return {
            "control": "attach",
            "name": self.name,
            "label": self.label,
            "most": self.most,
            "types": list(self.types),
            "size": self.size,
        }


@dataclass(frozen=True)
class Point(Control):
    """One or several places in the question's picture: a list of their names over the picture."""

    areas: tuple[Area, ...] = ()
    many: bool = False
    most: int = 0

    def _choose(self) -> Choose:
        options = tuple(Option(area.key, Html(area.label)) for area in self.areas)
        return Choose(self.name, self.label, options, self.many, self.most)

    def read(self, posted: Posted) -> tuple[str, ...]:
        return self._choose().read(posted)

    def fields(self, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        return self._choose().fields(values)

    def for_learner(self) -> dict[str, Any]:
        areas = [
            {"value": str(number), "label": area.label, "shape": area.shape, "coords": area.coords}
            for number, area in enumerate(self.areas, 1)
        ]
        return {
            "control": "point",
            "name": self.name,
            "label": self.label,
            "areas": areas,
            "many": self.many,
            "most": self.most,
        }


@dataclass(frozen=True)
class Asked:
    """A question as one learner is asked it.

    :param body: its text; ``[[name]]`` in it is the place of the control of that name, controls
        that have no place follow the text
    :param picture: what controls with a place lie on
    :param authored: whether the names are an author's, who may have called a gap after what belongs
        in it: a learner's browser then knows numbers instead
    """

    body: Html
    controls: tuple[Control, ...] = ()
    picture: Picture | None = None
    authored: bool = False

    def told(self, name: str) -> str:
        """By what name a learner's browser knows a control."""
        return self._names().get(name, name)

    def _names(self) -> dict[str, str]:
        if not self.authored:
            return {}
        return {control.name: str(number) for number, control in enumerate(self.controls, 1)}

    def _told(self) -> list[tuple[str, Control]]:
        """Each control's own name, and the control as a learner's browser knows it."""
        names = self._names()
        groups = [each.group for each in self.controls if isinstance(each, Pick) and each.group]
        numbers = {group: str(at) for at, group in enumerate(dict.fromkeys(groups), 1)}
        found = []
        for control in self.controls:
            told = replace(control, name=names.get(control.name, control.name))
            if isinstance(told, Pick) and told.group:
                told = replace(told, group=numbers[told.group])
            found.append((control.name, told))
        return found

    def read(self, posted: Posted) -> Response:
        """What was answered; controls without an answer are absent."""
        found = {name: control.read(posted) for name, control in self._told()}
        return {name: values for name, values in found.items() if values}

    def fields(self, response: Response) -> dict[str, tuple[str, ...]]:
        """What the form's fields hold for a response."""
        found: dict[str, tuple[str, ...]] = {}
        for name, control in self._told():
            found |= control.fields(tuple(response.get(name, ())))
        return found

    def for_learner(self) -> dict[str, Any]:
        """What the learner's browser gets, all of it."""
        picture = self.picture
        body: str = self.body
        for name, told in self._names().items():
            body = body.replace(f"[[{name}]]", f"[[{told}\0]]")
        return {
            "body": Html(body.replace("\0]]", "]]")),
            "controls": [control.for_learner() for _name, control in self._told()],
            "picture": None
            if picture is None
            else {
                "file": picture.file,
                "width": picture.width,
                "height": picture.height,
                "alt": picture.alt,
            },
        }
