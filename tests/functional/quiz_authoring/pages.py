"""What tests of an author's pages of quizzes do with them."""

from datetime import UTC, datetime
from random import Random

from assessments.attempts.start import start


def form_with(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def form_to(page, word):
    return next(form for form in page.forms.values() if word in form.action)


def press(page, button, **typed):
    """Press a button of the form that has it, having typed something; the page that follows."""
    form = form_with(page, "do")
    for name, text in typed.items():
        form[name.replace("_", "-")] = text
    answer = form.submit("do", value=button, expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


def stored(site, read):
    """What a function of the quiz gives, in a transaction of its own."""
    with site.write() as root:
        return read(root["site"].quizzes["quiz"])


def messages(page) -> str:
    return " ".join(each.get_text(" ", strip=True) for each in page.html.select(".notice"))


def form_with_button(page, words):
    return next(form for form in page.forms.values() if words in form.text)


def begin(site, learner, **more) -> None:
    """A learner begins the quiz."""
    with site.write() as root:
        found = root["site"]
        start(
            found.bank,
            found.quizzes["quiz"],
            learner,
            more.get("groups", ()),
            datetime.now(UTC),
            random=Random(1),
        )
