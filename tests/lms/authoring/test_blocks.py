"""What stands in fences: checks, stories, things to think about, passages, places, the pre-test."""

import pytest


def attributes(elements, *names):
    return [tuple(each.get(name) for name in names) for each in elements]


STORY = """\
```scenario offered
# start
Somebody offers. [own]

**What** do you do? [src: book]
- Accept -> accept
- Go
  outside -> outside [own]

# accept (poor)
Not so good.

- a list of the text
- and more

- Back -> start

# outside (good)
Good.
```
"""


def test_a_story_is_shown_as_steps_that_link_to_one_another(write_part, page_of):
    write_part("## A\n\n" + STORY)
    (story,) = page_of().xpath("//course-scenario[@id='p1-offered']")
    steps = story.xpath("section[@class='step']")
    assert attributes(steps, "id", "data-verdict") == [
        ("p1-offered-start", ""),
        ("p1-offered-accept", "poor"),
        ("p1-offered-outside", "good"),
    ]
    links = story.xpath(".//ul[@class='choices']/li/a")
    assert [(link.text, link.get("href")) for link in links] == [
        ("Accept", "#p1-offered-accept"),
        ("Go outside", "#p1-offered-outside"),
        ("Back", "#p1-offered-start"),
    ]
    assert [" ".join(each.text_content().split()) for each in story.xpath(".//h3")] == [
        "Step 1 · The situation",
        "Step 2 · What happens next: This may do harm",
        "Step 3 · How it ends: A good way",
    ]
    assert story.xpath(".//li/span[@class='on-paper']/text()") == [
        "(go on at step 2)",
        "(go on at step 3)",
        "(go on at step 1)",
    ]
    assert steps[1].xpath("ul[not(@class)]/li/text()") == ["a list of the text", "and more"]


def test_no_level_of_headings_is_left_out_before_a_story(write_part, page_of):
    write_part(STORY)
    assert len(page_of().xpath("//course-scenario//h2")) == 3


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("```scenario\n# start\nx\n```\n", 5, "This scenario has no name"),
        ("```scenario A\n# start\nx\n```\n", 5, "This scenario has no name"),
        ("```scenario s\n```\n", 6, "The scenario does not begin with its start."),
        ("```scenario s\n# begin\nx\n```\n", 6, "The scenario does not begin with its start."),
        ("```scenario s\n\nx\n# start\nx\n```\n", 7, "There is text before the first step."),
        ("```scenario s\n# start (bad)\nx\n```\n", 6, "This name of a step cannot be read."),
        ("```scenario s\n# start\n\n```\n", 6, "The step “start” has no text."),
        ("```scenario s\n# start\n- a -> start\n```\n", 6, "The step “start” has no text."),
        ("```scenario s\n# start\nx\n- a -> b\n```\n", 8, "There is no step “b” to go to."),
        ("```scenario s\n# start\nx\n- a -> start\n```\n", 6, "The scenario never ends."),
        ("```scenario s\n# start\nx\n# b\nx\n```\n", 8, "No choice leads to the step “b”."),
        ("```scenario s\n# start\nx\n# start\nx\n```\n", 8, "There are two steps named “start”."),
        (
            "```scenario s\n# start\nx\n- a -> b\n- c\n# b\nx\n```\n",
            9,
            "This choice leads nowhere.",
        ),
        ("```scenario s\n# start\nx\n- -> b\n- a -> b\nx\n# b\nx\n```\n", 8, "This choice leads"),
        ("```scenario s\n# start\nx\n- a -> b\nx\n# b\nx\n```\n", 9, "Something stands after the"),
        (
            "```scenario s\n# start\nx\n- a -> b\n\nx\n- c -> b\n# b\nx\n```\n",
            10,
            "Something stands",
        ),
        ("```scenario s\n# start\n## A\n```\n", 7, "A heading cannot stand in a scenario."),
        ("```scenario s\n# start\nx\n" + "- a -> b\n" * 27 + "# b\nx\n```\n", 6, "The step has 27"),
        ("```reflection r\n- One\n```\n", 6, "Nothing says what to think about."),
        ("```reflection r\nx\n```\n", 6, "A reflection needs 1 to 6 things"),
        ("```reflection r\nx\n" + "- One\n" * 7 + "```\n", 6, "A reflection needs 1 to 6 things"),
        ("```reflection r\nx\n- [own]\n```\n", 6, "A reflection needs 1 to 6 things"),
        ("```reflection r\nx\n- One\nmore\n```\n", 8, "Something stands after the list."),
        ("```reveal\nx\n```\n", 5, "Nothing says what this passage is about."),
        ("```slot\nx\n```\n", 5, "This slot has no name"),
        ("```check\n```\n", 5, "This check asks nothing."),
        ("```check now\nIs it? {T}\n```\n", 5, "Something stands after the name of this check."),
        ("```pretest\n```\n", 5, "The course has no pre-test."),
        ("```chekc\nIs it? {T}\n```\n", 5, "A block named “chekc” is not known."),
        ("````reveal A\n```check\nIs it? {T}\n```\n````\n", 6, "A check cannot stand in a reveal."),
        ("```slot a\nx\n```\n\n```slot a\nx\n```\n", 9, "There are two things named “a”"),
        ("```check\n::a:: A? {T}\n```\n\n```slot a\nx\n```\n", 9, "There are two things named “a”"),
        ("```slot a-hint\nx\n```\n\n```check\n::a:: A? {T}\n```\n", 10, "There are two things"),
    ],
)
def test_a_block_that_cannot_be_built_is_refused(course, write_part, refused, text, line, message):
    write_part(text)
    error = refused(course)
    assert (error.file, error.line) == ("01-first.md", line)
    assert error.message.startswith(message)


def test_things_to_think_about_become_labelled_boxes(write_part, page_of):
    write_part(
        "## A\n\n```reflection next\nThink. [own]\n- First\n  and more [own]\n\n- Second\n```\n"
    )
    (block,) = page_of().xpath("//course-reflection[@id='p1-next']")
    boxes = block.xpath(".//textarea/@id")
    assert boxes == ["p1-next-1", "p1-next-2"]
    assert block.xpath(".//label/@for") == boxes
    assert block.xpath(".//label/text()") == ["First and more", "Second"]
    assert block.xpath("p[not(@class)]/text()") == ["Think."]
    assert block.xpath(".//button/@class") == ["send", "file", "clear"]
    assert all(button.get("hidden") is not None for button in block.iter("button"))


def test_a_passage_opens_on_request_and_a_place_is_marked(write_part, page_of):
    write_part("```reveal What it is\n*Hidden.*\n```\n\n```slot official\nTheirs.\n```\n")
    page = page_of()
    assert page.xpath("//course-reveal/details/summary/text()") == ["What it is"]
    assert page.xpath("//course-reveal/details//em/text()") == ["Hidden."]
    assert page.xpath("//section[@class='slot'][@id='p1-official']/p/text()") == ["Theirs."]


SORTING = "::sort:: Sort {\n=a -> Yes\n=b -> No\n=c -> Yes\n####So.\n}\n"
PAIRING = "::pair:: Pair {\n=a -> one\n=b -> two\n=c -> three\n####So.\n}\n"


def test_matching_is_a_select_box_for_each_left_side(write_part, page_of):
    write_part(f"```check\n{SORTING}```\n")
    (question,) = page_of().xpath("//course-check/form//fieldset[@data-type='matching']")
    boxes = question.xpath(".//label[@class='pair']/select")
    assert attributes(boxes, "name", "data-left", "data-right") == [
        ("p1-sort", "a", "1"),
        ("p1-sort", "b", "2"),
        ("p1-sort", "c", "1"),
    ]
    assert question.xpath(".//label/span/text()") == ["a", "b", "c"]
    assert boxes[0].xpath("option/text()") == ["Choose", "Yes", "No"]
    assert boxes[0].xpath("option/@value") == ["", "1", "2"]
    assert [each.text_content() for each in question.xpath(".//details//li")] == [
        "a: Yes",
        "b: No",
        "c: Yes",
    ]


def test_a_left_side_that_is_a_sentence_stands_before_its_colon_without_a_full_stop(
    write_part, page_of
):
    write_part("```check\n::sort:: Sort {\n=It rains. -> Yes\n=It snows -> No\n}\n```\n")
    assert [each.text_content() for each in page_of().xpath("//details//li")] == [
        "It rains: Yes",
        "It snows: No",
    ]


def test_the_answers_name_each_choice_before_what_is_said_of_it(write_part, page_of):
    write_part("```check\n::sky:: Sky? {\n=Blue. #Yes.\n~Green #No.\n~Red\n}\n```\n")
    assert [each.text_content() for each in page_of().xpath("//details//li")] == [
        "Blue (right answer): Yes.",
        "Green: No.",
        "Red",
    ]
    assert page_of().xpath("//li[@data-choice]/span[@class='told']/text()") == ["Yes.", "No."]


def test_where_each_left_side_has_its_own_the_order_tells_nothing(write_part, page_of):
    write_part(f"```check\n{PAIRING}```\n")
    values = page_of().xpath("//select[@data-left='a']/option/@value")
    assert sorted(values) == ["", "1", "2", "3"]
    assert values != sorted(values)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("=a -> one", "A matching question needs at least two pairs."),
        ("=a -> one =b -> one", "A matching question needs at least two answers to choose from."),
        ("=a -> b" * 27 + "=c -> d", "Matching has 26 left sides at most; this has 28."),
    ],
)
def test_matching_has_two_to_26_left_sides(course, write_part, refused, answers, message):
    write_part(f"```check\nPair {{{answers}}}\n```\n")
    assert (refused(course).line, refused(course).message) == (6, message)


@pytest.fixture
def pretested(course, change):
    change(course / "course.toml", "[quiz]", "[pretest]\ndraw = 1\n\n[quiz]")
    return course


def test_the_pre_test_asks_the_pool_and_tells_no_answers(pretested, write_part, page_of):
    write_part("```pretest\n```\n")
    (quiz,) = page_of().xpath("//course-quiz")
    assert (quiz.get("data-kind"), quiz.get("data-draw")) == ("pretest", "1")
    assert quiz.xpath(".//fieldset/@id") == ["pretest-first", "pretest-second"]
    assert not quiz.xpath(".//*[@class='told'] | .//*[@class='explanation'] | .//details")


@pytest.mark.parametrize(("above", "tag"), [("", "h2"), ("## A\n\n", "h3")])
def test_no_level_of_headings_is_left_out_before_its_result(
    pretested, write_part, page_of, above, tag
):
    write_part(f"{above}```pretest\n```\n")
    assert page_of().get_element_by_id("result-heading").tag == tag


def test_a_part_has_one_pre_test_and_no_text_in_it(pretested, write_part, refused):
    write_part("```pretest\n```\n\n```pretest\n```\n")
    assert (refused(pretested).line, refused(pretested).message) == (
        8,
        "This part has a pre-test already.",
    )
    write_part("```pretest\nWhat?\n```\n")
    assert refused(pretested).message == "A pretest has no text of its own."


def test_a_pre_test_that_no_part_shows_is_refused(pretested, refused):
    error = refused(pretested)
    assert (error.file, error.message) == ("course.toml", "No part shows the pre-test.")


def test_two_parts_with_a_pre_test_are_refused(pretested, change, write_part, refused):
    write_part("```pretest\n```\n")
    change(pretested / "02-second.md", "A word.", "```pretest\n```\n")
    error = refused(pretested)
    assert (error.file, error.message) == (
        "02-second.md",
        "01-first.md has the pre-test already.",
    )
