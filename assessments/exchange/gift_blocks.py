"""The lines of a GIFT file that make up each question."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.exchange.categories import from_path
from assessments.exchange.gift_signs import signs_in

CATEGORY = "$CATEGORY:"


@dataclass(frozen=True)
class Comment:
    """What follows ``//`` on a line of its own."""

    text: str
    line: int


@dataclass
class Block:
    """The lines of one question and their numbers; comments are taken out of them."""

    lines: list[tuple[int, str]]
    comments: list[Comment]
    category: tuple[str, ...]
    name: str = ""

    @property
    def line(self) -> int:
        return self.lines[0][0]

    @property
    def text(self) -> str:
        return "\n".join(line for _number, line in self.lines)

    def line_at(self, position: int) -> int:
        return self.lines[self.text.count("\n", 0, position)][0]


def blocks(text: str, first_line: int) -> Iterator[Block]:
    """The questions' lines. A blank line ends a question, unless its answers are still to be
    closed; so does a title, and a second question that follows the answers of the first."""
    lines = [line.strip() for line in text.split("\n")]
    beyond = _next_braces(lines, over_blanks=True)
    near = _next_braces(lines, over_blanks=False)
    category: tuple[str, ...] = ()
    block = Block([], [], category)
    last = ""
    for number, line in enumerate(lines):
        if line.startswith("//"):
            block.comments.append(Comment(line[2:].strip(), first_line + number))
            continue
        names_category = line.startswith(CATEGORY) and last != "{"
        ends = (
            names_category
            or line.startswith("::")
            or (not line and not (last == "{" and beyond[number] == "}"))
            or (last == "}" and block.lines[-1][1].endswith("}") and near[number] == "{")
        )
        if ends and block.lines:
            yield block
            block = Block([], [], category)
            last = ""
        if names_category:
            category = block.category = from_path(line[len(CATEGORY) :])
        elif line or block.lines:
            block.lines.append((first_line + number, line))
            for sign in signs_in(line, "[{}]"):
                last = sign.group()
    if block.lines:
        yield block


def _next_braces(lines: list[str], over_blanks: bool) -> list[str]:
    """For each line the brace that comes next, on it or below it; a title is as good as a brace
    that opens."""
    braces = [""] * (len(lines) + 1)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        braces[number] = braces[number + 1] if line or over_blanks else ""
        if line.startswith((CATEGORY, "::")):
            braces[number] = "{"
        elif not line.startswith("//"):
            for sign in signs_in(line, "[{}]"):
                braces[number] = sign.group()
                break
    return braces
