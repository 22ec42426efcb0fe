"""A course in several languages: what is shown where, and what a translation may not change."""

import shutil

import pytest
from lxml import html

from lms.authoring import build
from lms.authoring.pages import pages
from lms.authoring.source import read
from lms.authoring.words import words
from scorm.packages.archive import Limits
from scorm.packages.check import check

FRENCH = """\
title = "Un petit cours"
summary = "De quoi il s’agit."
notice = "Personne ne l’a approuvé."

[quiz]
title = "Le quiz"
"""


@pytest.fixture
def french(course):
    """The folder of a translation that has the first part alone."""
    folder = course / "fr"
    folder.mkdir()
    (folder / "course.toml").write_text(FRENCH, "utf-8")
    text = (course / "01-first.md").read_text("utf-8")
    for old, new in (
        ("The first part", "La première partie"),
        ("minutes = 2\n", ""),
        ("Near", "Tout près"),
        ("Is the sky blue", "Le ciel est-il bleu"),
    ):
        text = text.replace(old, new)
    (folder / "01-first.md").write_text(text, "utf-8")
    return folder


@pytest.fixture
def whole(started):
    """A course of everything, and a translation that has the same text."""
    folder = started / "ar"
    folder.mkdir()
    for path in started.iterdir():
        if path.suffix in (".md", ".gift"):
            shutil.copy(path, folder)
    words = 'title = "A"\nsummary = "B"\nnotice = "C"\n\n[quiz]\ntitle = "D"\n'
    (folder / "course.toml").write_text(words, "utf-8")
    return folder


def made(folder):
    found = pages(read(folder), "2004").pages
    return {page.path: html.fromstring(page.html.decode()) for page in found}


def test_each_language_has_the_pages_that_are_translated(course, french):
    assert list(made(course)) == [
        "part-1.html",
        "fr/part-1.html",
        "part-2.html",
        "quiz.html",
        "sources.html",
        "fr/sources.html",
    ]


def test_a_translated_page_says_its_language_and_loads_from_above(course, french):
    page = made(course)["fr/part-1.html"]
    assert (page.get("lang"), page.get("dir")) == ("fr", "ltr")
    assert page.findtext("head/title") == "La première partie · Un petit cours"
    assert page.xpath("//link/@href | //script/@src") == ["../course.css", "../course.js"]
    assert page.xpath("//button[@id='done']/text()") == ["Marquer comme terminée"]


def test_a_page_leads_to_its_other_languages_by_their_own_names(course, french):
    found = made(course)
    for path, expected in (
        ("part-1.html", [("English", "part-1.html"), ("Français", "fr/part-1.html")]),
        ("fr/part-1.html", [("English", "../part-1.html"), ("Français", "../fr/part-1.html")]),
        ("part-2.html", []),
    ):
        links = found[path].xpath("//nav[@class='languages']//a")
        assert [(link.text, link.get("href")) for link in links] == expected


def test_a_page_without_a_translation_says_so_in_that_language(course, french):
    found = made(course)
    (line,) = found["part-2.html"].xpath("//p[@class='untranslated']")
    assert (line.get("lang"), line.get("hidden")) == ("fr", "")
    assert line.text.endswith("English.")
    assert not found["part-1.html"].xpath("//p[@class='untranslated']")


def test_contents_in_another_language_lead_to_the_original_where_that_is_all(course, french):
    links = made(course)["fr/part-1.html"].xpath("//nav[@id='parts']//a")
    assert [(link.text, link.get("href"), link.get("lang")) for link in links] == [
        ("La première partie", "part-1.html", None),
        ("The second part", "../part-2.html", "en"),
        ("The quiz", "../quiz.html", "en"),
        (words("fr").say("sources_page"), "sources.html", None),
    ]


def test_answers_and_names_are_the_same_in_every_language(course, french):
    found = made(course)
    controls = [
        [
            (each.get("name"), each.get("value"), each.get("data-right"))
            for each in page.iter("input")
        ]
        for page in (found["part-1.html"], found["fr/part-1.html"])
    ]
    assert controls[0] == controls[1] != []


def test_a_question_keeps_its_original_words_for_reports(course, french):
    found = made(course)
    assert found["part-1.html"].xpath("//fieldset/@data-original") == []
    assert found["fr/part-1.html"].xpath("//fieldset/@data-original") == ["Is the sky blue?"]


def test_so_does_the_last_paragraph_before_a_choice(whole, change):
    change(whole / "01-what-a-part-can-do.md", "What do you do?", "Maintenant ?")
    steps = made(whole.parent)["ar/part-1.html"].xpath("//section[@class='step']")
    assert steps[0].get("data-original") == "What do you do?"


def test_a_word_that_is_not_translated_says_its_language(course, french, change):
    words = '[w]\nterm = "{0}"\nmeaning = "{0}. [own]"\n\n[v]\nterm = "v"\nmeaning = "v. [own]"\n'
    (course / "glossary.toml").write_text(words.format("word"))
    (french / "glossary.toml").write_text(words.format("mot").partition("[v]")[0])
    change(french / "01-first.md", "Seventeen", "[[w]] [[v]] Seventeen")
    terms = made(course)["fr/part-1.html"].xpath("//section[@class='words']//dt")
    assert [(term.text, term.get("lang")) for term in terms] == [("mot", None), ("v", "en")]


def test_a_picture_of_the_translation_comes_before_the_original(started, change):
    folder = started / "fr"
    (folder / "figures").mkdir(parents=True)
    words = 'title = "A"\nsummary = "B"\nnotice = "C"\n'
    (folder / "course.toml").write_text(words, "utf-8")
    shutil.copy(started / "00-before-you-start.md", folder)
    assert made(started)["fr/part-0.html"].xpath("//img/@src") == ["../figures/way.svg"]
    shutil.copy(started / "figures" / "way.svg", folder / "figures")
    assert made(started)["fr/part-0.html"].xpath("//img/@src") == ["../fr/figures/way.svg"]


def test_a_pre_test_of_questions_that_are_not_translated_says_their_language(whole):
    (whole / "quiz.gift").unlink()
    page = made(whole.parent)["ar/part-0.html"]
    questions = page.xpath("//course-quiz//div[@data-group]")
    assert {(each.get("lang"), each.get("dir")) for each in questions} == {("en", "ltr")}
    assert page.xpath("//course-quiz//legend/span/text()")[0] == "Question 1"
    assert page.xpath("//course-quiz//button/text()") == [words("ar").say("hand_in")]


def test_one_that_is_translated_is_in_the_pages_own(whole):
    page = made(whole.parent)["ar/part-0.html"]
    assert page.xpath("//course-quiz//div[@data-group]/@lang") == []
    assert page.xpath("//fieldset[@id='pretest-heading']/@data-original") == [
        "How does a heading in a part begin?"
    ]


@pytest.mark.parametrize("standard", ["2004", "1.2"])
def test_one_package_holds_all_languages_and_has_nothing_to_mend(tmp_path, whole, standard):
    built = build(whole.parent, tmp_path / "x.zip", standard)
    assert built.course.languages == ("en", "ar")
    assert check(built.file, Limits())[0].findings == ()


def test_every_id_of_a_translated_page_is_there_once_and_every_reference_is_met(whole):
    for page in made(whole.parent).values():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        wanted = " ".join(page.xpath("//@aria-labelledby | //@aria-describedby")).split()
        wanted += [href[1:] for href in page.xpath("//@href") if href.startswith("#")]
        wanted += page.xpath("//label/@for")
        assert set(wanted) <= set(ids)


PART = "01-what-a-part-can-do.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (PART, "::list::", "::lists::", 13, "Here stands the question “lists”; in the original"),
        (PART, "-> No", "-> Yes\n=“Why?” -> No", 21, "The question “sort” is not as"),
        (PART, "# sure (poor)", "# sure (good)", 31, "The scenario “a-number” is not as"),
        (PART, "sure -> sure", "sure -> leave\n- So -> sure", 31, "The scenario “a-number” is"),
        (PART, "- Who could read it before you publish it?\n", "", 53, "The reflection “your-"),
        ("00-before-you-start.md", "```pretest\n```\n", "", None, "Only the original has the pre-"),
        ("quiz.gift", "TRUE#", "FALSE#", 17, "The question “strong” is not as"),
        ("quiz.gift", "$CATEGORY: part-1\n", "", 23, "The question “marks” is not as"),
    ],
)
def test_a_translation_that_asks_something_else_is_refused(
    whole, change, refused, file, old, new, line, message
):
    change(whole / file, old, new)
    error = refused(whole.parent)
    assert error.file == f"ar/{file}"
    assert error.message.startswith(message)
    assert error.line == line


def test_a_task_that_only_the_translation_has_is_refused_by_its_line(whole, refused):
    path = whole / "00-before-you-start.md"
    path.write_text(path.read_text("utf-8") + "\n```reflection r\nx [own]\n- y\n```\n", "utf-8")
    error = refused(whole.parent)
    assert error.message == "Only the translation has the reflection “r”."
    assert error.line == path.read_text("utf-8").count("\n") - 3


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("03-more.md", "", "The course itself has no such file to translate."),
        ("sources.toml", "", "The course itself has no such file to translate."),
        ("course.toml", FRENCH + 'language = "fr"\n', "quiz.language is not known here."),
        ("course.toml", FRENCH.replace("notice", "content_note"), "notice is missing."),
        ("course.toml", 'content_note = "x"\n' + FRENCH, "The course itself has no content_note."),
        ("course.toml", FRENCH.replace("title", "name"), "quiz.title is missing."),
        (
            "glossary.toml",
            '[x]\nterm = "x"\nmeaning = "x"',
            "The course's own glossary has no",
        ),
        (
            "01-first.md",
            '+++\ntitle = "A"\nminutes = 3\n+++\n',
            "The part takes 3 minutes here",
        ),
        (
            "01-first.md",
            '+++\ntitle = "A"\ncontent_note = "B"\n+++\n',
            "Only one of translation",
        ),
    ],
)
def test_a_translation_that_does_not_fit_is_refused(course, french, refused, file, text, message):
    (french / file).write_text(text, "utf-8")
    error = refused(course)
    assert error.file == f"fr/{file}"
    assert error.message.startswith(message)


def test_a_translation_without_its_words_is_refused(course, french, refused):
    (french / "course.toml").unlink()
    assert (refused(course).file, refused(course).message) == (
        "fr/course.toml",
        "The file is missing.",
    )


def test_a_translation_into_the_courses_own_language_is_refused(course, french, refused):
    french.rename(course / "en")
    assert refused(course).message == "The course itself is in “en”."


def test_a_translation_without_words_for_buttons_is_refused(course, french, refused):
    french.rename(course / "de")
    error = refused(course)
    assert (error.file, error.message) == (
        "de/course.toml",
        "There are no words for buttons and results in “de”.",
    )
