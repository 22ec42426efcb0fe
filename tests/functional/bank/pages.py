"""What tests of the question bank do with its pages."""

from webtest import Upload

from assessments.bank import categories, items
from assessments.quizzes.plan import Section, Slot, to_plain
from assessments.resources import Quiz
from sites import NOW
from tests.assessments.examples import EXAMPLES, FILES, MORE, SINGLE

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


def form_with(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def form_to(page, end):
    return next(form for form in page.forms.values() if form.action.endswith(end))


def names(page):
    return [row.a.text for row in page.html.select("table.items tbody th")]


def said(page):
    found = page.html.select(".notice, .errors, .problem")
    return " ".join(" ".join(each.get_text(" ").split()) for each in found)


def send(bank, content, name="questions.txt", **fields):
    form = form_with(bank.browser.get(f"/bank/import?in={bank.category}"), "path")
    form["upload:questions"] = Upload(name, content)
    for key, text in fields.items():
        form[key] = text
    return form.submit(expect_errors=True)
