"""What a question holds as rows of a form, and the inverse."""

import secrets
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def plain_rows(value: Any) -> Any:
    """A value of a question as a form takes it: objects as dicts, tuples of them as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain_rows(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple) and any(is_dataclass(each) for each in value):
        return [plain_rows(each) for each in value]
    return [] if value == () else value


def made_of(kind: type[Any], values: Mapping[str, Any]) -> Any:
    """An object of a row's values; a new one gets a key of its own."""
    names = {each.name for each in fields(kind)}
    found = {name: value for name, value in values.items() if name in names}
    if "key" in names:
        found["key"] = values.get("key") or new_key()
    return kind(**found)


def new_key() -> str:
    """A key that no other version of the question has had for something else."""
    return secrets.token_hex(4)
