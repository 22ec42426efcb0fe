"""Every control and every type of question: axe finds nothing, the keyboard alone answers it, with
JavaScript and without, from left to right and from right to left."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import pytest
from playwright.sync_api import Page, expect

from assessments.questions.base import Question
from assessments.questions.controls import Asked, Attach, Compose
from assessments.questions.texts import in_language
from assessments.word_count import count_words
from tests.assessments.examples import EXAMPLES, MORE
from tests.assessments.gallery import PIECES, Piece, gallery
from tests.browser.axe import findings, needs_axe

pytestmark = pytest.mark.browser

LANGUAGES = ["en", "ar"]
WRITTEN = "Rest, a walk and a good colleague."


def example(question: Question) -> Piece:
    """A question with its right answer; where a person marks, with anything."""
    arrangement = question.arrange(Random(1))
    asked = question.ask(arrangement)
    response = dict(question.right_response(arrangement) or {})
    for control in asked.controls:
        if isinstance(control, Compose):
            response[control.name] = (WRITTEN,)
        elif isinstance(control, Attach):
            response[control.name] = ("letter.pdf",)
    return Piece(asked, in_language(question, "ar").ask(arrangement), response)


ALL = PIECES | {
    f"the example: {name}": example(question) for name, question in (EXAMPLES | MORE).items()
}


def visit(page: Page, address: str) -> None:
    """Open a page, and wait for what improves it."""
    page.goto(address)
    expect(page.locator(":not(:defined)")).to_have_count(0)


@pytest.fixture(scope="module")
def shown():
    with gallery(ALL) as opened:
        yield opened


@pytest.fixture(scope="module", params=["with JavaScript", "without JavaScript"])
def scripted(request):
    return request.param == "with JavaScript"


@pytest.fixture(scope="module")
def context(chromium, scripted):
    context = chromium.new_context(java_script_enabled=scripted)
    yield context
    context.close()


@contextmanager
def tab(context) -> Iterator[Page]:
    """A page on which nothing goes wrong, and nothing breaks its policy."""
    page = context.new_page()
    problems: list[str] = []
    page.on("filechooser", lambda _chooser: None)  # from the start: asking for it takes a moment
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert [problem for problem in problems if "404" not in problem] == []  # it has no icon


@pytest.fixture
def page(context):
    with tab(context) as page:
        yield page


@pytest.fixture(scope="module")
def scripted_context(chromium):
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def improved(scripted_context, shown):
    """Opens a question with JavaScript, and notes every change that its fields tell."""

    def see(name: str, query: str = "") -> Page:
        visit(page, f"{shown.url}/one/{name}?{query}")
        page.evaluate(
            """() => { window.told = [];
            addEventListener("change", (e) => told.push([e.target.name, e.target.value])); }"""
        )
        return page

    with tab(scripted_context) as page:
        yield see


def told(page: Page) -> list[list[str]]:
    return page.evaluate("told")


@dataclass(frozen=True)
class Keyboard:
    """Somebody who has no pointer."""

    page: Page

    def focused(self) -> dict:
        return self.page.evaluate(
            """() => Object.fromEntries(["name", "type", "value", "tagName", "selectedIndex",
            "checked"].map((name) => [name, document.activeElement[name]]))"""
        )

    def go_to(self, **wanted: str) -> dict:
        """Tab on until the focus is there."""
        for _ in range(100):
            self.page.keyboard.press("Tab")
            found = self.focused()
            if all(found.get(name) == value for name, value in wanted.items()):
                return found
        raise AssertionError(f"Tab never reaches {wanted}")

    def fill(self, name: str, values: tuple[str, ...]) -> None:
        """Give a field what it shall hold."""
        found = self.go_to(name=name)
        if found["type"] == "radio":
            self._choose_radio(found, values[0])
        elif found["type"] == "checkbox":
            self._check(found, values)
        elif found["tagName"] == "SELECT":
            self._select(found, values[0])
        elif found["type"] == "file":
            with self.page.expect_file_chooser() as chooser:
                self.page.keyboard.press("Space")
            chooser.value.set_files({"name": values[0], "mimeType": "text/plain", "buffer": b"x"})
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(values[0])

    def _choose_radio(self, found: dict, value: str) -> None:
        for _ in range(20):
            if found["value"] == value:
                break
            self.page.keyboard.press("ArrowDown")
            found = self.focused()
        if not found["checked"]:
            self.page.keyboard.press("Space")

    def _check(self, found: dict, values: tuple[str, ...]) -> None:
        name = found["name"]
        while found["name"] == name:
            if found["value"] in values:
                self.page.keyboard.press("Space")
            self.page.keyboard.press("Tab")
            found = self.focused()

    def _select(self, found: dict, value: str) -> None:
        at = found["selectedIndex"]
        to = self.page.evaluate(
            """(value) => Array.from(document.activeElement.options)
            .findIndex((option) => option.value === value)""",
            value,
        )
        for _ in range(abs(to - at)):
            self.page.keyboard.press("ArrowDown" if to > at else "ArrowUp")

    def send(self) -> None:
        self.go_to(type="submit")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def by_place(field: tuple[str, tuple[str, ...]]) -> str:
    """Things are put in order from the first to the last."""
    _name, values = field
    return (*values, "")[0]


def fields(asked: Asked, response) -> list[tuple[str, tuple[str, ...]]]:
    """What has to be filled in, in the order in which a person does it."""
    found = [(name, values) for name, values in asked.fields(response).items() if values]
    ordered = sorted((field for field in found if field[0].startswith("order-")), key=by_place)
    return [field for field in found if field not in ordered] + ordered


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_the_keyboard_alone_answers_it(shown, page, scripted, name, lang):
    piece = ALL[name]
    (visit if scripted else Page.goto)(page, f"{shown.url}/one/{name}?lang={lang}")
    keyboard = Keyboard(page)
    for field, values in fields(piece.asked(lang), piece.response):
        keyboard.fill(f"q1-{field}", values)
    keyboard.send()
    assert shown.read[-1] == piece.response


@needs_axe
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query", ["", "filled", "filled&marks", "filled&marks&disabled", "of=fr&to=ltr"]
)
def test_axe_finds_nothing_on_a_page_of_them_all(scripted_context, shown, query, lang):
    page = scripted_context.new_page()
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        visit(page, f"{shown.url}/?lang={lang}&{query}")
        found += findings(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [320, 360])
def test_no_page_is_wider_than_a_phone(shown, page, scripted, lang, width):
    page.set_viewport_size({"width": width, "height": 640})
    (visit if scripted else Page.goto)(page, f"{shown.url}/?lang={lang}&filled&marks")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_something_is_moved_by_its_buttons_and_the_focus_stays_on_them(improved):
    page = improved("order")
    down = page.get_by_role("button", name="Move down: Greet her")
    down.focus()
    page.keyboard.press("Enter")
    expect(down).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Greet her: place 2 of 4")
    assert told(page) == [
        ["q1-order-2", "1"],
        ["q1-order-1", "2"],
        ["q1-order-3", "3"],
        ["q1-order-4", "4"],
    ]
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_label("Place: Greet her")).to_have_value("4")


def test_something_goes_to_the_place_whose_number_is_chosen(improved):
    page = improved("order")
    place = page.get_by_label("Place: Examine")
    place.select_option("1")
    expect(page.get_by_role("listitem").first).to_contain_text("Examine")
    expect(page.get_by_label("Place: Greet her")).to_have_value("2")
    place.select_option("")
    expect(page.get_by_label("Place: Greet her")).to_have_value("")


def centre(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dragged(page: Page, start, end) -> None:
    """Press on one, move to the other; the button stays down."""
    (x, y), (to_x, to_y) = centre(start), centre(end)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=8)
    page.mouse.move(to_x, to_y + 4, steps=8)


def handle(page: Page, number: int):
    return page.locator(".handle").nth(number)


def places(page: Page) -> list[str]:
    """The places of the four things, in the order in which they were first."""
    return [page.locator(f"[name=q1-order-{number}]").input_value() for number in (1, 2, 3, 4)]


def test_something_is_dragged_to_its_place(improved):
    page = improved("order")
    dragged(page, handle(page, 0), handle(page, 2))
    page.mouse.up()
    assert places(page) == ["3", "1", "2", "4"]
    expect(page.get_by_role("status")).to_have_text("Greet her: place 3 of 4")


def test_escape_puts_back_what_is_dragged(improved):
    page = improved("order")
    dragged(page, handle(page, 0), handle(page, 3))
    page.keyboard.press("Escape")
    page.mouse.up()
    assert places(page) == ["", "", "", ""]
    expect(page.get_by_role("listitem").first).to_contain_text("Greet her")
    assert told(page) == []


def word(page: Page, text: str):
    return page.locator(".word", has_text=text)


def test_a_word_is_dragged_into_a_gap_of_its_group_only(improved):
    page = improved("gaps")
    dragged(page, word(page, "calms"), page.get_by_label("Gap 2"))
    page.mouse.up()
    dragged(page, word(page, "faster"), page.get_by_label("Gap 3"))
    page.mouse.up()
    assert told(page) == [["q1-b", "3"]]
    expect(page.get_by_label("Gap 3")).to_have_value("")


def test_a_word_is_tapped_and_then_its_gap(improved):
    page = improved("gaps")
    word(page, "short").click()
    page.get_by_label("Gap 3").click()
    assert told(page) == [["q1-c", "2"]]
    expect(page.get_by_label("Gap 3")).to_be_focused()


def test_escape_and_a_second_tap_let_go_of_a_word(improved):
    page = improved("gaps")
    held = page.locator("[data-held]")
    word(page, "faster").click()
    expect(held).to_have_text("faster")
    page.keyboard.press("Escape")
    expect(held).to_have_count(0)
    word(page, "slower").click()
    word(page, "slower").click()
    expect(held).to_have_count(0)
    dragged(page, word(page, "calms"), page.get_by_label("Gap 1"))
    page.keyboard.press("Escape")
    page.mouse.up()
    assert told(page) == []
    expect(page.locator(".ghost")).to_have_count(0)


def test_a_label_is_dragged_or_tapped_into_the_picture(improved):
    page = improved("labels")
    number = page.locator("picture-places .number")
    dragged(page, word(page, "Door"), number.nth(0))
    page.mouse.up()
    word(page, "Window").click()
    number.nth(1).click()
    assert told(page) == [["q1-zone1", "1"], ["q1-zone2", "2"]]
    expect(number.nth(1)).to_have_attribute("data-chosen", "")
    expect(number.nth(1).locator(".put")).to_have_text("Window")
    page.get_by_label("In the middle").select_option("")
    expect(number.nth(1).locator(".put")).to_have_text("")
    number.nth(2).click()
    expect(page.get_by_label("Place 3")).to_be_focused()


def test_a_click_in_the_picture_chooses_in_the_list(improved):
    page = improved("point at several")
    number = page.locator("picture-places .number")
    number.nth(1).click()
    expect(page.get_by_label("The window")).to_be_checked()
    expect(number.nth(1)).to_have_attribute("data-chosen", "")
    number.nth(1).click()
    expect(page.get_by_label("The window")).not_to_be_checked()
    page.get_by_label("The door").check()
    expect(number.nth(0)).to_have_attribute("data-chosen", "")
    assert [name for name, _value in told(page)] == ["q1-place"] * 3


def test_in_review_a_click_in_the_picture_changes_nothing(improved):
    page = improved("point at one", "filled&disabled")
    page.locator(".places .number").nth(0).click()
    assert page.locator("input:checked").get_attribute("value") == "3"


def test_words_are_counted_at_every_key_and_said_only_after_a_rest(improved):
    page = improved("letter")
    page.clock.install()
    visit(page, page.url)
    text = page.get_by_label("Your answer")
    text.press("Control+End")
    text.press_sequentially("rest and a walk")
    expect(page.locator("[data-shown]")).to_have_text("Words: 6")
    expect(page.get_by_role("status")).to_have_text("")
    page.clock.run_for(1500)
    expect(page.get_by_role("status")).to_have_text("Words: 6")


TEXTS = [
    "",
    "one\ntwo\u00a0three\u2003four\x1cfive\ufeff",
    "a fact — well known, yes—no and / or 1,234.5",
    "حقوق الإنسان للجميع",
    "人権とは UNHCR 𠮷野 인권은",
    "สิทธิมนุษยชน ကခ ဂဃ ๆ ็ x人y",
]


def test_words_are_counted_as_the_server_counts_them(improved):
    random = Random(6)
    letters = "".join(TEXTS) + "".join(map(chr, range(0x20, 0x3400, 7)))
    texts = TEXTS + ["".join(random.choices(letters, k=60)) for _ in range(300)]
    counted = improved("letter").evaluate(
        """async (texts) => {
          const { count_words } = await import(
            document.querySelector("script[type=module]").src
          );
          return texts.map(count_words);
        }""",
        texts,
    )
    assert counted == [count_words(text) for text in texts]


def test_a_choice_can_be_taken_back(improved):
    page = improved("choose one")
    back = page.get_by_label("Leave this unanswered")
    expect(back).to_be_hidden()
    page.get_by_label("Who I am").check()
    back.check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("body")).to_have_text("{}")
