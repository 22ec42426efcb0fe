"""From a category or a search of the bank to a quiz for practice, in one step."""

from pyramid.httpexceptions import HTTPForbidden
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config

from assessments.bank import fields, search, usage
from assessments.bank.editor import Upload
from assessments.bank.fields import Field
from assessments.bank.search import Wanted
from assessments.quizzes import checks, practice
from assessments.quizzes.form_chapters import TITLE
from assessments.quizzes.plan import Section, Slot
from assessments.quizzes.refusals import QuizRefused
from assessments.resources import Bank, Category
from assessments.views.bank import found_in, quizzes_of, wanted_of
from assessments.views.bank_page import author, bank_of, done, now, page, posted, shown_path
from assessments.views.quiz_page import labels

_ = TranslationStringFactory("tutela")

COUNT = Field("count", _("How many questions"), "whole", needed=True, size=8)
FORM = (TITLE, COUNT)


@view_config(
    context=Bank,
    name="practice",
    permission="bank:view",
    renderer="assessments:templates/bank/practice.jinja2",
)
@view_config(
    context=Category,
    name="practice",
    permission="item:use",
    renderer="assessments:templates/bank/practice.jinja2",
)
class PracticeView:
    """``practice`` of the bank or of a category, with the filters of its list in the query."""

    def __init__(self, context: Bank | Category, request):
        self.request = request
        self.category = context if isinstance(context, Category) else None
        if not request.has_permission("quiz:create", quizzes_of(request)):
            raise HTTPForbidden  # the owner of a category need not be an author any more
        self.wanted = wanted_of(request)
        used = usage.counted(quizzes_of(request))
        self.items = practice.fit(search.find(found_in(request, self.category), self.wanted, used))
        self.source = self._source()
        self.there = len(self.items)
        if self.source is not None:
            self.there = checks.available(bank_of(request), self.source)

    def __call__(self):
        """Ask for a title and a number, or make the quiz."""
        if self.request.method != "POST":
            texts: dict[str, str | Upload] = {
                "title": self._title(),
                "count": str(min(practice.USUAL, self.there)),
            }
            return self._form(texts, {})
        texts = posted(self.request)
        values, errors = fields.read(FORM, texts, {})
        if not errors and not 0 < values["count"] <= self.there:
            errors["count"] = _("Write a number from 1 to ${most}.", {"most": self.there})
        if errors:
            return self._form(texts, errors)
        try:
            made = practice.make(
                quizzes_of(self.request),
                values["title"],
                self._section(values["count"]),
                now=now(),
                owner=author(self.request),
                language=self.request.locale_name,
            )
        except QuizRefused as refused:
            return self._form(texts, {"title": refused.message})
        words = _("The practice quiz is made. Put it into a course, on the course’s page “Parts”.")
        return done(self.request, words, made, "questions")

    def _title(self) -> str:
        about = self.category.name if self.category else self.wanted.tag or self.wanted.words
        words = _("Practice: ${about}", {"about": about}) if about else _("Practice")
        return self.request.localizer.translate(words)

    def _source(self) -> Slot | None:
        """What chance draws from: a whole category, or its questions with a tag. None for what was
        looked for in another way, which is what was found."""
        wanted = self.wanted
        if self.category is None or wanted != Wanted(tag=wanted.tag, sort=wanted.sort):
            return None
        return Slot(
            "",
            category=self.category.__name__,
            below=bool(self.request.GET.get("below")),
            tags=(wanted.tag,) if wanted.tag else (),
            by=author(self.request),
        )

    def _section(self, count: int) -> Section:
        if self.source is None:
            return practice.some_of(self.items, count)
        return practice.by_chance(self.source, count)

    def _form(self, texts, errors):
        if errors:
            self.request.response.status_int = 400
        shown = fields.laid_out(FORM, texts)
        return page(
            self.request,
            category=self.category,
            path=shown_path(self.request, self.category),
            there=self.there,
            form=shown,
            errors=errors,
            labels=labels(shown, self.request.localizer.translate),
        )
