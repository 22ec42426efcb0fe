"""What authors do with the question bank, on the whole site."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from webtest import Upload

from assessments.bank import categories, items
from assessments.quizzes.plan import Section, Slot, to_plain
from assessments.resources import Quiz
from sites import NOW
from tests.assessments.examples import EXAMPLES, FILES, MORE, SINGLE, TRUTH, png

QUESTIONS = {**EXAMPLES, **MORE}
GIFT = b"""
$CATEGORY: Sleep

// [id:S1] [tag:night]
::Coffee:: Coffee helps to sleep. {FALSE#It wakes.}

::Hours:: How many hours? {#8:1}

::Broken:: Which one? {
"""


class Authoring:
    """A site with a category of its author, and her browser."""

    def __init__(self, site):
        self.site = site
        with site.write() as root:
            person = root["site"].people.by_username("author")
            site.add_person(root["site"], "colleague", "author")
            self.who = f"person:{person.id}"
            made = categories.make(root["site"].bank, "Talks", owner=self.who)
            self.category = made.__name__
        self.browser = site.signed_in("author")
        self.url = f"/bank/{self.category}/"

    def add(self, question=SINGLE, category=None, **more):
        """Put a question in; its address."""
        files = FILES if hasattr(question, "picture") else {}
        with self.site.write() as root:
            bank = root["site"].bank
            place = bank[category or self.category]
            item = items.add(bank, place, question, files, now=NOW, by=self.who, **more)
            return f"/bank/{place.__name__}/{item.__name__}/"

    def make(self, name, **more):
        with self.site.write() as root:
            return categories.make(root["site"].bank, name, **more).__name__

    def look(self, url):
        """What is known of the item at an address, in its newest version."""
        with self.site.write() as root:
            item = root["site"].bank.items[url.rstrip("/").split("/")[-1]]
            current = item.current
            return {
                "question": current.question,
                "number": current.number,
                "files": {name: file.read() for name, file in current.files.items()},
                "code": item.code,
                "tags": item.tags,
                "state": item.state,
                "category": item.category.name,
                "note": current.note,
                "by": current.by,
            }

    def quiz(self, url):
        """A quiz that asks the question at an address."""
        with self.site.write() as root:
            quiz = Quiz("quiz", "Before you begin", NOW)
            slot = Slot("a", item=url.rstrip("/").split("/")[-1])
            quiz.sections = (to_plain(Section("s", slots=(slot,))),)
            root["site"].quizzes.add(quiz)


@pytest.fixture
def bank(site):
    return Authoring(site)


def form_with(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def form_to(page, end):
    return next(form for form in page.forms.values() if form.action.endswith(end))


def names(page):
    return [row.a.text for row in page.html.select("table.items tbody th")]


def said(page):
    found = page.html.select(".notice, .errors, .problem")
    return " ".join(" ".join(each.get_text(" ").split()) for each in found)


# Who may


@pytest.mark.parametrize("path", ["", "add", "import", "search"])
def test_members_and_strangers_see_nothing_of_the_bank(bank, path):
    assert bank.site.signed_in("member").get(f"/bank/{path}", status=403)
    assert "/sign-in" in bank.site.browser().get(f"/bank/{path}", status=303).location


def test_members_cannot_open_a_question_or_its_files(bank):
    url = bank.add(EXAMPLES["hotspot"])
    member = bank.site.signed_in("member")
    for path in ("", "edit", "versions", "texts", "file/1/room.png"):
        member.get(url + path, status=403)
    member.get(bank.url, status=403)
    member.get(f"{bank.url}export", status=403)


def test_a_private_category_is_not_listed_searched_or_opened_by_others(bank):
    secret = bank.make("Secret", owner=bank.who, access="private")
    url = bank.add(replace(TRUTH, name="Hidden one"), category=secret)
    colleague = bank.site.signed_in("colleague")
    assert "Secret" not in colleague.get("/bank/")
    assert "Hidden one" not in colleague.get("/bank/search?words=hidden")
    for path in (f"/bank/{secret}/", url, f"{url}edit", f"/bank/{secret}/export"):
        colleague.get(path, status=403)
    assert "Secret" in bank.browser.get("/bank/")
    assert "Hidden one" in bank.browser.get("/bank/search?words=hidden")
    assert "Hidden one" in bank.site.signed_in("admin").get("/bank/search")


def test_what_may_only_be_used_cannot_be_changed(bank):
    shared = bank.make("Shared", owner=bank.who, access="use")
    url = bank.add(category=shared)
    colleague = bank.site.signed_in("colleague")
    page = colleague.get(url)
    assert not page.html.find("a", string="Edit")
    colleague.get(f"{url}edit", status=403)
    colleague.get(f"/bank/{shared}/new", status=403)
    colleague.get(f"/bank/{shared}/edit", status=403)
    form = form_to(page, "duplicate")
    assert "Choose a category" in said(form.submit().follow())
    form["category"] = bank.category
    assert "copy" in said(form.submit().follow())


def test_a_ticked_question_of_somebody_else_is_left_alone(bank):
    shared = bank.make("Shared", owner=bank.who, access="use")
    theirs, other = bank.add(category=shared), bank.add(TRUTH)
    colleague = bank.site.signed_in("colleague")
    form = form_to(colleague.get(bank.url), "bulk")
    ids = [url.rstrip("/").split("/")[-1] for url in (theirs, other)]
    fields = [*form.submit_fields("do", submit_value="retire"), *(("item", key) for key in ids)]
    colleague.post("/bank/bulk", fields)
    assert bank.look(theirs)["state"] == "ready"
    assert bank.look(other)["state"] == "retired"


def test_an_import_of_somebody_else_cannot_be_looked_at(bank):
    page = send(bank, GIFT).follow()
    path = page.request.path
    bank.site.signed_in("colleague").get(path, status=404)
    bank.browser.get("/bank/import/nothing", status=404)


# Categories


def test_the_first_category_appears_by_one_button(site):
    author = site.signed_in("author")
    page = author.get("/bank/")
    assert "no category yet" in page
    done = form_to(page, "first").submit().follow()
    assert done.html.h1.text == "My questions"
    assert form_to(page, "first").submit().location.endswith("/bank/")


def test_categories_are_made_nested_renamed_and_removed(bank):
    form = form_with(bank.browser.get(bank.url).click("Add a category in it"), "parent")
    assert form["parent"].value == bank.category
    assert "Give" in said(form.submit(status=400)) or "Fill in" in said(form.submit(status=400))
    form["name"], form["note"], form["access"] = "Consent", "For all", "private"
    page = form.submit().follow()
    assert "is made" in said(page)
    settings = form_with(page.click("Category settings"), "parent")
    assert settings["access"].value == "private"
    settings["name"] = "Agreement"
    assert "is saved" in said(settings.submit().follow())
    tree = bank.browser.get("/bank/").html
    assert tree.select_one(".categories ol ol h2").text == "Agreement"
    remove = bank.browser.get(f"{page.request.path}remove")
    assert "Nothing lies in this category" in remove
    assert "is removed" in said(remove.forms[max(remove.forms)].submit().follow())


def test_a_category_of_a_taken_name_is_refused_with_nothing_lost(bank):
    form = form_with(bank.browser.get("/bank/add"), "parent")
    form["name"], form["note"] = "talks", "Kept"
    page = form.submit(status=400)
    assert "here already" in said(page)
    assert form_with(page, "parent")["note"].value == "Kept"
    other = bank.make("Other", owner=bank.who)
    settings = form_with(bank.browser.get(f"/bank/{other}/edit"), "parent")
    settings["name"] = " "
    assert "Fill in" in said(settings.submit(status=400))
    settings["name"] = "TALKS"
    assert "here already" in said(settings.submit(status=400))


def test_a_category_with_questions_is_not_removed(bank):
    bank.add()
    page = bank.browser.get(f"{bank.url}remove")
    assert "not empty" in page
    token = form_with(bank.browser.get("/bank/add"), "parent")["csrf_token"].value
    answer = bank.browser.post(f"{bank.url}remove", {"csrf_token": token}).follow()
    assert "not empty" in said(answer)


# The list


def test_the_list_is_filtered_and_put_in_order_without_script(bank):
    for question in QUESTIONS.values():
        bank.add(question, tags=[question.kind])
    page = bank.browser.get(bank.url)
    assert len(names(page)) == len(QUESTIONS)
    form = form_with(page, "words")
    form["words"], form["kind"] = "room", "labels"
    assert names(form.submit()) == ["A room"]
    page = bank.browser.get(f"{bank.url}?tag=truth")
    assert names(page) == ["Consent can be taken back"]
    by_name = names(bank.browser.get(bank.url))
    assert names(bank.browser.get(bank.url).click("^Name$")) == by_name[::-1]
    assert "No question fits" in bank.browser.get(f"{bank.url}?words=zebra")


def test_a_long_list_has_pages(bank):
    with bank.site.write() as root:
        found = root["site"].bank
        for number in range(51):
            question = replace(TRUTH, name=f"Number {number:02}")
            items.add(found, found[bank.category], question, {}, now=NOW, by="")
    page = bank.browser.get(bank.url)
    assert len(names(page)) == 50
    last = page.click("Next page")
    assert names(last) == ["Number 50"]
    assert len(names(last.click("Previous page"))) == 50
    assert names(bank.browser.get(f"{bank.url}?page=99")) == ["Number 50"]
    assert len(names(bank.browser.get(f"{bank.url}?page=x"))) == 50


def test_the_list_says_how_often_questions_are_asked_and_how_easy_they_are(bank):
    url = bank.add()
    bank.quiz(url)
    registry = bank.site.app.site.registry
    registry["assessments.facility"] = lambda _request, _item: Fraction(3, 4)
    row = bank.browser.get(bank.url).html.select_one("table.items tbody tr")
    assert row.find("td", attrs={"data-label": "Quizzes"}).text == "1"
    assert row.find("td", attrs={"data-label": "Facility"}).text == "75 %"
    assert names(bank.browser.get(f"{bank.url}?used=no")) == []


def test_the_questions_of_inner_categories_can_be_shown_too(bank):
    with bank.site.write() as root:
        found = root["site"].bank
        inner = categories.make(found, "Inner", parent=found[bank.category]).__name__
    bank.add(TRUTH, category=inner)
    page = bank.browser.get(bank.url)
    assert names(page) == []
    assert page.html.find("a", string="Inner")
    assert names(bank.browser.get(f"{bank.url}?below=1")) == ["Consent can be taken back"]


@pytest.mark.parametrize(
    ("what", "fields", "name", "value"),
    [
        ("retire", {}, "state", "retired"),
        ("ready", {}, "state", "ready"),
        ("tag", {"tag": "night"}, "tags", ("basics", "night")),
        ("untag", {"tag": "BASICS"}, "tags", ()),
    ],
)
def test_one_thing_is_done_with_every_question_that_is_ticked(bank, what, fields, name, value):
    url, other = bank.add(tags=["basics"]), bank.add(TRUTH, tags=["basics"], state="draft")
    form = form_to(bank.browser.get(bank.url), "bulk")
    for ticked in form.fields["item"]:
        ticked.checked = ticked._value in url
    for key, text in fields.items():
        form[key] = text
    page = form.submit("do", value=what).follow()
    assert page.request.path == bank.url
    assert bank.look(url)[name] == value
    assert bank.look(other)["state"] == "draft"
    assert bank.look(other)["tags"] == ("basics",)


def test_questions_are_moved_and_given_out_together(bank):
    url, other = bank.add(), bank.make("Other")
    form = form_to(bank.browser.get(bank.url), "bulk")
    assert "Tick" in said(form.submit("do", value="move").follow())
    form["item"].checked = True
    assert "Choose a category" in said(form.submit("do", value="move").follow())
    assert "Write the tag" in said(form.submit("do", value="tag").follow())
    assert form.submit("do", value="nonsense").location.endswith(bank.url)
    given = form.submit("do", value="export")
    assert b"First meeting" in given.body
    form["category"] = other
    form.submit("do", value="move")
    assert bank.look(url)["category"] == "Other"


def test_a_list_leads_back_into_the_bank_and_nowhere_else(bank):
    bank.add()
    form = form_to(bank.browser.get(bank.url), "bulk")
    form["back"].force_value("https://elsewhere.org/")
    assert form.submit("do", value="retire").location.endswith("/bank/")


# One question


def test_every_type_is_shown_as_a_learner_sees_it_and_tried_out_without_a_trace(bank):
    for name in QUESTIONS:
        url = bank.add(QUESTIONS[name])
        form = form_to(bank.browser.get(url), "try#preview")
        assert form.submit().html.find(id="preview"), name
        assert bank.look(url)["number"] == 1


def test_an_answer_is_marked_and_explained(bank):
    url = bank.add(TRUTH)
    form = form_to(bank.browser.get(url), "try#preview")
    assert "Nothing is answered" in said(form.submit())
    form["try-answer"] = "1"
    page = form.submit()
    assert "brings 100 % of the mark" in said(page)
    assert "nobody asks her why" in said(page)


def test_what_a_person_marks_is_said_so(bank):
    form = form_to(bank.browser.get(bank.add(EXAMPLES["essay"])), "try#preview")
    form["try-text"] = "Rest, and a colleague who listens."
    assert "A person marks this" in said(form.submit())


def test_a_question_is_shown_in_its_other_languages(bank):
    url = bank.add(SINGLE)
    page = bank.browser.get(f"{url}?language=ar")
    assert page.html.find(attrs={"lang": "ar"})
    assert "تأتي" in page
    assert form_to(page, "try#preview").submit().html.find(attrs={"lang": "ar"})


def test_a_question_that_cannot_be_asked_says_why(bank):
    url = bank.add(replace(SINGLE, choices=SINGLE.choices[:1], translations={}))
    assert "at least two answers" in bank.browser.get(url)


def test_files_are_shown_and_can_do_nothing_by_themselves(bank):
    url = bank.add(EXAMPLES["hotspot"])
    answer = bank.browser.get(f"{url}file/1/room.png")
    assert answer.content_type == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    for path in ("file", "file/1", "file/2/room.png", "file/1/other.png", "file/x/room.png"):
        bank.browser.get(url + path, status=404)


def test_settings_make_no_version(bank):
    url, other = bank.add(), bank.make("Other")
    form = form_to(bank.browser.get(url), "describe")
    form["state"], form["tags"], form["code"], form["category"] = "draft", "a, b", "C1", other
    page = form.submit().follow()
    assert "settings are saved" in said(page)
    found = bank.look(page.request.path)
    assert (found["state"], found["tags"], found["code"]) == ("draft", ("a", "b"), "C1")
    assert (found["category"], found["number"]) == ("Other", 1)
    form = form_to(page, "describe")
    form["tags"] = "a"
    form.submit()
    assert (bank.look(page.request.path)["tags"], found["category"]) == (("a",), "Other")
    form["state"].force_value("nonsense")
    assert "Choose one of the answers" in said(form.submit(status=400))


def test_where_a_question_is_asked_is_told_and_then_it_is_not_removed(bank):
    url = bank.add()
    bank.quiz(url)
    page = bank.browser.get(url)
    assert "Before you begin" in page
    assert not page.html.find("a", string="Remove this question")
    remove = bank.browser.get(f"{url}remove")
    assert "Retire it instead" in remove
    token = form_to(page, "duplicate")["csrf_token"].value
    answer = bank.browser.post(f"{url}remove", {"csrf_token": token}).follow()
    assert "Retire it instead" in said(answer)


def test_a_question_that_nobody_needs_is_removed(bank):
    url = bank.add()
    page = bank.browser.get(url).click("Remove this question")
    page = page.forms[max(page.forms)].submit().follow()
    assert "is removed" in said(page)
    bank.browser.get(url, status=404)


def test_a_question_is_duplicated(bank):
    page = form_to(bank.browser.get(bank.add()), "duplicate").submit().follow()
    assert "copy" in said(page)
    assert form_with(page, "choices-rows")["name"].value == "First meeting (2)"


# Writing


def test_there_is_a_form_for_a_new_question_of_every_type(bank):
    page = bank.browser.get(f"{bank.url}new")
    for kind in EXAMPLES:
        label = page.html.find("a", href=re.compile(f"kind={kind}$"))
        form = form_with(bank.browser.get(label["href"]), "base")
        assert "Fill in" in said(form.submit("do", value="save", status=400)), kind


def test_a_question_is_written_with_feedback_shares_a_picture_and_tags(bank):
    form = form_with(bank.browser.get(f"{bank.url}write?kind=choice"), "base")
    form["name"] = "Breath"
    form["body"] = "Which breath **calms**?"
    for number, (text, share) in enumerate((("Long", "66.66667"), ("Slow", "33.33333"))):
        form[f"choices-{number}-html"] = text
        form[f"choices-{number}-fraction"] = share
    form["choices-0-feedback"] = "Yes."
    form["many"].checked = True
    form["tags"], form["code"] = "body, breath", "B1"
    form["upload:file-0"] = Upload("lungs.png", png(20, 10, []))
    page = form.submit("do", value="save", status=400)
    assert "what the picture shows" in said(page)
    form = form_with(page, "base")
    form["body"] = form["body"].value.replace("![]", "![Two lungs]")
    page = form.submit("do", value="preview")
    assert "As a learner sees it" in page
    assert "data:image/png;base64," in page
    page = form_with(page, "base").submit("do", value="save").follow()
    assert "in the bank" in said(page)
    found = bank.look(page.request.path)
    assert (found["code"], found["tags"], found["by"]) == ("B1", ("body", "breath"), bank.who)
    assert found["files"] == {"lungs.png": png(20, 10, [])}
    question = found["question"]
    assert 'alt="Two lungs"' in question.body
    assert [str(choice.fraction) for choice in question.choices] == ["2/3", "1/3"]


def test_a_sound_is_kept_while_the_form_is_put_right(bank):
    form = form_with(bank.browser.get(f"{bank.add(TRUTH)}edit"), "base")
    form["name"] = ""
    form["upload:file-0"] = Upload("bell.mp3", b"ID3 a bell")
    form = form_with(form.submit("do", value="save", status=400), "base")
    form["name"] = "With a bell"
    page = form.submit("do", value="save").follow()
    assert bank.look(page.request.path)["files"] == {"bell.mp3": b"ID3 a bell"}


def test_more_rows_and_another_order_lose_nothing(bank):
    url = bank.add()
    form = form_with(bank.browser.get(f"{url}edit"), "base")
    form["name"], form["choices-0-html"] = "Changed", "Who I am"
    form["upload:file-0"] = Upload("a.png", png(5, 5, []))
    form["file-0-alt"] = "A square"
    page = form.submit("do", value="more:choices")
    form = form_with(page, "base")
    assert form["choices-rows"].value == "8"
    assert form["choices-7-html"].value == ""
    page = form.submit("do", value="up:choices:1")
    form = form_with(page, "base")
    assert (form["choices-1-html"].value, form["name"].value) == ("Who I am", "Changed")
    page = form.submit("do", value="save").follow()
    assert "Version 2 is saved" in said(page)
    found = bank.look(url)
    assert list(found["files"]) == ["a.png"]
    assert [choice.key for choice in found["question"].choices][:2] == ["rules", "who"]


def test_a_button_that_no_page_has_loses_nothing(bank):
    url = f"{bank.add()}edit"
    fields = form_with(bank.browser.get(url), "base").submit_fields()
    for stray in ("up:choices:x", "up:nothing:1", "more:nothing"):
        page = bank.browser.post(url, [*fields, ("do", stray)])
        assert form_with(page, "base")["name"].value == "First meeting"


def test_saving_makes_a_version_only_when_something_is_different(bank):
    url = bank.add(EXAMPLES["labels"])
    page = bank.browser.get(f"{url}edit")
    assert "saving makes version 2" in page
    form = form_with(page, "base")
    assert "Nothing was different" in said(form.submit("do", value="save").follow())
    form["name"], form["note"] = "Another", "A better name"
    assert "stay on the version" in said(form.submit("do", value="save").follow())
    found = bank.look(url)
    assert (found["number"], found["note"]) == (2, "A better name")


def test_what_is_wrong_is_said_beside_the_form_and_nothing_is_lost(bank):
    form = form_with(bank.browser.get(f"{bank.add()}edit"), "base")
    form["choices-0-fraction"], form["feedback"] = "a lot", "Still *here*"
    page = form.submit("do", value="save", status=400)
    assert "Answer 1: Share of the mark, in percent" in said(page)
    assert form_with(page, "base")["feedback"].value == "Still *here*"
    form = form_with(page, "base")
    form["choices-0-fraction"] = "50"
    assert "No answer brings the whole mark" in said(form.submit("do", value="save", status=400))
    assert "No answer brings" in said(form.submit("do", value="preview", status=400))


def test_whoever_saves_later_is_told_and_overwrites_nothing_unseen(bank):
    url = bank.add(TRUTH)
    mine = form_with(bank.browser.get(f"{url}edit"), "base")
    theirs = form_with(bank.site.signed_in("colleague").get(f"{url}edit"), "base")
    theirs["name"] = "Theirs"
    theirs.submit("do", value="save")
    mine["name"] = "Mine"
    page = mine.submit("do", value="save", status=400)
    assert "Somebody saved version 2" in said(page)
    form_with(page, "base").submit("do", value="save")
    assert (bank.look(url)["question"].name, bank.look(url)["number"]) == ("Mine", 3)


# Versions and languages


def test_versions_are_listed_compared_and_brought_back(bank):
    url = bank.add(TRUTH)
    form = form_with(bank.browser.get(f"{url}edit"), "base")
    form["name"] = "Another name"
    form.submit("do", value="save")
    page = bank.browser.get(f"{url}versions")
    assert page.html.find("del").text == "Consent can be taken back"
    assert page.html.find("ins").text == "Another name"
    assert "Nothing is different" in bank.browser.get(f"{url}versions?old=2&new=2")
    bank.browser.get(f"{url}versions?old=9", status=404)
    assert "This is version 1" in bank.browser.get(f"{url}?version=1")
    bank.browser.get(f"{url}?version=x", status=404)
    bank.browser.get(f"{url}?version={'9' * 5000}", status=404)
    back = form_to(page, "restore")
    assert "Version 3 is the newest" in said(back.submit("version").follow())
    back["version"].force_value("3")
    assert "like this already" in said(back.submit("version").follow())
    token = back["csrf_token"].value
    for number in ("7", "x"):
        answer = bank.browser.post(f"{url}restore", {"csrf_token": token, "version": number})
        assert "no version" in said(answer.follow())


def test_texts_are_translated_beside_the_originals(bank):
    url = bank.add(replace(TRUTH, translations={}))
    page = bank.browser.get(f"{url}texts")
    form = form_with(page, "language")
    form["language"] = "ar"
    page = form.submit()
    form = form_with(page, "text:body")
    assert form["text:body"].attrs["dir"] == "rtl"
    form["text:body"] = "الموافقة **حق**"
    page = form.submit().follow()
    assert "Version 2 is saved" in said(page)
    assert bank.look(url)["question"].translations == {
        "ar": {"body": "الموافقة <strong>حق</strong>"}
    }
    page = form_with(page, "text:body").submit().follow()
    assert "Nothing was different" in said(page)


def test_a_translation_that_does_not_fit_is_said_and_kept_in_the_form(bank):
    url = bank.add(EXAMPLES["gaps"])
    form = form_with(bank.browser.get(f"{url}texts?language=fr"), "text:body")
    form["text:body"] = "Sans trous"
    page = form.submit(status=400)
    assert "other places" in said(page)
    assert form_with(page, "text:body")["text:body"].value == "Sans trous"


def test_a_language_that_is_none_is_refused(bank):
    url = bank.add(TRUTH)
    page = bank.browser.get(f"{url}texts?language=French").follow()
    assert "short code" in said(page)
    form = form_with(bank.browser.get(f"{url}texts?language=fr"), "text:body")
    form["language"].force_value("French")
    assert "short code" in said(form.submit().follow())


def test_who_may_only_use_a_question_reads_its_translations(bank):
    shared = bank.make("Shared", owner=bank.who, access="use")
    url = bank.add(SINGLE, category=shared)
    page = bank.site.signed_in("colleague").get(f"{url}texts?language=fr")
    assert form_with(page, "text:body")["text:body"].attrs["readonly"] == ""


# In and out


def send(bank, content, name="questions.txt", **fields):
    form = form_with(bank.browser.get(f"/bank/import?in={bank.category}"), "path")
    form["upload:questions"] = Upload(name, content)
    for key, text in fields.items():
        form[key] = text
    return form.submit(expect_errors=True)


def test_a_file_is_reported_on_before_anything_of_it_is_kept(bank):
    page = send(bank, GIFT).follow()
    assert "Line 9" in page
    assert "braces" in page
    assert [row.bdi.text for row in page.html.select("tbody th")] == ["Coffee", "Hours"]
    assert names(bank.browser.get(f"{bank.url}?below=1")) == []
    page = form_with(page, "do").submit("do", value="take").follow()
    assert "new: 2" in said(page)
    page = bank.browser.get(f"{bank.url}?below=1&sort=kind")
    assert sorted(names(page)) == ["Coffee", "Hours"]
    again = send(bank, GIFT).follow()
    assert "by their codes" in again
    page = form_with(again, "do").submit("do", value="take").follow()
    assert "like this already: 2" in said(page)


def test_a_file_can_be_put_away(bank):
    page = send(bank, GIFT).follow()
    path = page.request.path
    page = form_with(page, "do").submit("do", value="drop").follow()
    assert "Nothing was taken" in said(page)
    bank.browser.get(path, status=404)


def test_only_the_last_file_of_each_author_waits(bank):
    first = send(bank, GIFT).follow().request.path
    mine, theirs = bank.browser, bank.site.signed_in("colleague")
    bank.browser = theirs
    other = send(bank, GIFT).follow().request.path
    bank.browser = mine
    bank.browser.get(first)
    send(bank, GIFT)
    bank.browser.get(first, status=404)
    theirs.get(other)


def test_a_file_makes_the_category_that_it_is_for(bank):
    page = send(bank, GIFT, path="Night/Sleep", category="").follow()
    assert "Night / Sleep" in page.html.get_text(" ")
    page = form_with(page, "do").submit("do", value="take").follow()
    assert page.html.h1.text == "Sleep"
    again = send(bank, GIFT, path="Night/Sleep", category="").follow()
    assert "by their codes" in again


def test_a_file_cannot_go_into_a_category_of_somebody_else(bank):
    with bank.site.write() as root:
        found = root["site"].bank
        categories.make(found, "Theirs", owner="person:nobody", access="use")
    page = send(bank, GIFT, path="Theirs", category="").follow()
    page = form_with(page, "do").submit("do", value="take").follow()
    assert "may not change" in said(page)


@pytest.mark.parametrize(
    ("content", "fields", "says"),
    [
        (b"\x00\x01\x02", {}, "no questions in a format"),
        (b"<quiz><question", {}, "XML"),
        (b"a{T}\n\n" * 1001, {}, "Line 2001: The file has more than 1000 questions."),
        (GIFT, {"category": ""}, "Choose a category"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(bank, content, fields, says):
    page = send(bank, content, **fields)
    assert page.status_int == 400
    assert says in said(page)


def test_without_a_file_and_with_one_too_large_nothing_happens(bank, monkeypatch):
    form = form_with(bank.browser.get(f"/bank/import?in={bank.category}"), "path")
    assert "Choose a file" in said(form.submit(status=400))
    monkeypatch.setattr("assessments.views.bank_exchange.LARGEST", 10)
    assert "too large" in said(send(bank, GIFT))


def test_gift_text_is_seen_before_it_is_taken(bank):
    form = form_with(bank.browser.get(f"{bank.url}gift"), "text")
    form["text"] = GIFT.decode()
    page = form.submit("do", value="see")
    assert "Coffee" in page.html.find("tbody").text
    assert "new: 2" in said(form_with(page, "text").submit("do", value="take").follow())
    form = form_with(page, "text")
    form["text"] = "::Broken:: Which? {"
    assert "no question" in said(form.submit("do", value="take"))


def test_gift_text_that_is_too_long_says_so(bank, monkeypatch):
    monkeypatch.setattr("assessments.exchange.decoding.LARGEST", 10)
    form = form_with(bank.browser.get(f"{bank.url}gift"), "text")
    form["text"] = GIFT.decode()
    page = form.submit("do", value="see", status=400)
    assert "Split it" in said(page)
    assert "Coffee" in form_with(page, "text")["text"].value


def test_gift_text_of_too_many_questions_is_told_by_its_line(bank):
    form = form_with(bank.browser.get(f"{bank.url}gift"), "text")
    form["text"] = "a{T}\n\n" * 1001
    assert "Line 2001: The file has more" in said(form.submit("do", value="see", status=400))


def test_gift_text_cannot_reach_into_a_category_of_somebody_else(bank):
    with bank.site.write() as root:
        found = root["site"].bank
        parent = found[bank.category]
        categories.make(found, "Sleep", parent=parent, owner="person:nobody", access="private")
    form = form_with(bank.browser.get(f"{bank.url}gift"), "text")
    form["text"] = GIFT.decode()
    form = form_with(form.submit("do", value="see"), "text")
    assert "may not change" in said(form.submit("do", value="take", status=400))


@pytest.mark.parametrize("form", ["gift", "moodle-xml"])
def test_a_category_is_given_out_and_taken_in_again(bank, form):
    bank.add(TRUTH, code="T1")
    bank.add(EXAMPLES["hotspot"], code="H1")
    page = bank.browser.get(f"{bank.url}export")
    export = form_with(page, "format")
    export["format"] = form
    page = export.submit()
    answer = page.click("Download")
    assert "talks." in answer.content_disposition
    report = send(bank, answer.body).follow()
    assert "Consent can be taken back" in report.html.find("table").text
    bank.browser.get(f"{bank.url}download?format=papyrus", status=404)
