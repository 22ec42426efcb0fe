"""Exceptions for a learner or a group: listed, told before they are kept, taken back."""

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from assessments.bank import fields
from assessments.events import ExceptionChanged
from assessments.quizzes import exceptions
from assessments.quizzes.plan import Override
from assessments.resources import Quiz
from assessments.views.bank_page import done, posted
from assessments.views.quiz_page import labels, page

_ = TranslationStringFactory("tutela")

LONGEST_ID = 300


@view_defaults(context=Quiz, permission="quiz:edit")
class ExceptionsViews:
    """``/quizzes/<quiz>/exceptions``, ``exception`` for one of them, ``exception-remove``."""

    def __init__(self, context: Quiz, request):
        self.quiz = context
        self.request = request
        self.groups = dict(request.registry["assessments.find_groups"](request))

    @view_config(
        name="exceptions",
        renderer="assessments:templates/quizzes/exceptions.jinja2",
    )
    def show(self):
        """All exceptions, and the question for whom another one is."""
        typed, errors = self.request.POST.get("learner", ""), {}
        if self.request.method == "POST":
            group = self.request.POST.get("group", "")
            if group in self.groups:
                return self._to(group)
            found = self.request.registry["assessments.find_learner"](self.request, typed)
            if found is not None:
                return self._to(found)
            errors = {"learner": _("Nobody has this username. Write it as they sign in.")}
            self.request.response.status_int = 400
        rows = [
            (who, self._called(who), exceptions.override_of(self.quiz, who))
            for who in self.quiz.overrides
        ]
        return page(
            self.request,
            quiz=self.quiz,
            rows=sorted(rows, key=lambda row: row[1].casefold()),
            groups=self.groups,
            typed=typed,
            errors=errors,
            minutes=exceptions.minutes,
        )

    def _to(self, who: str):
        query = {"who": who}
        return HTTPSeeOther(self.request.resource_url(self.quiz, "exception", query=query))

    @property
    def who(self) -> str:
        """Whom the page is about.

        :raises HTTPNotFound: when the address names nobody
        """
        found = self.request.GET.get("who", "")
        if not 0 < len(found) <= LONGEST_ID:
            raise HTTPNotFound
        return found

    def _called(self, who: str) -> str:
        """How a learner or a group is named."""
        if who in self.groups:
            return self.groups[who]
        return self.request.registry["assessments.called"](self.request, who)

    @view_config(
        name="exception",
        request_method="GET",
        renderer="assessments:templates/quizzes/exception.jinja2",
    )
    def ask(self):
        texts = exceptions.opened(exceptions.override_of(self.quiz, self.who))
        return self._form(texts, {}, None)

    @view_config(
        name="exception",
        request_method="POST",
        renderer="assessments:templates/quizzes/exception.jinja2",
    )
    def change(self):
        """Say what the exception does; keep it when that was seen."""
        texts = posted(self.request)
        override, errors = exceptions.read(texts, self.quiz)
        if override is None:
            return self._form(texts, errors, None)
        if texts.get("do") != "save":
            effect = exceptions.effect(self.quiz, self.who, override, group=self.who in self.groups)
            return self._form(texts, {}, effect)
        self._keep(override)
        words = _("The exception for ${name} is saved.", {"name": self._called(self.who)})
        return done(self.request, words, self.quiz, "exceptions")

    def _form(self, texts, errors, effect):
        if errors:
            self.request.response.status_int = 400
        shown = fields.laid_out(exceptions.FORM, texts)
        return page(
            self.request,
            quiz=self.quiz,
            name=self._called(self.who),
            group=self.who in self.groups,
            there=self.who in self.quiz.overrides,
            form=shown,
            errors=errors,
            labels=labels(shown, self.request.localizer.translate),
            effect=effect,
            remove=self.request.resource_url(
                self.quiz, "exception-remove", query={"who": self.who}
            ),
        )

    @view_config(
        name="exception-remove",
        request_method="GET",
        renderer="assessments:templates/quizzes/exception_remove.jinja2",
    )
    def ask_to_remove(self):
        if self.who not in self.quiz.overrides:
            return HTTPSeeOther(self.request.resource_url(self.quiz, "exceptions"))
        return page(
            self.request,
            quiz=self.quiz,
            name=self._called(self.who),
            effect=exceptions.effect(self.quiz, self.who, None, group=self.who in self.groups),
        )

    @view_config(name="exception-remove", request_method="POST")
    def remove(self):
        """The rules hold for them as for everybody."""
        name = self._called(self.who)
        if self.who in self.quiz.overrides:
            self._keep(None)
        words = _("There is no exception for ${name} any more.", {"name": name})
        return done(self.request, words, self.quiz, "exceptions")

    def _keep(self, override: Override | None) -> None:
        exceptions.change(self.quiz, self.who, override)
        event = ExceptionChanged(self.request, self.quiz, self.who, override)
        self.request.registry.notify(event)
