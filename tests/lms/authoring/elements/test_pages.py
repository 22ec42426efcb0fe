"""What every page does: words, languages, printing, place, and its end."""

import pytest

from course_pages import (
    EVEN,
    PRINT,
    REVEAL,
    SCENARIO,
    SKY,
    WORD,
    check,
    languages,
    page,
    part,
    question,
)

pytestmark = pytest.mark.browser
STANDARDS = ["2004", "1.2"]
HAS = {"en": "part-3.html", "fr": "fr/part-3.html"}
LANGUAGE = {"2004": "cmi.learner_preference.language", "1.2": "cmi.student_preference.language"}
VEIL = """<details id="veil" class="veil"><summary>Show the text of this part</summary>
<div class="text"><p>A hard word.</p></div></details>"""
CIEL = question(
    "p3-sky",
    "Le ciel est-il bleu ?",
    [("true", "*Vrai", "Oui."), ("false", "Faux", "Levez les yeux.")],
    truth=True,
    original="Is the sky blue?",
)
NOT_YET = '<p class="untranslated" lang="fr" hidden>Seulement en anglais.</p>'


@pytest.fixture
def open_site(launched):
    def of(standard="2004", **options):
        french = {name: path.removeprefix("fr/") for name, path in HAS.items()}
        french["en"] = "../part-3.html"
        far = '<div style="height: 200vh"></div>'
        text = "<h2 id='h1'>Near</h2>" + far + "<h2 id='h2'>Far</h2>"
        files = {
            "part-3.html": part(
                standard, check(SKY, EVEN) + WORD + text, links=languages("en", HAS)
            ),
            "fr/part-3.html": part(
                standard,
                check(CIEL, EVEN) + '<p><img src="../figures/x.svg" alt="Un arbre"> '
                '<a href="part-4.html">Suite</a></p>',
                title="La troisième partie",
                language="fr",
                links=languages("fr", french),
            ),
            "part-4.html": part(
                standard, NOT_YET + SCENARIO, links=languages("en", {"en": "part-4.html"})
            ),
            "part-5.html": part(standard, VEIL + REVEAL + SCENARIO + PRINT),
            "sources.html": page(standard, "<p>All of them.</p>", kind="sources"),
        }
        return launched(files, standard, **options)

    return of


def test_a_word_opens_after_its_paragraph_and_the_focus_stays(open_site):
    site = open_site()
    frame = site.open()
    word = frame.get_by_role("button", name="attack registry")
    word.press("Enter")
    meaning = frame.locator("#with-word + .meaning")
    meaning.get_by_text("A list of what was done to a centre.").wait_for()
    assert word.get_attribute("aria-expanded") == "true"
    assert word.evaluate("e => e === document.activeElement")
    site.page.keyboard.press("Escape")
    assert meaning.count() == 0
    assert word.get_attribute("aria-expanded") == "false"


def test_a_second_press_closes_a_word_also_with_the_space_bar_and_in_a_list(open_site):
    frame = open_site().open()
    word = frame.get_by_role("button", name="registry", exact=True)
    word.press(" ")
    frame.locator("li > .meaning").get_by_text("A list of what").wait_for()
    word.press(" ")
    assert frame.locator(".meaning").count() == 0


@pytest.mark.parametrize("standard", STANDARDS)
def test_another_language_comes_in_place_and_the_session_goes_on(open_site, standard):
    site = open_site(standard)
    frame = site.open()
    frame.get_by_label("False").check()
    frame.get_by_role("link", name="Français").press("Enter")
    frame.get_by_role("heading", name="La troisième partie").wait_for()
    assert frame.url == "http://course.test/part-3.html"
    assert frame.evaluate("[document.documentElement.lang, document.title]") == [
        "fr",
        "La troisième partie · A course",
    ]
    assert frame.evaluate("document.activeElement.hreflang") == "fr"
    assert frame.get_by_label("Faux").is_checked()
    assert frame.locator("img").get_attribute("src") == "http://course.test/figures/x.svg"
    suite = frame.get_by_role("link", name="Suite")
    assert suite.get_attribute("href") == "http://course.test/fr/part-4.html"
    assert site.values()[LANGUAGE[standard]] == "fr"
    frame.get_by_role("button", name="Check").first.click()
    (record,) = site.records("interactions")
    if standard == "2004":
        assert (record["id"], record["description"]) == (
            "p3-sky",
            "{lang=fr}Le ciel est-il bleu ?",
        )
    else:
        assert record["id"] == "p3-sky-is-the-sky-blue"
    frame.get_by_role("button", name="Mark as done").click()
    assert frame.get_by_text("fr: done").is_visible()
    frame.get_by_role("link", name="English").click()
    frame.get_by_role("heading", name="The third part").wait_for()
    assert frame.get_by_text("en: done").is_visible()
    assert frame.get_by_label("False").is_checked()


def test_a_page_opens_in_the_language_that_the_site_knows(open_site):
    site = open_site()
    site.start_with({"cmi.learner_preference.language": "fr-CA"})
    frame = site.open()
    frame.get_by_role("heading", name="La troisième partie").wait_for()
    assert site.values()["cmi.completion_status"] == "incomplete"


def test_the_language_chosen_in_this_window_goes_before(open_site):
    site = open_site()
    frame = site.open()
    frame.get_by_role("link", name="Français").click()
    frame.get_by_role("heading", name="La troisième partie").wait_for()
    site.leave()
    site.page.evaluate("host.values['cmi.learner_preference.language'] = 'en'; keep()")
    site.open().get_by_role("heading", name="La troisième partie").wait_for()


@pytest.mark.parametrize("locale", ["fr-CH", "es-MX"])
def test_where_nothing_else_is_known_the_browsers_first_language_that_there_is_counts(
    open_site, locale
):
    site = open_site(locale=locale)
    site.page.add_init_script(
        f"Object.defineProperty(navigator, 'languages', {{value: ['{locale}', 'fr', 'en']}})"
    )
    site.open().get_by_role("heading", name="La troisième partie").wait_for()
    site.leave()
    assert LANGUAGE["2004"] not in site.values()
    site.open("part-4.html").get_by_text("Seulement en anglais.").wait_for(
        state="visible" if locale == "fr-CH" else "hidden"
    )


def test_an_address_of_a_translation_or_of_the_sources_goes_before_the_browser(open_site):
    site = open_site()
    site.files["sources.html"] = page(
        "2004", "", kind="sources", title="Sources", links=languages("en", HAS)
    )
    for path, names, title in (
        ("fr/part-3.html", ["en"], "La troisième partie"),
        ("sources.html", ["fr"], "Sources"),
    ):
        site.page.goto(f"http://course.test/{path}")
        site.page.evaluate("sessionStorage.clear()")
        site.page.add_init_script(
            f"Object.defineProperty(navigator, 'languages',{{value: {names}, configurable: true}})"
        )
        site.page.reload(wait_until="networkidle")
        assert site.page.get_by_role("heading", level=1).inner_text() == title


def test_a_browser_that_names_no_language_leaves_the_page_in_its_own(open_site):
    site = open_site()
    site.page.add_init_script("Object.defineProperty(navigator, 'languages', {value: []})")
    frame = site.open()
    assert frame.get_by_role("heading", name="The third part").is_visible()
    assert not site.open("part-4.html").get_by_text("Seulement en anglais.").is_visible()


def test_a_part_that_is_not_translated_says_so_in_the_learners_language(open_site):
    site = open_site()
    site.start_with({"cmi.learner_preference.language": "fr"})
    frame = site.open("part-4.html")
    frame.get_by_text("Seulement en anglais.").wait_for()
    assert frame.evaluate("document.documentElement.lang") == "en"


def test_a_language_that_cannot_be_fetched_is_an_ordinary_link(open_site):
    page = open_site().page
    page.add_init_script("window.fetch = () => Promise.reject(new TypeError('no'))")
    page.goto("http://course.test/part-3.html")
    page.get_by_text("This page is open outside a learning site").wait_for()
    page.get_by_role("link", name="Français").click()
    page.wait_for_url("**/fr/part-3.html")


def test_offline_the_learner_is_told_and_stays(open_site):
    site = open_site()
    frame = site.open()
    site.broken.add("fr/part-3.html")
    site.page.context.set_offline(True)
    frame.get_by_role("link", name="Français").click()
    frame.get_by_text("This language could not be loaded just now.").wait_for()
    assert frame.evaluate("document.documentElement.lang") == "en"


def test_printing_opens_what_is_closed_and_closes_it_again(open_site):
    site = open_site()
    frame = site.open("part-5.html")
    frame.evaluate("window.print = () => { window.printed = true }")
    frame.get_by_role("button", name="Print this part").click()
    assert frame.evaluate("printed")
    frame.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert frame.get_by_text("A hard word.").is_visible()
    assert frame.get_by_text("In plain words.").is_visible()
    site.page.emulate_media(media="print")
    assert frame.locator("section.step:visible").count() == 3
    assert frame.get_by_text("(go on at step 1)").is_visible()
    assert frame.get_by_text("Step 2 ·").is_visible()
    assert not frame.get_by_role("button", name="Print this part").is_visible()
    site.page.emulate_media(media="screen")
    assert not frame.get_by_text("(go on at step 1)").is_visible()
    frame.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not frame.get_by_text("A hard word.").is_visible()
    assert "cmi.suspend_data" not in site.values()


def test_a_veil_that_was_lifted_stays_lifted(open_site):
    site = open_site()
    frame = site.open("part-5.html")
    frame.get_by_text("Show the text of this part").click()
    assert site.values()["cmi.suspend_data"] == "2;s;"
    site.leave()
    assert site.open("part-5.html").get_by_text("A hard word.").is_visible()


def test_the_reader_comes_back_to_where_they_stopped(open_site):
    site = open_site()
    frame = site.open()
    frame.get_by_role("heading", name="Far").scroll_into_view_if_needed()
    site.page.wait_for_function("host.values['cmi.location'] === 'h2'")
    site.leave()
    frame = site.open()
    frame.get_by_text("You are back where you stopped.").wait_for()
    assert frame.locator("#h2").evaluate("e => e === document.activeElement")


def test_sources_are_read_without_a_session(open_site):
    site = open_site()
    frame = site.open("sources.html")
    frame.locator("#parts").wait_for(state="hidden")
    assert site.page.evaluate("host.state") == "new"
    assert not frame.get_by_text("outside a learning site").is_visible()


def test_a_value_that_is_not_kept_is_told_and_then_that_it_is(open_site):
    site = open_site()
    frame = site.open()
    site.page.evaluate("host.full.add('cmi.suspend_data')")
    frame.get_by_label("True").check()
    assert frame.get_by_text("This could not be saved just now.").is_visible()
    site.page.evaluate("host.full.clear()")
    frame.get_by_label("False").check()
    assert frame.locator("#saving").inner_text() == "It is saved now."
