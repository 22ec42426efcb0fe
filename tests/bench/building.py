"""How long the course builder takes for a long course, and whether it makes the same twice."""

import time
from pathlib import Path

from lms import authoring

PAGES = 200
CHECKS = 60
POOL = 40
MINUTES = 2
ROUNDS = 3

COURSE = f"""\
identifier = "bench.course"
title = "A long course"
language = "en"
version = "1"
licence = "CC0"
minutes = {PAGES * MINUTES + 20}
mastery = 80
summary = "Two hundred pages."
claims = "sourced"

[quiz]
title = "Quiz"
minutes = 20
draw = 12
"""

HEAD = f'+++\ntitle = "Part {{number}}"\nminutes = {MINUTES}\n+++\n\n'

SECTION = """\
## What is said here

The **first** of {number} sentences has a [[word-{word}|word]] that is explained, and *more words*
after it, as a text of a course has [src: source-{word}, page {number}].

Three things follow:

- one of them, with enough words to fill more than one line of a page as it is read in a window
  that is not wide [src: source-{other}]
- another one [own]
- and [a place to read on](https://example.org/{number}) [src: source-{word}]

| What | How much |
|---|---|
| this [own] | {number} [src: source-{other}] |

"""

QUESTION = """\
// [src: source-{word}, page {number}]
::question-{number}:: What is right about the number {number}? {{
=It is {number} #So it is.
~It is another #It is not: read the page once more.
~Nobody knows #Somebody does.
####A number is itself.
}}

"""


def measure(folder: Path) -> dict[str, float]:
    """``build.s_200``: seconds for 200 pages of Markdown and 100 questions, the best of three;
    ``build.identical``: 1 when all builds are the same byte for byte."""
    course = folder / "course"
    write(course)
    times = []
    packages = set()
    for number in range(ROUNDS):
        package = folder / f"{number}.zip"
        began = time.monotonic()
        authoring.build(course, package)
        times.append(time.monotonic() - began)
        packages.add(package.read_bytes())
    return {"build.s_200": round(min(times), 2), "build.identical": int(len(packages) == 1)}


def write(folder: Path) -> None:
    """A course of :data:`PAGES` parts, with questions in some of them and a quiz."""
    folder.mkdir()
    (folder / "course.toml").write_text(COURSE, "utf-8")
    keys = range(PAGES // 4)
    sources = (f'[source-{key}]\ntitle = "Source {key}"\n' for key in keys)
    (folder / "sources.toml").write_text("".join(sources), "utf-8")
    words = (f'[word-{key}]\nterm = "word"\nmeaning = "A meaning. [own]"\n' for key in keys)
    (folder / "glossary.toml").write_text("".join(words), "utf-8")
    for number in range(PAGES):
        gaps = {"number": number, "word": number % len(keys), "other": number * 7 % len(keys)}
        text = HEAD.format(**gaps) + SECTION.format(**gaps) * 3
        if number < CHECKS:
            text += f"```check\n{QUESTION.format(**gaps)}```\n"
        (folder / f"{number:02}-part.md").write_text(text, "utf-8")
    pool = (QUESTION.format(number=number, word=number % len(keys)) for number in range(POOL))
    (folder / "quiz.gift").write_text("".join(pool), "utf-8")
