"""Things to think about and to write down for oneself, as their author writes them."""

from dataclasses import dataclass

from assessments.questions.html import one_line
from lms.authoring.citations import OWN
from lms.authoring.errors import SourceError
from lms.authoring.slips import refuse_in_plain

MOST = 6
"""Things to think about in one block: more is a form."""


@dataclass(frozen=True)
class Reflection:
    """:param text: what to do, Markdown; :param prompts: each the label of a text box"""

    text: str
    prompts: tuple[str, ...]


def read(content: str, file: str, first_line: int) -> Reflection:
    """The instruction, and the list below it.

    :raises SourceError: when one of them is missing, or something follows the list
    """
    lines = content.rstrip().split("\n")
    begin = next((at for at, line in enumerate(lines) if line.startswith("- ")), len(lines))
    text = "\n".join(lines[:begin])
    if not text.strip():
        raise SourceError(
            file,
            first_line,
            "Nothing says what to think about.",
            "Begin with a line of instruction, before the list.",
        )
    prompts: list[str] = []
    for at, line in enumerate(lines[begin:], begin):
        if line.startswith("- "):
            prompts.append(line[2:])
        elif line.startswith((" ", "\t")):
            prompts[-1] += f" {line}"
        elif line.strip():
            raise SourceError(
                file,
                first_line + at,
                "Something stands after the list.",
                "Write all text before it, and indent a line that goes on with an item.",
            )
    prompts = [one_line(OWN.sub("", each)) for each in prompts]
    for prompt in prompts:
        refuse_in_plain(prompt, file, first_line + begin)
    if not all(prompts) or not 1 <= len(prompts) <= MOST:
        raise SourceError(
            file,
            first_line,
            f"A reflection needs 1 to {MOST} things to think about, each with its words.",
            "Write each as - text on a line of its own.",
        )
    return Reflection(text, tuple(prompts))
