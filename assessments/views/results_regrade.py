"""Marking anew after a question was mended: chosen, looked at, let count, followed."""

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from assessments.attempts.draw import candidates
from assessments.attempts.rules import settings_of
from assessments.events import RegradeAsked, RegradeDecided, ResultChanged
from assessments.marking import regrade
from assessments.marking.form import read_reason
from assessments.quizzes.sections import sections_of, slots
from assessments.resources import Item, Quiz, Regrade
from assessments.views.arrival import arrived
from assessments.views.bank_page import author, bank_of
from assessments.views.results import paged
from assessments.views.results_page import page

_ = TranslationStringFactory("tutela")

FORM = "assessments:templates/results/regrade.jinja2"
KEPT = {
    regrade.PERSON: _("Answers that a person marked stay as they are: ${count}."),
    regrade.UNLIKE: _(
        "Answers that the version cannot mark stay as they are, because it asks something else or "
        "offers other answers: ${count}."
    ),
    regrade.CLEARED: _(
        "Answers that a hint took a part out of stay as they are: ${count}. Correct them one by "
        "one."
    ),
    regrade.CHANGED: _(
        "Answers whose mark has changed since you looked stay as they are: ${count}."
    ),
}


@view_defaults(context=Quiz, name="regrade", permission="quiz:mark")
class RegradeViews:
    """``/quizzes/<quiz>/regrade``, and below it each regrade by its id."""

    def __init__(self, context: Quiz, request):
        self.quiz = context
        self.request = request
        self.key = "/".join(request.subpath)

    @view_config(request_method="GET", renderer=FORM)
    def show(self):
        if self.key:
            return self._one({})
        return self._form({"attempts": self.request.GET.get("attempt") or "finished"}, [], {})

    @view_config(request_method="POST", renderer=FORM)
    def act(self):
        if not self.key:
            return self._begin()
        found = self._found
        if self.request.POST.get("do") == "apply" and found.state == "found":
            reason, errors = read_reason(self.request.POST)
            if errors:
                return self._one(errors)
            if regrade.decide(found, reason, arrived(self.request)):
                self.request.registry.notify(RegradeDecided(self.request, found))
        self._go_on(found)
        return HTTPSeeOther(self._address(found))

    @property
    def _found(self) -> Regrade:
        """:raises HTTPNotFound: when there is no such regrade"""
        found = regrade.regrade_of(self.quiz, self.key)
        if found is None:
            raise HTTPNotFound
        return found

    def _address(self, found: Regrade) -> str:
        return self.request.resource_url(self.quiz, "regrade", found.__name__)

    def _begin(self):
        """Look what would change; the first part at once, the rest in the background."""
        posted = self.request.POST
        newest = posted.get("versions") != "pinned"
        chosen = set(posted.getall("question"))
        items = {
            item.__name__: item.current.number if newest else 0
            for item in self._items()
            if item.__name__ in chosen
        }
        attempts = posted.get("attempts", "")
        if attempts not in (regrade.FINISHED, regrade.ALL) and attempts not in self.quiz.attempts:
            attempts = regrade.FINISHED
        if not items:
            errors = {"questions": _("Choose at least one question.")}
            return self._form(dict(posted), [], errors)
        made = regrade.begin(
            self.quiz,
            items,
            attempts=attempts,
            persons="persons" in posted,
            by=author(self.request),
            now=arrived(self.request),
        )
        self._go_on(made)
        return HTTPSeeOther(self._address(made))

    def _go_on(self, found: Regrade) -> None:
        """One part now, so that small quizzes need not wait; what is left is the background's."""
        registry = self.request.registry
        for learner_id in regrade.go_on(found, arrived(self.request)):
            registry.notify(ResultChanged(registry, self.quiz._p_jar, self.quiz, learner_id))
        if regrade.is_running(found):
            registry.notify(RegradeAsked(self.request, found))

    def _items(self) -> list[Item]:
        """The questions that the quiz asks, in their order, those of chance too."""
        bank = bank_of(self.request)
        found: dict[str, Item] = {}
        for slot in slots(sections_of(self.quiz)):
            named = [bank.items.get(slot.item)] if slot.item else candidates(bank, slot)
            for item in named:
                if item is not None and item.current.question.answerable:
                    found.setdefault(item.__name__, item)
        return list(found.values())

    def _form(self, texts, problems, errors):
        if errors:
            self.request.response.status_int = 400
        attempts = texts.get("attempts", "")
        one = self.quiz.attempts.get(attempts)
        called = self.request.registry["assessments.called"]
        return page(
            self.request,
            quiz=self.quiz,
            run=None,
            items=self._items(),
            chosen=set(self.request.POST.getall("question")),
            texts=texts,
            one=one,
            one_name=one and called(self.request, one.learner_id),
            errors=errors,
            problems=problems,
            before=regrade.regrades_of(self.quiz),
            state_words=self._state_words,
        )

    def _state_words(self, found: Regrade) -> str:
        words = {
            "looking": _("is being looked at"),
            "found": _("looked at, changes nothing yet"),
            "applying": _("is being applied"),
            "done": _("applied"),
        }
        return self.request.localizer.translate(words[found.state])

    def _one(self, errors):
        """What a regrade found, or how far it is."""
        found = self._found
        if errors:
            self.request.response.status_int = 400
        self.request.response.headers["Cache-Control"] = "no-store"
        changes = [] if found.state == "looking" else list(regrade.changes(found))
        shown, number, pages = paged(self.request, changes)
        called = self.request.registry["assessments.called"]
        say = self.request.localizer.translate
        bank = bank_of(self.request)
        return page(
            self.request,
            quiz=self.quiz,
            run=found,
            running=regrade.is_running(found),
            summary=regrade.summary(changes),
            total=len(changes),
            rows=[
                (each, attempt, called(self.request, attempt.learner_id))
                for each in shown
                if (attempt := self.quiz.attempts.get(each.attempt)) is not None
            ],
            questions=[
                (bank.items[key].current.name, version)
                for key, version in found.items.items()
                if key in bank.items
            ],
            kept=[say(KEPT[why] % {"count": count}) for why, count in found.kept.items()],
            here=self._address(found),
            number_of_page=number,
            pages=pages,
            address=lambda page: f"{self._address(found)}?page={page}",
            passes=settings_of(self.quiz).pass_percent is not None,
            all=len(self.quiz.attempts) if found.state == "looking" else len(found.changes),
            errors=errors,
            texts=dict(self.request.POST),
        )
