"""What the answers say about a quiz and its questions, without names."""

from collections.abc import Iterator

from pyramid.httpexceptions import HTTPNotFound
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from assessments.attempts.pairs import pre_test_of
from assessments.attempts.rules import settings_of
from assessments.charts import choices_chart, distribution_chart, facility_chart
from assessments.marking.figures import LARGE, Known, figures, warnings
from assessments.resources import Quiz
from assessments.statistics import table
from assessments.statistics.attempts import Which
from assessments.statistics.certainty import Judgement
from assessments.statistics.figures import (
    SUPPRESSED,
    Choice,
    Group,
    Insufficient,
    Suppressed,
)
from assessments.views.arrival import arrived
from assessments.views.results import csv_response
from assessments.views.results_page import page

_ = TranslationStringFactory("tutela")

COUNTED = {
    Which.FIRST: _("Of each person the first attempt is counted, as the quiz’s settings say."),
    Which.LAST: _("Of each person the last attempt is counted, as the quiz’s settings say."),
    Which.BEST: _("Of each person the best attempt is counted, as the quiz’s settings say."),
    Which.ALL: _("All attempts of each person are counted, as the quiz’s settings say."),
}
MEANT = {
    "attempts": _("Attempts that the figures are from."),
    "unmarked": _("Attempts without a total, because somebody has to mark an answer yet."),
    "max_mark": _("What somebody gets who has everything right."),
    "mean": _("The marks of all attempts, shared out evenly."),
    "median": _("Half of the attempts have more, half have less."),
    "deviation": _("How far marks typically lie from the mean."),
    "skewness": _("Below 0: a few do much worse than the rest. Above 0: a few do much better."),
    "kurtosis": _(
        "Above 0: most marks lie close together, with a few far off. Below 0: they are "
        "spread evenly."
    ),
    "reliability": _(
        "How far the questions measure the same thing. Above 70 is good, below 0 they "
        "contradict each other."
    ),
    "error_ratio": _("How much of the difference between people is chance."),
    "standard_error": _("How far a mark may lie from what the person can do, by chance."),
    "guess": _("What somebody gets on average who guesses."),
    "facility": _("The mean mark, in percent: 100 when everybody has it right."),
    "question_deviation": _("How far marks for this question lie from its mean."),
    "discrimination": _(
        "How far those who do well in the rest do well here: from -100 to 100. Below "
        "0 something is wrong."
    ),
    "efficiency": _("The same, in percent of the best that these marks could do."),
    "intended_weight": _("Its share of the marks of the quiz."),
    "effective_weight": _("Its share of what makes results differ."),
    "reliability_without": _("How far the other questions measure the same thing, without it."),
}


@view_defaults(context=Quiz, permission="quiz:report", request_method="GET")
class StatisticsViews:
    """``/quizzes/<quiz>/statistics``, and its tables for a spreadsheet."""

    def __init__(self, context: Quiz, request):
        self.quiz = context
        self.request = request
        self.say = request.localizer.translate
        known = request.registry.setdefault("assessments.figures", Known())
        self.found = figures(context, self.say, request.locale_name, arrived(request), known)

    @view_config(name="statistics", renderer="assessments:templates/results/statistics.jinja2")
    def show(self):
        found = self.found
        return page(
            self.request,
            quiz=self.quiz,
            found=found,
            statistics=found.quiz,
            enough=isinstance(found.quiz.attempts, int) and found.quiz.attempts > 0,
            suppressed=found.quiz.attempts is SUPPRESSED,
            counted=self.say(COUNTED[found.which]),
            practice=settings_of(self.quiz).practice,
            large=found.attempts >= LARGE,
            figure=self._figure,
            brief=self._brief,
            quiz_figures=[(name, self.say(words)) for name, words in table.QUIZ],
            question_figures=[(name, self.say(words)) for name, words in table.QUESTION],
            weight_figures=[(name, self.say(words)) for name, words in table.WEIGHT],
            meant=lambda name: self.say(MEANT[name]),
            distribution=distribution_chart(found.quiz, self.say, name="distribution"),
            facility=facility_chart(found.quiz, self.say, name="facility"),
            warnings=lambda position: [self.say(each) for each in warnings(position)],
            title=lambda group: found.titles.get(group.item, "") if group.item else "",
            groups=self._groups,
            parts=_parts,
            chart=self._chart,
            choice_words=self._choice_words,
            certain_rows=table.certainty_table(found.certainty, self.say)
            if found.certainty
            else None,
            gain=found.gain,
            gain_rows=table.gain_table(found.gain, found.titles, self.say) if found.gain else None,
            before=pre_test_of(self.quiz),
        )

    @view_config(name="statistics.csv")
    def spreadsheet(self):
        """``?table=``: ``quiz``, ``questions``, ``answers``, ``certainty`` or ``gain``. Below the
        table stands when it was worked out."""
        found, name = self.found, self.request.GET.get("table", "questions")
        if name == "quiz":
            made = table.quiz_table(found.quiz, self.say)
        elif name == "questions":
            made = table.question_table(found.quiz, found.titles, self.say)
        elif name == "answers":
            made = table.choice_table(found.quiz, found.titles, self.say)
        elif name == "certainty" and found.certainty is not None:
            made = table.certainty_table(found.certainty, self.say)
        elif name == "gain" and found.gain is not None:
            made = table.gain_table(found.gain, found.titles, self.say)
        else:
            raise HTTPNotFound
        attempts = self._figure(found.quiz.attempts)
        stamp = [self.say(_("Worked out (UTC)")), found.when.strftime("%Y-%m-%d %H:%M")]
        made = [*made, [], stamp, [self.say(_("Attempts")), attempts]]
        return csv_response(table.csv_parts(made), f"statistics-{name}.csv")

    def _figure(self, figure) -> str:
        """A figure as a page shows it, with two decimals at most; a reason in words."""
        if isinstance(figure, Insufficient | Suppressed | Judgement):
            return self.say(figure.words)
        if isinstance(figure, int):
            return str(figure)
        text = f"{figure:.2f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text

    def _brief(self, figure) -> str:
        """The same for a narrow cell, without the reason."""
        if isinstance(figure, Suppressed):
            return self.say(_("not shown"))
        return "–" if isinstance(figure, Insufficient) else self._figure(figure)

    def _groups(self, group: Group) -> list[tuple[int, Group]]:
        """What is told apart below a question, with how deep it is; what is kept back is counted
        by the template's own words, not listed."""
        found = []
        for part in group.groups:
            if part.attempts is not SUPPRESSED:
                found.append((0, part))
                found += [(depth + 1, below) for depth, below in self._groups(part)]
        return found

    def _chart(self, choices: list[Choice], name: str):
        return choices_chart(choices, self.say(_("Answers")), self.say, name=name)

    def _choice_words(self, choice: Choice) -> str:
        if choice.model is None:
            return self.say(_("(no answer)"))
        if choice.answer is SUPPRESSED:
            return self.say(_("(other answers)"))
        return choice.answer if isinstance(choice.answer, str) else choice.model


def _parts(group: Group) -> Iterator[tuple[str, list[Choice]]]:
    """The table of answers by the part of the question."""
    parts: dict[str, list[Choice]] = {}
    for choice in group.choices:
        parts.setdefault(choice.part, []).append(choice)
    yield from parts.items()
