"""The attempts at a quiz: listed, looked at, closed when they are overdue, exported."""

from collections.abc import Iterable, Iterator
from random import SystemRandom

from pyramid.httpexceptions import HTTPNotFound
from pyramid.i18n import TranslationStringFactory
from pyramid.response import Response
from pyramid.view import view_config, view_defaults

from assessments.attempts.result import marks_of, result_of
from assessments.attempts.rules import settings_of
from assessments.attempts.timing import Standing, standing
from assessments.events import ResultsExported
from assessments.marking import exports, results
from assessments.marking.form import read_reason
from assessments.resources import Attempt, Quiz
from assessments.statistics.table import csv_parts
from assessments.views import words
from assessments.views.arrival import arrived
from assessments.views.bank_page import done
from assessments.views.closing import close
from assessments.views.handed import attachment, sent
from assessments.views.neutral import behind
from assessments.views.results_marking import address_of
from assessments.views.results_page import files_of, page, show
from assessments.views.streaming import apart

_ = TranslationStringFactory("tutela")

PER_PAGE = 50
STATES = {
    Standing.OPEN: _("going on"),
    Standing.OVERDUE: _("time is up, can be handed in"),
    Standing.OVER: _("overdue"),
    Standing.FINISHED: _("handed in"),
    Standing.ABANDONED: _("not handed in"),
}


def csv_response(parts: Iterable[bytes], name: str) -> Response:
    """A table as a file to be saved.

    :param parts: of the file (:func:`assessments.statistics.table.csv_parts`)
    """
    response = Response(app_iter=parts)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = attachment(name)
    response.headers["Cache-Control"] = "no-store"
    return response


def paged(request, found: list) -> tuple[list, int, int]:
    """What is on the page that was asked for, its number, and how many pages there are."""
    pages = max(1, -(-len(found) // PER_PAGE))
    text = request.GET.get("page", "1")[:6]
    number = min(max(1, int(text) if text.isascii() and text.isdecimal() else 1), pages)
    return found[(number - 1) * PER_PAGE : number * PER_PAGE], number, pages


@view_defaults(context=Quiz, permission="quiz:report")
class ResultsViews:
    """``/quizzes/<quiz>/results``, and the exports."""

    def __init__(self, context: Quiz, request):
        self.quiz = context
        self.request = request
        self.say = request.localizer.translate

    def _rows(self, sort: str) -> list[results.Row]:
        called = self.request.registry["assessments.called"]
        return results.rows(
            self.quiz, lambda learner: called(self.request, learner), arrived(self.request), sort
        )

    @view_config(
        name="results",
        request_method="GET",
        renderer="assessments:templates/results/results.jinja2",
    )
    def show(self):
        sort = self.request.GET.get("sort", "name")
        found = self._rows(sort)
        shown, number, pages = paged(self.request, found)

        def address(**changes) -> str:
            query = {"sort": sort, **changes}
            return self.request.resource_url(self.quiz, "results", query=query)

        return page(
            self.request,
            quiz=self.quiz,
            rows=shown,
            totals=results.totals(found),
            known=results.all_known(found),
            sort=sort,
            address=address,
            number_of_page=number,
            pages=pages,
            state=lambda row: self.say(STATES[row.standing]),
            result=self._result,
            span=lambda time: self.say(words.span(round(time.total_seconds()))),
            passes=settings_of(self.quiz).pass_percent is not None,
            practice=settings_of(self.quiz).practice,
        )

    def _result(self, row: results.Row) -> str:
        return words.result(row.result, self.quiz, self.request.localizer) if row.result else ""

    @view_config(name="close", request_method="POST")
    def close(self):
        """End an attempt whose time was up, as of its deadline; nothing of it is lost."""
        attempt = self.quiz.attempts.get(self.request.POST.get("attempt", ""))
        if attempt is None:
            raise HTTPNotFound
        close(self.request, attempt, arrived(self.request))
        said = _("This attempt is not overdue. Nothing was changed.")
        if attempt.finished is not None:
            said = _(
                "The attempt is closed, as of ${time}.", {"time": words.moment(attempt.finished)}
            )
        return done(self.request, said, self.quiz, "results")

    @view_config(
        name="export",
        request_method="GET",
        renderer="assessments:templates/results/export.jinja2",
    )
    def ask(self):
        return page(self.request, quiz=self.quiz, texts={}, what="answers")

    @view_config(
        name="export",
        request_method="POST",
        renderer="assessments:templates/results/export.jinja2",
    )
    def export(self):
        """The table as a file, when it is said what it is for: that is noted."""
        what = "results" if self.request.POST.get("what") == "results" else "answers"
        purpose, errors = read_reason({"reason": self.request.POST.get("purpose", "")})
        problems = []
        if not errors:
            try:
                parts = self._parts(what)
            except exports.TooFewPeople:
                problems = [
                    _(
                        "Fewer than five people have finished this quiz. Anybody could tell whose "
                        "answers are whose, so there is no table of answers yet."
                    )
                ]
            else:
                self.request.registry.notify(
                    ResultsExported(self.request, self.quiz, what, purpose)
                )
                return csv_response(parts, f"{what}.csv")
        self.request.response.status_int = 400
        errors = {"purpose": _("Say what the table is for.")} if errors else {}
        texts = {"purpose": self.request.POST.get("purpose", "")}
        return page(
            self.request, quiz=self.quiz, texts=texts, what=what, errors=errors, problems=problems
        )

    def _parts(self, what: str) -> Iterator[bytes]:
        say = self.say
        if what == "results":
            return csv_parts(
                exports.results_table(
                    self._rows("name"), say, lambda row: say(STATES[row.standing])
                )
            )
        exports.refuse_few(self.quiz)
        return apart(
            self.quiz, lambda quiz: csv_parts(exports.answers_table(quiz, say, SystemRandom()))
        )


@view_config(
    context=Attempt,
    name="look",
    permission="quiz:report",
    request_method="GET",
    renderer="assessments:templates/results/attempt.jinja2",
)
def look(context, request):
    """``/quizzes/<quiz>/<attempt>/look``: everything of one attempt; under it ``pictures/`` and
    ``files/``, each with the number of the question and a name."""
    if request.subpath:
        return _file(context, request)
    request.response.headers["Cache-Control"] = "no-store"
    say, result = request.localizer.translate, result_of(context)
    here = request.resource_url(context, "look")
    return page(
        request,
        quiz=context.quiz,
        attempt=context,
        here=here,
        name=request.registry["assessments.called"](request, context.learner_id),
        state=say(STATES[standing(context, arrived(request))]),
        result=words.result(result, context.quiz, request.localizer) if result else "",
        passed=result.passed if result else None,
        marks=marks_of(context) if result else None,
        shown=[
            show(request, context, at, f"{here}/pictures/{at + 1}/")
            for at in range(len(context.answers))
        ],
        mark_address=lambda at: address_of(request, context, at),
        may_mark=request.has_permission("quiz:mark", context),
        certain=words.CERTAIN,
    )


def _file(attempt: Attempt, request) -> Response:
    if len(request.subpath) != 3 or not request.subpath[1].isdecimal():
        raise HTTPNotFound
    kind, own, name = request.subpath
    position = int(own[:6]) - 1
    if not 0 <= position < len(attempt.answers):
        raise HTTPNotFound
    if kind == "pictures":
        file = behind(attempt, position, name, request.registry["assessments"].secret)
        if file is None:
            raise HTTPNotFound
        return sent(file.read(), file.type, "" if file.type.startswith("image/") else "file")
    held = files_of(attempt.answers[position])
    if kind != "files" or not name.isdecimal() or not 0 < int(name[:6]) <= len(held):
        raise HTTPNotFound
    file = held[int(name[:6]) - 1]
    content = file.read()
    if content is None:
        raise HTTPNotFound
    return sent(content, file.type, file.name)
