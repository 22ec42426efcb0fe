"""Finding a course, and what its page says: as members, authors and admins meet it."""

import secrets

import pytest

from certificates import awarding
from certificates.rules import Rule
from lms.resources.courses import Course
from lms.services import courses, topics
from lms.services.catalogue import PAGE
from scorm.resources import PackageVersion, ScormPackage
from sites import NOW

NOTE = "Nothing that may distress."
MANIFEST = (
    '{"identifier": "m", "edition": "1.2", "title": "C", "default_organization": "o",'
    ' "organizations": [{"identifier": "o", "title": "C", "items":'
    ' [{"identifier": "i", "title": "One", "launch": "1.html", "sco": true}]}]}'
)
WITH_PASS_MARK = MANIFEST.replace('"sco": true', '"sco": true, "mastery_score": "80"')


@pytest.fixture
def add(site):
    """Adds a published course on a package of its own; its address."""

    def make(
        slug: str,
        title: str,
        *,
        size: int = 1_000_000,
        manifest: str = MANIFEST,
        asked: Rule = (("completed",),),
        certificate: bool = True,
        **said,
    ) -> str:
        with site.write() as root:
            package = ScormPackage(f"package-{slug}", title, "author", NOW)
            package.versions = (
                PackageVersion(
                    f"{slug} {manifest}",
                    index="{}",
                    manifest=manifest,
                    report="{}",
                    size=size,
                    created=NOW,
                ),
            )
            root["site"].packages.add(package)
            course = Course(slug, title, package, NOW)
            course.published = True
            course.content_note = NOTE
            for name, value in said.items():
                setattr(course, name, value)
            root["site"].courses.add(course)
            award = awarding.create(
                root["site"].certificates.awards,
                subject=f"course/{slug}",
                title=title,
                now=NOW,
                random=secrets.token_bytes,
            )
            awarding.change(award, {"rule": asked})
            if not certificate:
                awarding.retire(award, NOW)
        return f"/courses/{slug}/"

    return make


def add_topic(site, name: str) -> str:
    with site.write() as root:
        return topics.add(root["site"].topics, name).id


def form_with(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def titles(page) -> list[str]:
    return [heading.a.string for heading in page.html.main.find_all("h2")]


def text_of(page) -> str:
    return " ".join(page.html.main.get_text(" ").split())


def find(browser, **wish):
    """Fill in the catalogue's form and press Find."""
    form = form_with(browser.get("/courses/"), "words")
    for name, value in wish.items():
        form[name] = value
    return form.submit()


def test_a_row_says_what_matters_before_one_opens_the_course(site, add):
    ethics = add_topic(site, "Ethics")
    add(
        "ecouter",
        "Écouter",
        size=1_500_000,
        language="fr",
        minutes=75,
        summary="Savoir écouter.",
        content_note="Un récit de violence, page 3. On peut le passer.",
        topics=(ethics, "gone"),
        rule=("score", 80),
    )
    page = site.signed_in("member").get("/courses/")
    assert titles(page) == ["Écouter"]
    assert page.html.find("a", string="Écouter")["lang"] == "fr"
    text = text_of(page)
    assert "Français · 75 min · 1.5 MB · certificate from 80 % · Ethics" in text
    assert "Content note Un récit de violence, page 3. On peut le passer." in text
    assert "1 course found." in text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"rule": ("completed",)}, "certificate for completing it"),
        ({"rule": ("passed",)}, "certificate for passing"),
        ({"rule": ("lessons", ("i",))}, "certificate for completing its main parts"),
        ({"certificate": False}, "no certificate"),
        ({"asked": (("score", 70),)}, "certificate from 70 %"),
        ({"asked": (("minutes", 30),)}, "certificate of participation"),
        ({"rule": ("score", 60), "asked": (("completed",), ("passed",))}, "for passing"),
        ({"content_note": ""}, "No content note yet"),
        ({"summary": "so " * 300}, "so so…"),
    ],
)
def test_the_rule_for_the_certificate_and_a_missing_note_are_said(site, add, said, words):
    add("listening", "Listening", **said)
    assert words in text_of(site.signed_in("member").get("/courses/"))


def test_a_course_is_shown_in_the_readers_language_where_it_can_be(site, add):
    translations = {"fr": {"title": "Écouter", "summary": ""}}
    path = add("listening", "Listening", summary="How to listen.", translations=translations)
    member = site.signed_in("member")
    member.set_cookie("tutela-language", "fr")
    page = member.get("/courses/")
    assert page.html.find("a", string="Écouter")["lang"] == "fr"
    assert page.html.find("bdi", string="How to listen.")["lang"] == "en"
    page = member.get(path)
    assert (page.html.h1.string, page.html.h1["lang"]) == ("Écouter", "fr")
    assert page.html.find("dd", string="Listening").bdi["lang"] == "en"


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"words": "ECOUTER"}, ["Écouter"]),
        ({"words": "تاهيل"}, ["إعادة التأهيل"]),
        ({"language": "ar"}, ["إعادة التأهيل"]),
        ({"minutes": "30"}, ["Écouter"]),
        ({"minutes": "60"}, ["Écouter", "Listening"]),
        ({"size": "5"}, ["Écouter", "Listening"]),
        ({"certificate": True}, ["Écouter", "إعادة التأهيل"]),
        ({"status": "completed"}, ["Listening"]),
        ({"status": "not started"}, ["Écouter", "إعادة التأهيل"]),
        ({"order": "shortest"}, ["Écouter", "Listening", "إعادة التأهيل"]),
        ({"words": "e", "language": "en"}, ["Listening"]),
    ],
)
def test_the_form_finds_courses(site, add, wish, found):
    add("ecouter", "Écouter", language="fr", minutes=15)
    add("rehabilitation", "إعادة التأهيل", language="ar", size=60_000_000)
    add("listening", "Listening", minutes=45, certificate=False)
    with site.write() as root:
        course = root["site"].courses["listening"]
        enrolment = courses.enrol(course, root["site"].people.by_username("member"), NOW)
        enrolment.started = enrolment.completed = NOW
    assert titles(find(site.signed_in("member"), **wish)) == found


def test_courses_are_found_by_their_topic_and_the_course_leads_there(site, add):
    ethics, _unused = add_topic(site, "Ethics"), add_topic(site, "Unused")
    path = add("listening", "Listening", topics=(ethics,))
    add("other", "Other")
    member = site.signed_in("member")
    topics_offered = form_with(member.get("/courses/"), "topic")["topic"].options
    assert [words for _, _, words in topics_offered] == ["any topic", "Ethics"]
    page = member.get(member.get(path).html.find("a", string="Ethics")["href"])
    assert titles(page) == ["Listening"]
    assert form_with(page, "topic")["topic"].value == ethics


def test_what_was_asked_for_is_said_and_stays_in_the_form_and_the_address(site, add):
    add("listening", "Listening", minutes=45)
    page = find(
        site.signed_in("member"),
        words="listen",
        minutes="60",
        certificate=True,
        order="newest",
    )
    summary = " ".join(page.html.main.find("summary").get_text(" ").split())
    assert summary == "Filter and order · up to 60 min · newest first · only with a certificate", (
        summary
    )
    form = form_with(page, "words")
    assert (form["words"].value, form["minutes"].value) == ("listen", "60")
    assert form["certificate"].checked
    assert "minutes=60" in page.request.query_string
    assert page.html.find("a", string="See all courses")["href"].endswith("/courses/")


def test_nothing_found_says_what_to_do(site, add):
    add("listening", "Listening")
    page = find(site.signed_in("member"), words="cooking")
    assert titles(page) == []
    assert "0 courses found." in text_of(page)
    assert "Take a filter away" in text_of(page)


def test_a_heap_of_words_is_not_searched_for(site, add):
    """Looking for a million letters in each course would keep the site from all others."""
    add("listening", "Listening")
    page = site.signed_in("member").get("/courses/", {"words": "é" * 1000})
    assert len(page.html.find("input", {"name": "words"})["value"]) == 200


def test_without_a_course_there_is_nothing_to_filter(site):
    page = site.signed_in("member").get("/courses/")
    assert "No course is open to you yet" in text_of(page)
    assert page.html.find("form", role="search") is None


@pytest.mark.parametrize(
    "query",
    [
        "topic=gone&language=xx&minutes=7&size=x&status=lost&order=worst",
        "minutes=%C2%B2&size=-5&page=0",
        "page=99999999999999",
    ],
)
def test_what_the_form_cannot_say_is_not_heeded(site, add, query):
    add("listening", "Listening")
    page = site.signed_in("member").get(f"/courses/?{query}")
    assert titles(page) == ["Listening"]
    assert page.html.find("a", string="See all courses") is None


def test_many_courses_stand_on_pages_that_keep_the_filter(site, add):
    for number in range(PAGE + 1):
        add(f"course-{number}", f"Course {number:03}", language="fr")
    add("other", "Other")
    page = find(site.signed_in("member"), language="fr")
    assert len(titles(page)) == PAGE
    assert "51 courses found. This is page 1 of 2." in text_of(page)
    assert page.html.find("a", rel="prev") is None
    last = page.click("Next page")
    assert titles(last) == ["Course 050"]
    assert last.html.find("a", rel="next") is None
    assert titles(last.click("Previous page")) == titles(page)


def test_every_field_of_the_form_has_a_label(site, add):
    ethics = add_topic(site, "Ethics")
    add("listening", "Listening", topics=(ethics,))
    page = site.signed_in("member").get("/courses/")
    form = page.html.find("form", role="search")
    labels = {label["for"]: label.text for label in form.find_all("label")}
    named = {labels[field["id"]] for field in form.find_all(["input", "select"])}
    assert named == {
        "Words in the title or summary",
        "Topic",
        "Language",
        "Length",
        "Download",
        "Where you stand",
        "Order",
        "only with a certificate",
    }


def test_a_courses_page_says_everything(site, add):
    ethics = add_topic(site, "Ethics")
    path = add(
        "listening",
        "Listening",
        size=1_500_000,
        minutes=75,
        rule=("score", 80),
        topics=(ethics,),
        sources="The Istanbul Protocol https://example.org/ip\n<b>Own</b> work",
        licence="CC BY 4.0",
    )
    page = site.signed_in("member").get(path)
    facts = page.html.find("dl")
    assert [" ".join(each.get_text(" ").split()) for each in facts.find_all("dd")] == [
        "English",
        "75 min",
        "1.5 MB , about 3 min on a slow line (64 kbit/s)",
        "Score at least 80 %.",
        "Yes, when you complete the course.",
        "Ethics",
        "CC BY 4.0",
    ]
    assert NOTE in text_of(page)
    sources = page.html.find("summary", string="Sources").find_parent("details")
    assert [each.text for each in sources.find_all("li")] == [
        "The Istanbul Protocol https://example.org/ip",
        "<b>Own</b> work",
    ]
    assert sources.a["href"] == "https://example.org/ip"
    assert "noreferrer" in sources.a["rel"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("passed", "Pass the course. The pass mark is 80 %."),
        ("both", "Complete all parts of the course, and pass it. The pass mark is 80 %."),
    ],
)
def test_the_packages_pass_mark_is_said(site, add, rule, said):
    path = add("listening", "Listening", rule=(rule,), manifest=WITH_PASS_MARK)
    page = site.signed_in("member").get(path)
    assert said in text_of(page)


def test_a_course_that_is_to_be_passed_without_a_mark_says_so(site, add):
    path = add("listening", "Listening", rule=("both",))
    page = site.signed_in("member").get(path)
    assert "Complete all parts of the course, and pass it." in text_of(page)


def test_my_learning_is_in_the_readers_language_too(site, add):
    add("listening", "Listening", translations={"fr": {"title": "Écouter", "summary": ""}})
    with site.write() as root:
        member = root["site"].people.by_username("member")
        courses.enrol(root["site"].courses["listening"], member, NOW)
    member = site.signed_in("member")
    member.set_cookie("tutela-language", "fr")
    assert member.get("/learning/").html.find("a", string="Écouter")["lang"] == "fr"


def test_a_course_that_was_published_without_a_note_says_so(site, add):
    path = add("listening", "Listening", content_note="")
    assert "No content note yet" in text_of(site.signed_in("member").get(path))


@pytest.fixture
def settings(site, add):
    """The settings form of a course, as its author gets it."""
    add("listening", "Listening", content_note="", published=False)

    def form():
        return form_with(site.signed_in("author").get("/courses/listening/edit"), "summary")

    return form


def test_a_course_is_not_published_without_a_content_note(site, settings):
    form = settings()
    form["summary"], form["published"] = "How to listen.", True
    refused = form.submit(status=400)
    problem = refused.html.find(id="form-content_note-problem").text
    assert "“Nothing that may distress” is a fine note" in problem
    assert refused.html.find("div", class_="errors").a["href"] == "#form-content_note"
    again = form_with(refused, "summary")
    assert again["summary"].value == "How to listen."
    again["content_note"] = NOTE
    assert NOTE in again.submit(status=303).follow().text
    assert titles(site.signed_in("member").get("/courses/")) == ["Listening"]


def test_a_course_is_saved_without_a_note_while_it_is_not_published(settings):
    form = settings()
    form["summary"] = "How to listen."
    assert "How to listen." in form.submit(status=303).follow().text


def test_all_that_is_wrong_with_a_course_is_said_at_once(settings):
    form = settings()
    form["published"], form["rule"] = True, "score"
    form["summary_fr"] = "Savoir écouter."
    refused = form.submit(status=400)
    assert refused.html.find("details", class_="group").has_attr("open")
    assert [link["href"] for link in refused.html.find("div", class_="errors").find_all("a")] == [
        "#form-content_note",
        "#form-others-title_fr",
        "#form-percent",
    ]
    assert form_with(refused, "summary")["summary_fr"].value == "Savoir écouter."


def test_an_author_describes_a_course_in_other_languages_with_topics_and_sources(site, settings):
    ethics = add_topic(site, "Ethics")
    form = settings()
    assert "title_en" not in form.fields
    form["title_fr"], form["summary_fr"] = "Écouter", "Savoir écouter."
    form["title_ar"] = "الاستماع"
    form["sources"], form["licence"] = "One\nTwo", "CC BY 4.0"
    form.set("topics", True)
    form.submit(status=303)
    with site.write() as root:
        course = root["site"].courses["listening"]
        assert course.topics == (ethics,)
        assert set(course.translations) == {"fr", "ar"}
    page = site.signed_in("author").get("/courses/listening/edit")
    assert page.html.find("details", class_="group").has_attr("open")
    form = form_with(page, "summary")
    assert form["title_ar"].value == "الاستماع"
    assert page.html.find(id="form-others-title_ar")["dir"] == "rtl"
    assert form["sources"].value.splitlines() == ["One", "Two"]
    form["title_fr"] = form["summary_fr"] = ""
    form.submit(status=303)
    with site.write() as root:
        assert set(root["site"].courses["listening"].translations) == {"ar"}


def test_without_topics_there_are_none_to_choose_from(settings):
    assert "topics" not in settings().fields


def test_a_topic_that_is_gone_cannot_be_chosen(site, settings):
    ethics = add_topic(site, "Ethics")
    add_topic(site, "Law")
    form = settings()
    form.set("topics", True, index=0)
    with site.write() as root:
        here = root["site"]
        topics.remove(here.topics, here.topics[ethics], here.courses.values())
    refused = form.submit(status=400)
    assert "Choose from the answers" in refused.html.find("div", class_="errors").text


def test_an_admin_adds_renames_and_removes_topics(site, add):
    admin = site.signed_in("admin")
    page = admin.get(admin.get("/admin/").html.main.find("a", string="Topics")["href"])
    assert "There is no topic yet" in text_of(page)
    form = form_with(page, "name")
    form["name"] = " Ethik "
    page = form.submit().follow()
    assert "The topic Ethik is added." in text_of(page)
    form = form_with(page, "name")
    form["name"] = "ETHIK"
    refused = form.submit(status=400)
    assert "There is a topic “Ethik” already." in refused.html.find("div", class_="errors").text

    with site.write() as root:
        (topic,) = root["site"].topics.values()
        key = topic.id
    add("listening", "Listening", topics=(key,))
    page = admin.get("/admin/topics/")
    assert titles(page.click("^1<")) == ["Listening"]
    page = page.click("Ethik", index=0)
    form = form_with(page, "name")
    form["name"] = "Ethics"
    page = form.submit().follow()
    assert "The topic is now called Ethics." in text_of(page)

    page = page.click("Ethics", index=0).click("Remove this topic")
    assert "1 course has it, and will no longer be found by it." in text_of(page)
    confirm = next(form for form in page.forms.values() if "sign-out" not in form.action)
    assert "The topic Ethics is removed." in text_of(confirm.submit().follow())
    admin.get(f"/admin/topics/{key}/", status=404)
    with site.write() as root:
        assert root["site"].courses["listening"].topics == ()
    audit = admin.get("/admin/audit").text
    for noted in ("topic added", "topic renamed", "Ethik → Ethics", "topic removed"):
        assert noted in audit


def test_a_topic_without_courses_is_removed_without_a_fuss(site):
    key = add_topic(site, "Law")
    page = site.signed_in("admin").get(f"/admin/topics/{key}/remove")
    assert "No course has it." in text_of(page)


@pytest.mark.parametrize("role", ["member", "author"])
def test_topics_are_for_admins(site, role):
    key = add_topic(site, "Law")
    for path in ("", f"{key}/", f"{key}/remove"):
        site.signed_in(role).get(f"/admin/topics/{path}", status=403)
