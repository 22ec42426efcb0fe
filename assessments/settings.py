"""The settings of the add-on, read once into a frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class AssessmentsSettings:
    """What the host's ini file says under ``assessments.``.

    :param secret: key that signs receipts
    :param layout: the template that pages extend; it has the blocks ``title`` and ``content``
    """

    secret: str
    layout: str

    @classmethod
    def from_ini(cls, ini: Mapping[str, str]) -> "AssessmentsSettings":
        return cls(
            secret=ini["assessments.secret"],
            layout=ini.get("assessments.layout", "assessments:templates/layout.jinja2"),
        )
