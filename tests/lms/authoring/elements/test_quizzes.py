"""The final quiz and the pre-test: drawn, kept, scored, told."""

import pytest

from course_pages import page, part, pool, quiz

pytestmark = pytest.mark.browser
STANDARDS = ["2004", "1.2"]
SCORE = {"2004": "cmi.score.", "1.2": "cmi.core.score."}


@pytest.fixture
def open_site(launched):
    def of(standard="2004", **options):
        final = quiz("final", 4, pool(4, 3))
        pretest = quiz("pretest", 4, pool(2, 4, prefix="pre"))
        files = {
            "quiz.html": page(standard, final, kind="quiz", title="The quiz"),
            "part-3.html": part(standard, pretest),
        }
        return launched(files, standard, **options)

    return of


def asked(frame):
    """The names of the questions shown."""
    return frame.locator("fieldset:visible").evaluate_all("all => all.map(each => each.id)")


def answer(frame, wrong=0):
    """Answer all that is asked, the first ones wrongly, and hand in."""
    for at, name in enumerate(asked(frame)):
        label = "Wrong one" if at < wrong else "Right one"
        frame.locator(f"#{name}").get_by_label(label).check()
    frame.get_by_role("button", name="Hand in").click()


def test_as_many_as_are_drawn_are_asked_evenly_and_numbered(open_site):
    frame = open_site().open("quiz.html")
    assert [name.split("-")[1] for name in asked(frame)] == ["1", "2", "3", "4"]
    labels = frame.locator("fieldset:visible .label").all_inner_texts()
    assert labels == ["Question 1", "Question 2", "Question 3", "Question 4"]


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_same_questions_are_there_on_return_with_their_answers(open_site, standard):
    site = open_site(standard)
    frame = site.open("quiz.html")
    before = asked(frame)
    frame.locator(f"#{before[2]}").get_by_label("Wrong one").check()
    site.leave()
    frame = site.open("quiz.html")
    assert asked(frame) == before
    assert frame.locator(f"#{before[2]}").get_by_label("Wrong one").is_checked()


def test_a_new_try_asks_first_what_was_not_seen(open_site):
    frame = open_site().open("quiz.html")
    met = set(asked(frame))
    for _try in range(2):
        answer(frame)
        frame.get_by_role("button", name="Try again").click()
        met |= set(asked(frame))
    assert len(met) == 12
    assert frame.locator("input:checked").count() == 0


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_best_result_counts(open_site, standard):
    site = open_site(standard)
    frame = site.open("quiz.html")
    answer(frame)
    assert frame.get_by_text("4 of 4 right: 100 %.").is_visible()
    frame.get_by_role("button", name="Try again").click()
    answer(frame, wrong=3)
    assert frame.get_by_text("1 of 4 right: 25 %.").is_visible()
    assert frame.get_by_text("Your best result so far: 100 %.").is_visible()
    assert frame.get_by_text("Passed. You needed 80 %.").is_visible()
    values = site.values()
    score = {name: values[SCORE[standard] + name] for name in ("raw", "min", "max")}
    assert score == {"raw": "100", "min": "0", "max": "100"}
    if standard == "2004":
        assert (values["cmi.score.scaled"], values["cmi.success_status"]) == ("1", "passed")
        assert values["cmi.completion_status"] == "completed"
    else:
        assert values["cmi.core.lesson_status"] == "passed"
    results = [each["result"] for each in site.records("interactions")]
    assert results == ["correct"] * 4 + ["incorrect" if standard == "2004" else "wrong"] * 3 + [
        "correct"
    ]


@pytest.mark.parametrize("standard", STANDARDS)
def test_too_few_right_answers_do_not_pass(open_site, standard):
    site = open_site(standard)
    frame = site.open("quiz.html")
    answer(frame, wrong=1)
    assert frame.get_by_text("Not passed yet. You need 80 % to pass").is_visible()
    status = "cmi.success_status" if standard == "2004" else "cmi.core.lesson_status"
    assert site.values()[status] == "failed"


def test_a_result_is_told_in_whole_percent_and_never_rounded_up(open_site):
    site = open_site()
    site.files["quiz.html"] = page("2004", quiz("final", 3, pool(3, 3)), kind="quiz", title="Quiz")
    frame = site.open("quiz.html")
    answer(frame, wrong=1)
    assert frame.get_by_text("2 of 3 right: 66 %.").is_visible()
    assert site.values()["cmi.score.scaled"] == "0.6667"


def test_the_result_takes_the_focus_and_every_answer_is_explained(open_site):
    site = open_site()
    frame = site.open("quiz.html")
    answer(frame, wrong=1)
    assert frame.locator("#result-heading").evaluate("e => e === document.activeElement")
    told = frame.locator(".feedback:visible").all_inner_texts()
    assert [text.split("\n")[0] for text in told] == ["✗ Not right"] + ["✓ Right"] * 3
    assert all("Because of quiz-" in text for text in told)
    site.leave()
    frame = site.open("quiz.html")
    assert frame.get_by_text("3 of 4 right: 75 %.").is_visible()
    assert len(site.records("interactions")) == 4


def test_a_result_says_beside_the_answers_which_are_right_and_which_were_chosen(open_site):
    site = open_site()
    frame = site.open("quiz.html")
    assert frame.locator(".choice .verdict").count() == 0
    answer(frame, wrong=1)
    beside = frame.locator("fieldset:visible").evaluate_all(
        "all => all.map(f => [...f.querySelectorAll('.choice')].map(c => c.innerText.split('\\n')))"
    )
    right = [["Right one", "✓ Right answer, chosen by you"], ["Wrong one"]]
    assert beside == [
        [
            ["Right one", "✓ Right answer, not chosen by you"],
            ["Wrong one", "✗ Chosen by you, not right"],
        ],
        *[right] * 3,
    ]
    site.leave()
    frame = site.open("quiz.html")
    assert frame.locator(".choice .verdict:visible").count() == 5
    frame.get_by_role("button", name="Try again").click()
    assert frame.locator(".choice .verdict").count() == 0


def test_what_is_not_answered_is_pointed_out_and_nothing_is_handed_in(open_site):
    site = open_site()
    frame = site.open("quiz.html")
    names = asked(frame)
    frame.locator(f"#{names[0]}").get_by_label("Right one").check()
    frame.get_by_role("button", name="Hand in").click()
    assert frame.locator("#open a").all_inner_texts() == ["Question 2", "Question 3", "Question 4"]
    frame.get_by_role("link", name="Question 3").click()
    third = frame.locator(f"#{names[2]} input").first
    assert third.evaluate("e => e === document.activeElement")
    assert "cmi.score.raw" not in site.values()


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_pretest_says_a_number_and_leaves_the_part_alone(open_site, standard):
    site = open_site(standard)
    frame = site.open()
    answer(frame, wrong=1)
    told = frame.locator("#result-words").inner_text()
    assert told.startswith("3 of 4 right. This is only for you")
    assert not frame.locator("fieldset").first.is_visible()
    assert frame.locator(".choice .verdict").count() == 0
    (objective,) = site.records("objectives")
    expected = {
        "id": "pre-test",
        "score.min": "0",
        "score.max": "100",
        "score.raw": "75",
        "completion_status" if standard == "2004" else "status": "completed",
    }
    assert objective == expected | ({"score.scaled": "0.75"} if standard == "2004" else {})
    own = [name for name in site.values() if name.startswith((SCORE[standard], "cmi.success"))]
    assert own == []
    status = "cmi.completion_status" if standard == "2004" else "cmi.core.lesson_status"
    assert site.values()[status] == "incomplete"


def test_a_pretest_is_taken_once(open_site):
    site = open_site()
    answer(site.open())
    site.leave()
    frame = site.open()
    assert frame.get_by_text("4 of 4 right.").is_visible()
    assert not frame.get_by_role("button", name="Hand in").is_visible()


def test_without_script_the_whole_pool_can_be_read(launched):
    files = {"quiz.html": page("2004", quiz("final", 4, pool(4, 3)), kind="quiz")}
    site = launched(files, java_script_enabled=False)
    site.page.goto("http://course.test/quiz.html")
    assert site.page.locator("fieldset:visible").count() == 12
    site.page.get_by_text("Answers").first.click()
    assert site.page.get_by_text("Because of quiz-1-1.").is_visible()
