"""Every control in English and in Arabic, on pages of a bare application: to look at, to test.

``python -m tests.assessments.gallery`` serves it on http://localhost:6580.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from pyramid.config import Configurator
from pyramid.response import Response
from waitress.server import create_server

from assessments.questions.base import Verdict
from assessments.questions.controls import (
    Area,
    Asked,
    Attach,
    Choose,
    Compose,
    Option,
    Pick,
    Picture,
    Point,
    Put,
    Write,
)
from assessments.questions.html import Html, safe
from assessments.views.rendering import Mark, render_question
from lms.csp import policy
from tests.assessments.examples import FILES

PAGE = """<!doctype html>
<html lang="{lang}" dir="{direction}">
<head><meta charset="utf-8"><title>Gallery</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/tutela.css">
<link rel="stylesheet" href="{style}">
<script type="module" src="{script}"></script></head>
<body><main><h1>Gallery</h1>
<form method="post" enctype="multipart/form-data">{questions}
<p class="actions"><button class="button primary" type="submit">Send</button></p></form>
</main></body></html>"""


@dataclass(frozen=True)
class Piece:
    """A question in two languages, and the answer that a test gives."""

    english: Asked
    arabic: Asked
    response: dict[str, tuple[str, ...]]

    def asked(self, lang: str) -> Asked:
        return self.arabic if lang == "ar" else self.english


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(f"k{number}", Html(text)) for number, text in enumerate(texts, 1))


def picture(alt: str) -> Picture:
    return Picture("room.png", 480, 300, alt)


EN_ROOM = picture("A room with a door on the left and a window in the middle.")
AR_ROOM = picture("غرفة فيها باب على اليسار ونافذة في الوسط.")


def places(*labels: str) -> tuple[Area, ...]:
    shapes = (
        ("rect", (20, 60, 90, 240)),
        ("circle", (240, 80, 50)),
        ("poly", (370, 160, 430, 160, 430, 240, 370, 240)),
        ("rect", (360, 150, 440, 250)),
    )
    return tuple(
        Area(f"a{number}", label, *shape)
        for number, (label, shape) in enumerate(zip(labels, shapes, strict=True), 1)
    )


def zones(*labels: str, words: tuple[Option, ...]) -> tuple[Pick, ...]:
    shapes = ((20, 60, 70, 40), (180, 40, 120, 40), (370, 160, 60, 40))
    return tuple(
        Pick(f"zone{number}", label, words, "1", shape)
        for number, (label, shape) in enumerate(zip(labels, shapes, strict=True), 1)
    )


LONG_EN = (
    "That nothing which she tells us leaves this house unless she herself has said, in writing and "
    "after time to think, who may read it"
)
LONG_AR = (
    "أنّ ما تقوله لنا لا يخرج من هذا البيت إلا إذا قالت هي كتابةً وبعد مهلة "
    "للتفكير من يجوز له أن يقرأه"
)
EN_TABLE = safe(
    "<p>Read the table, and the formula <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>.</p>"
    "<table><thead><tr><th scope='col'>Month</th><th scope='col'>First meetings</th>"
    "<th scope='col'>Meetings with an interpreter</th></tr></thead>"
    "<tbody><tr><th scope='row'>January</th><td>12</td><td>[[n1]]</td></tr>"
    "<tr><th scope='row'>February</th><td>9</td><td>[[n2]]</td></tr></tbody></table>"
)
AR_TABLE = safe(
    "<p>اقرأ الجدول والصيغة <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>.</p>"
    "<table><thead><tr><th scope='col'>الشهر</th><th scope='col'>اللقاءات الأولى</th>"
    "<th scope='col'>اللقاءات مع مترجم</th></tr></thead>"
    "<tbody><tr><th scope='row'>يناير</th><td>12</td><td>[[n1]]</td></tr>"
    "<tr><th scope='row'>فبراير</th><td>9</td><td>[[n2]]</td></tr></tbody></table>"
)
EN_WORDS, AR_WORDS = options("faster", "slower", "calms"), options("أسرع", "أبطأ", "يهدّئ")
EN_OTHERS, AR_OTHERS = options("long", "short"), options("طويل", "قصير")
EN_STEPS = options("Greet her", "Explain what will happen", "Ask for consent", "Examine")
AR_STEPS = options("رحّب بها", "اشرح ما سيحدث", "اطلب الموافقة", "افحصها")
EN_WORK = options("Physiotherapist", "Lawyer", "Cook")
AR_WORK = options("معالِج فيزيائي", "محامٍ", "طبّاخ")
EN_NAMES, AR_NAMES = options("Door", "Window", "Chair"), options("باب", "نافذة", "كرسي")

PIECES: dict[str, Piece] = {
    "choose one": Piece(
        Asked(
            Html("<p>A client comes for the first time. What do you tell her <b>first</b>?</p>"),
            (Choose("answer", "", options("Who I am", "The rules of the house", LONG_EN)),),
        ),
        Asked(
            Html("<p>تأتي مراجِعة للمرة الأولى. ماذا تقول لها <b>أولاً</b>؟</p>"),
            (Choose("answer", "", options("من أنا", "قواعد البيت", LONG_AR)),),
        ),
        {"answer": ("k2",)},
    ),
    "choose several": Piece(
        Asked(
            Html("Which can be signs that a helper carries too much?"),
            (
                Choose(
                    "answer",
                    "",
                    options("She sleeps badly", "He avoids clients", "They drink tea"),
                    True,
                    2,
                ),
            ),
        ),
        Asked(
            Html("أيّ هذه قد تكون علامات على أنّ المساعِد يحمل أكثر مما يطيق؟"),
            (Choose("answer", "", options("ينام بصعوبة", "يتجنب المراجعين", "يشرب الشاي"), True),),
        ),
        {"answer": ("k1", "k3")},
    ),
    "choose in the text": Piece(
        Asked(
            Html("<p>Coffee late in the evening: [[one]] Tea: [[two]]</p>"),
            (
                Choose("one", "", options("better not", "as you like")),
                Choose(
                    "two",
                    "Tea",
                    options("a little", "much", "never"),
                    True,
                    numbering="iii",
                    across=True,
                ),
            ),
        ),
        Asked(
            Html("<p>القهوة في المساء: [[one]] الشاي: [[two]]</p>"),
            (
                Choose("one", "", options("الأفضل لا", "كما تشاء")),
                Choose(
                    "two",
                    "الشاي",
                    options("قليل", "كثير", "أبداً"),
                    True,
                    numbering="iii",
                    across=True,
                ),
            ),
        ),
        {"one": ("k1",), "two": ("k1", "k2")},
    ),
    "gaps": Piece(
        Asked(
            Html(
                "<p>Fear makes the heart beat [[a]]. Slow breathing [[b]] it, and a [[c]] breath "
                "out is best.</p>"
            ),
            (
                Pick("a", "", EN_WORDS, "1"),
                Pick("b", "", EN_WORDS, "1"),
                Pick("c", "", EN_OTHERS, "2"),
            ),
        ),
        Asked(
            Html(
                "<p>الخوف يجعل القلب ينبض [[a]]. التنفس البطيء [[b]] القلب، والزفير [[c]] أفضل.</p>"
            ),
            (
                Pick("a", "", AR_WORDS, "1"),
                Pick("b", "", AR_WORDS, "1"),
                Pick("c", "", AR_OTHERS, "2"),
            ),
        ),
        {"a": ("k1",), "b": ("k3",), "c": ("k1",)},
    ),
    "pairs": Piece(
        Asked(
            Html("<p>Who mostly does this work in a centre?</p>"),
            (
                Pick("pair-1", "Exercises against pain", EN_WORK),
                Pick("pair-2", "Help with an application for asylum", EN_WORK),
            ),
        ),
        Asked(
            Html("<p>من يقوم بهذا العمل غالباً في المركز؟</p>"),
            (
                Pick("pair-1", "تمارين ضد الألم", AR_WORK),
                Pick("pair-2", "مساعدة في طلب اللجوء", AR_WORK),
            ),
        ),
        {"pair-1": ("k1",), "pair-2": ("k2",)},
    ),
    "labels": Piece(
        Asked(
            Html("<p>Label this consulting room.</p>"),
            zones("On the left", "In the middle", "", words=EN_NAMES),
            EN_ROOM,
        ),
        Asked(
            Html("<p>سمِّ أجزاء هذه الغرفة.</p>"),
            zones("على اليسار", "في الوسط", "", words=AR_NAMES),
            AR_ROOM,
        ),
        {"zone1": ("k1",), "zone2": ("k2",), "zone3": ("k3",)},
    ),
    "order": Piece(
        Asked(
            Html("<p>Put the steps of an appointment in order.</p>"), (Put("order", "", EN_STEPS),)
        ),
        Asked(Html("<p>رتّب خطوات الموعد.</p>"), (Put("order", "", AR_STEPS),)),
        {"order": ("k3", "k1", "k4", "k2")},
    ),
    "write": Piece(
        Asked(
            Html("<p>After which city is the manual on documenting torture named?</p>"),
            (Write("answer"),),
        ),
        Asked(Html("<p>باسم أي مدينة سُمّي دليل توثيق التعذيب؟</p>"), (Write("answer"),)),
        {"answer": ("Istanbul",)},
    ),
    "number with unit": Piece(
        Asked(
            Html("<p>She walks 1.5 km to us and back. How far is that in all?</p>"),
            (Write("answer", "", 8, True, ("km", "m")),),
        ),
        Asked(
            Html("<p>تمشي 1.5 كم إلينا ثم تعود. كم تمشي إجمالاً؟</p>"),
            (Write("answer", "", 8, True, ("km", "m")),),
        ),
        {"answer": ("-3.0", "m")},
    ),
    "table": Piece(
        Asked(EN_TABLE, (Write("n1", "", 4, True), Write("n2", "Meetings in February", 4, True))),
        Asked(AR_TABLE, (Write("n1", "", 4, True), Write("n2", "لقاءات فبراير", 4, True))),
        {"n1": ("4",), "n2": ("3.5",)},
    ),
    "letter": Piece(
        Asked(
            Html("<p>Write to a colleague: what helped you after a hard conversation?</p>"),
            (
                Compose("text", "", 5, 5, 200, "Dear colleague, "),
                Attach("files", "", 2, ("application/pdf", "image/*")),
            ),
        ),
        Asked(
            Html("<p>اكتب إلى زميل: ما الذي ساعدك بعد حديث صعب؟</p>"),
            (Compose("text", "", 5, 0, 200), Attach("files", "أوراقك", 2)),
        ),
        {"text": ("Rest, a walk\nand a colleague.",), "files": ("letter.pdf",)},
    ),
    "point at one": Piece(
        Asked(
            Html("<p>Which place do you offer, so that the way out stays free?</p>"),
            (Point("place", "", places("The door", "The window", "The chair", "The corner")),),
            EN_ROOM,
        ),
        Asked(
            Html("<p>أيّ مكان تعرض كي يبقى المخرج حرّاً؟</p>"),
            (Point("place", "", places("الباب", "النافذة", "الكرسي", "الزاوية")),),
            AR_ROOM,
        ),
        {"place": ("a3",)},
    ),
    "point at several": Piece(
        Asked(
            Html("<p>Where does light come in, and where can one leave?</p>"),
            (Point("place", "Ways", places("The door", "The window", "Chair", "Corner"), True),),
            EN_ROOM,
        ),
        Asked(
            Html("<p>من أين يدخل الضوء، ومن أين يمكن الخروج؟</p>"),
            (Point("place", "", places("الباب", "النافذة", "الكرسي", "الزاوية"), True, 3),),
            AR_ROOM,
        ),
        {"place": ("a1", "a2")},
    ),
    "description": Piece(
        Asked(Html("<p>The next questions are about a first conversation.</p>")),
        Asked(Html("<p>الأسئلة التالية عن أول حديث.</p>")),
        {},
    ),
}


def marks(asked: Asked) -> dict[str, Mark]:
    """Marks of every kind, one after the other."""
    verdicts = [Verdict.WRONG, Verdict.RIGHT, Verdict.PARTLY, Verdict.UNANSWERED, Verdict.WAITING]
    said = [Html("Think of what she may fear."), Html("<p>Yes.</p><p>It is so.</p>"), Html("")]
    return {
        control.name: Mark(
            verdicts[number % 5],
            said[number % 3],
            {str(each + 1): Mark(verdicts[each], said[each % 3]) for each in range(3)},
        )
        for number, control in enumerate(asked.controls)
    }


def show(request, names) -> Response:
    lang = request.GET.get("lang", "en")
    parts = []
    for number, name in enumerate(names, 1):
        piece = request.registry["pieces"][name]
        asked = piece.asked(lang)
        filled = "filled" in request.GET
        parts.append(
            render_question(
                request,
                asked.for_learner(),
                prefix=f"q{number}",
                values=asked.fields(piece.response if filled else {}),
                file_url=lambda name: f"/files/{name}",
                number=str(number) if asked.controls else "",
                disabled="disabled" in request.GET,
                marks=marks(asked) if "marks" in request.GET else None,
                lang=request.GET.get("of", ""),
                direction=request.GET.get("to", ""),
            )
        )
    direction = "rtl" if lang == "ar" and "of" not in request.GET else "ltr"
    page_lang = lang if direction == "rtl" else "en"
    text = PAGE.format(
        lang=page_lang,
        direction=direction,
        style=request.bundle("taking.css"),
        script=request.bundle("questions.js"),
        questions="\n".join(parts),
    )
    response = Response(text)
    response.headers["Content-Security-Policy"] = policy("'self'")
    return response


def posted(request) -> dict[str, list[str]]:
    """The fields of the first question; a file stands for its name."""
    found: dict[str, list[str]] = {}
    for field, value in request.POST.items():
        name = getattr(value, "filename", value)
        if name != b"":
            found.setdefault(field.removeprefix("q1-"), []).append(name)
    return found


def one(request) -> Response:
    name = request.matchdict["name"]
    if request.method == "GET":
        return show(request, [name])
    asked = request.registry["pieces"][name].asked(request.GET.get("lang", "en"))
    request.registry["read"].append(asked.read(posted(request)))
    return Response(json=request.registry["read"][-1])


def every(request) -> Response:
    return show(request, request.registry["pieces"])


def picture_file(request) -> Response:
    found = FILES[request.matchdict["name"]]
    return Response(found.content, content_type=found.type)


def configure(pieces: dict[str, Piece] = PIECES) -> Configurator:
    """A bare application with the house; ``registry["read"]`` is what was answered."""
    config = Configurator(
        settings={
            "assessments.secret": "of the gallery",
            "jinja2.i18n.domain": "tutela",
            "jinja2.trim_blocks": "true",
            "jinja2.lstrip_blocks": "true",
        }
    )
    config.registry["pieces"], config.registry["read"] = pieces, []
    config.include("assessments")
    config.add_static_view("static", "lms:static")
    for name, pattern, view in (
        ("file", "/files/{name}", picture_file),
        ("one", "/one/{name}", one),
        ("every", "/", every),
    ):
        config.add_route(name, pattern)
        config.add_view(view, route_name=name)
    return config


class Gallery:
    """The application on a port of its own."""

    def __init__(self, pieces: dict[str, Piece] = PIECES, port: int = 0):
        config = configure(pieces)
        self.read = config.registry["read"]
        self.server = create_server(config.make_wsgi_app(), host="127.0.0.1", port=port)
        self.url = f"http://localhost:{self.server.effective_port}"


@contextmanager
def gallery(pieces: dict[str, Piece] = PIECES) -> Iterator[Gallery]:
    opened = Gallery(pieces)
    thread = Thread(target=opened.server.run, daemon=True)
    thread.start()
    yield opened
    opened.server.close()


if __name__ == "__main__":
    Gallery(port=6580).server.run()
