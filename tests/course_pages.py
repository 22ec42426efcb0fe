"""Small pages with the markup that a course's script works on, in English, French and Arabic."""

import json
from pathlib import Path

WORDS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
DIRECTIONS = {"en": "ltr", "fr": "ltr", "ar": "rtl"}
NAMES = {"en": "English", "fr": "Français", "ar": "العربية"}


def page(
    standard: str,
    body: str,
    *,
    kind: str = "part",
    title: str = "The third part",
    language: str = "en",
    links: str = "",
) -> str:
    """One page of a course. ``links`` is its navigation of languages."""
    up = "" if language == "en" else "../"
    words = WORDS | {"done_words": f"{language}: done", "kept": f"{language}: kept"}
    return f"""<!doctype html>
<html lang="{language}" dir="{DIRECTIONS[language]}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · A course</title>
<link rel="stylesheet" href="{up}course.css">
<script type="module" src="{up}course.js"></script></head>
<body>
<header><p class="course">A course</p><p class="where">Part 3 of 9 · about 6 min</p>{links}</header>
<main id="start" data-standard="{standard}" data-kind="{kind}" data-part="3">
<h1 tabindex="-1">{title}</h1>
<p class="pause">Take a break whenever you need to.</p>
{body}
<p id="saving" class="saving" role="status"></p>
</main>
<nav id="parts" aria-label="Parts of this course"><ol>
<li><a href="quiz.html">The quiz</a></li></ol></nav>
<footer><p>A course · Version 1</p></footer>
<script type="application/json" id="words">{json.dumps(words, ensure_ascii=False)}</script>
</body></html>"""


def part(standard: str, text: str, **options) -> str:
    """A part with its text and its end."""
    return page(standard, f'<div class="text">{text}</div>{FINISH}', **options)


FINISH = """<section id="finish" class="finish" hidden>
<p>When you have read as far as you want to, mark this part as done.</p>
<p class="actions"><button type="button" id="done" class="primary">Mark as done</button></p>
<div id="done-words" tabindex="-1"></div>
<p class="actions"><button type="button" id="next" class="primary" hidden>Go on</button></p>
</section>"""


def languages(here: str, has: dict[str, str]) -> str:
    """Links to the languages that a page has, with its own."""
    links = "".join(
        f'<li><a lang="{tag}" hreflang="{tag}" href="{address}"'
        f"{' aria-current=true' if tag == here else ''}>{NAMES[tag]}</a></li>"
        for tag, address in has.items()
    )
    return f'<nav class="languages" aria-label="Languages"><ul>{links}</ul></nav>'


def question(
    identifier: str,
    asked: str,
    choices: list[tuple[str, str, str]],
    *,
    several: bool = False,
    truth: bool = False,
    live: bool = True,
    original: str = "",
) -> str:
    """A question to choose in: each choice is its value, text and feedback; ``*`` before the text
    of a right one."""
    kind = "checkbox" if several else "radio"
    labels = "".join(
        f'<label class="choice"><input type="{kind}" name="{identifier}" value="{value}"'
        f"{' data-right' if text.startswith('*') else ''}> <span>{text.strip('*')}</span></label>"
        for value, text, _told in choices
    )
    keys = "".join(
        f'<li data-choice="{value}"><strong>{text.strip("*")}</strong>: '
        f'<span class="told">{told}</span></li>'
        for value, text, told in choices
    )
    return _fieldset(
        identifier, asked, "true-false" if truth else "choice", labels, keys, live, original
    )


def matching(identifier: str, asked: str, pairs: list[tuple[str, str, int]], rights: list[str]):
    """A question with a select box for each left side."""
    options = '<option value="">Choose</option>' + "".join(
        f'<option value="{number}">{text}</option>' for number, text in enumerate(rights, start=1)
    )
    labels = "".join(
        f'<label class="pair"><span>{left}</span> '
        f'<select name="{identifier}" data-left="{letter}" data-right="{right}">{options}</select>'
        "</label>"
        for letter, left, right in pairs
    )
    keys = "".join(f"<li>{left}: {rights[right - 1]}</li>" for _letter, left, right in pairs)
    return _fieldset(identifier, asked, "matching", labels, keys, True, "")


def _fieldset(identifier, asked, kind, labels, keys, live, original) -> str:
    status = ' role="status"' if live else ""
    same = f' data-original="{original}"' if original else ""
    return f"""<fieldset class="question" id="{identifier}" data-type="{kind}"{same}
aria-describedby="{identifier}-hint">
<legend><span class="label">Question 1</span> <span class="asked">{asked}</span></legend>
<p class="hint" id="{identifier}-hint">Choose one answer.</p>{labels}
<details class="key"><summary>Answers</summary><ul>{keys}</ul>
<p class="explanation">Because of {identifier}.<sup><a class="mark" href="#source-1"
aria-label="Source 1">1</a></sup></p></details>
<div class="feedback" id="{identifier}-feedback"{status}></div></fieldset>"""


def check(*fieldsets: str) -> str:
    """Questions that are checked one by one."""
    forms = "".join(
        f'<course-check><form class="single" novalidate>{each}<p class="actions" hidden>'
        '<button type="submit">Check</button></p></form></course-check>'
        for each in fieldsets
    )
    label = '<p class="label">A short check</p>'
    return f'<div class="check" role="group" aria-label="A short check">{label}{forms}</div>'


def quiz(kind: str, draw: int, groups: dict[str, list[str]], mastery: int = 80) -> str:
    """A final quiz or a pre-test with its pool."""
    pool = "".join(
        f'<div data-group="{group}">{fieldset}</div>'
        for group, fieldsets in groups.items()
        for fieldset in fieldsets
    )
    again = '<p class="actions"><button type="button" id="again">Try again</button></p>'
    limit = f' data-mastery="{mastery}"' if kind == "final" else ""
    return f"""<course-quiz data-kind="{kind}" data-draw="{draw}"{limit}>
<form id="quiz" novalidate>{pool}
<div id="open" class="problems" tabindex="-1" hidden><p>Some questions have no answer yet:</p>
<ul></ul></div>
<p class="actions" hidden><button type="submit" id="hand-in" class="primary">Hand in</button></p>
</form>
<section id="result" class="result" aria-labelledby="result-heading" hidden>
<h2 id="result-heading" tabindex="-1">Your result</h2><div id="result-words"></div>
{again if kind == "final" else ""}</section></course-quiz>"""


def pool(groups: int, each: int, prefix: str = "quiz") -> dict[str, list[str]]:
    """Questions in groups; in all of them “Right one” is right."""
    return {
        f"part-{group}": [
            question(
                f"{prefix}-{group}-{number}",
                f"Question {number} of group {group}?",
                [("a", "*Right one", "Well read."), ("b", "Wrong one", "Look again.")],
                live=False,
            )
            for number in range(1, each + 1)
        ]
        for group in range(1, groups + 1)
    }


SCENARIO = """<course-scenario id="p3-offer">
<section class="step" id="p3-offer-start" data-verdict=""><h3 tabindex="-1">Step</h3>
<p>A friend offers to interpret. What do you do?</p>
<ul class="choices"><li><a href="#p3-offer-accept">Accept the offer</a></li>
<li><a href="#p3-offer-out-side">Ask for an interpreter from outside</a></li></ul></section>
<section class="step" id="p3-offer-accept" data-verdict="poor">
<h3 tabindex="-1"><span class="on-paper">Step 2 · </span>
Then: <span class="verdict">This may do harm</span></h3>
<p>He says less than he would.</p>
<ul class="choices"><li><a href="#p3-offer-start">Go back and choose again</a>
<span class="on-paper">(go on at step 1)</span></li></ul></section>
<section class="step" id="p3-offer-out-side" data-verdict="good">
<h3 tabindex="-1">The end: <span class="verdict">A good way</span></h3>
<p>It takes a day longer, and he speaks.</p></section>
</course-scenario>"""

REFLECTION = """<course-reflection id="p3-month"><form>
<p>Think about your own centre.</p>
<label for="p3-month-1">What is there already?</label><textarea id="p3-month-1" rows="3"></textarea>
<label for="p3-month-2">What is missing?</label><textarea id="p3-month-2" rows="3"></textarea>
<p class="hint">Only you see this, until you send it.</p>
<p class="actions"><button type="button" class="send" hidden>Send</button>
<button type="button" class="file" hidden>Keep as a file</button>
<button type="button" class="clear" hidden>Clear</button></p>
<p class="told" role="status"></p></form></course-reflection>"""

WORD = """<p id="with-word">A centre keeps an
<a class="word" href="#word-registry">attack registry</a>
of its own.</p>
<ul><li>One <a class="word" href="#word-registry">registry</a></li></ul>
<section class="words"><h2>Words used here</h2><dl><dt id="word-registry">attack registry</dt>
<dd>A list of what was done to a centre.<sup><a class="mark" href="#source-1">1</a></sup></dd></dl>
</section>"""

REVEAL = """<course-reveal id="p3-reveal-1"><details class="reveal"><summary>How a report is
written</summary><p>In plain words.</p></details></course-reveal>"""

TABLE = f"""<div class="table" role="group" aria-label="Table" tabindex="0"><table>
<tr><th>One</th><th>Two</th></tr><tr><td>{"long" * 30}</td><td>short</td></tr></table></div>"""

MARKS = """<p>In 2022<sup><a class="mark" href="#start">1</a></sup><sup><a class="mark"
href="#start">2</a></sup></p>"""

PRINT = '<p class="print"><button type="button" hidden>Print this part</button></p>'

SKY = question(
    "p3-sky",
    "Is the sky blue?",
    [("true", "*True", "Yes."), ("false", "False", "Look up.")],
    truth=True,
)
EVEN = question(
    "p3-even",
    "Which are even?",
    [("a", "*Two", ""), ("b", "*Four", ""), ("c", "Five", "Odd.")],
    several=True,
)
SORT = matching(
    "p3-sort",
    "Which is which?",
    [("a", "Oak", 1), ("b", "Trout", 2), ("c", "Pike", 2)],
    ["A tree", "A fish"],
)
