"""The list of quizzes, and one quiz's settings: made, described, copied, removed."""

import re

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.response import Response
from pyramid.view import view_config, view_defaults

from assessments.bank import fields
from assessments.events import RulesChanged
from assessments.exchange.qti import VERSIONS, write_qti
from assessments.quizzes import editing, form, form_chapters, form_review, listing
from assessments.quizzes.exchange import as_test
from assessments.quizzes.plan import See, When
from assessments.quizzes.refusals import QuizRefused
from assessments.quizzes.sections import sections_of, slots
from assessments.resources import Quiz, Quizzes
from assessments.views.bank_page import author, bank_of, done, now, posted, seen
from assessments.views.quiz_page import labels, page, quizzes_of, stale

_ = TranslationStringFactory("tutela")

PER_PAGE = 50
NEW = (form_chapters.TITLE,)


@view_defaults(context=Quizzes, permission="quiz:list")
class QuizzesViews:
    """``/quizzes``: all of them."""

    def __init__(self, context: Quizzes, request):
        self.quizzes = context
        self.request = request

    @view_config(request_method="GET", renderer="assessments:templates/quizzes/list.jinja2")
    def show(self):
        """The quizzes that have the words that are looked for, in the order that was chosen."""
        given = self.request.GET
        words, sort = given.get("words", ""), given.get("sort", "title")
        found = listing.rows(self.quizzes.values(), words, sort)
        pages = max(1, -(-len(found) // PER_PAGE))
        text = given.get("page", "1")[:6]
        number = min(max(1, int(text) if text.isdecimal() else 1), pages)
        places = self.request.registry["assessments.places"]

        def address(**changes) -> str:
            query = {"words": words, "sort": sort, **changes}
            query = {key: each for key, each in query.items() if each}
            return self.request.resource_url(self.quizzes, query=query)

        return page(
            self.request,
            rows=[
                (row, places(self.request, row.quiz))
                for row in found[(number - 1) * PER_PAGE : number * PER_PAGE]
            ],
            words=words,
            sort=sort,
            any=bool(words) or bool(found),
            count=len(found),
            address=address,
            number_of_page=number,
            pages=pages,
        )

    @view_config(
        name="add",
        permission="quiz:create",
        renderer="assessments:templates/quizzes/add.jinja2",
    )
    def add(self):
        """A new quiz: a title is all that it needs."""
        texts = posted(self.request)
        errors: fields.Errors = {}
        if self.request.method == "POST":
            values, errors = fields.read(NEW, texts, {})
            if not errors:
                try:
                    made = editing.make(
                        self.quizzes,
                        values["title"],
                        now=now(),
                        owner=author(self.request),
                        language=self.request.locale_name,
                    )
                except QuizRefused as refused:
                    errors = {"title": refused.message}
                else:
                    words = _("The quiz is made. Put questions into it.")
                    return done(self.request, words, made, "questions")
        if errors:
            self.request.response.status_int = 400
        return page(self.request, form=fields.laid_out(NEW, texts), errors=errors)


@view_defaults(context=Quiz, permission="quiz:edit")
class SettingsViews:
    """``/quizzes/<quiz>/edit``: its rules; and copying and removing it."""

    def __init__(self, context: Quiz, request):
        self.quiz = context
        self.request = request

    @property
    def others(self) -> list[tuple[str, str]]:
        """The quizzes that this one may be compared with."""
        found = sorted(quizzes_of(self.request).values(), key=lambda each: each.title.casefold())
        return [(each.__name__, each.title) for each in found if each is not self.quiz]

    @view_config(
        name="edit",
        request_method="GET",
        renderer="assessments:templates/quizzes/settings.jinja2",
    )
    def ask(self):
        base = {"base": self.quiz.changed.isoformat()}
        return self._form({**form.opened(self.quiz, self.others), **base}, {}, [])

    @view_config(
        name="edit",
        request_method="POST",
        renderer="assessments:templates/quizzes/settings.jinja2",
    )
    def save(self):
        """Keep the rules, or say what cannot be so."""
        texts = posted(self.request)
        what, _colon, where = str(texts.get("do", "save")).partition(":")
        if what == "more":
            return self._form(fields.more_rows(texts, where), {}, [])
        came = form.read(texts, self.quiz, self.others)
        problem = stale(self.request, self.quiz)
        if problem is not None:
            texts["base"] = self.quiz.changed.isoformat()
        if came.settings is None or problem is not None:
            return self._form(texts, came.errors, [problem] if problem else [])
        try:
            editing.change(
                self.quiz,
                title=came.title,
                intro=came.intro,
                language=came.language,
                settings=came.settings,
                now=now(),
            )
        except QuizRefused as refused:
            return self._form(texts, {"title": refused.message}, [])
        self.request.registry.notify(RulesChanged(self.request, self.quiz))
        return done(self.request, _("The settings are saved."), self.quiz, "edit")

    def _form(self, texts, errors, problems):
        if errors or problems:
            self.request.response.status_int = 400
        chapters = form_chapters.chapters(self.others)
        shown = [(each, fields.laid_out(each.parts, texts)) for each in chapters]
        say = self.request.localizer.translate
        return page(
            self.request,
            quiz=self.quiz,
            chapters=shown,
            errors=errors,
            problems=problems,
            labels=labels([part for _chapter, parts in shown for part in parts], say),
            base=texts.get("base", ""),
            whens=form_review.WHENS,
            sees=form_review.SEES,
            cell=form_review.cell,
            applies=form_review.applies,
            ticked={
                name
                for when in When
                for see in See
                if texts.get(name := form_review.cell(when, see))
            },
            begun=editing.begun(self.quiz),
        )

    @view_config(name="duplicate", request_method="POST")
    def duplicate(self):
        """Another quiz with the same rules and questions."""
        made = editing.duplicate(
            quizzes_of(self.request),
            self.quiz,
            bank_of(self.request),
            seen(self.request),
            now=now(),
            owner=author(self.request),
        )
        words = _("This is the copy. It has the same questions and rules, and no attempts.")
        if len(slots(sections_of(made))) < len(slots(sections_of(self.quiz))):
            words = _(
                "This is the copy. It has the same rules, and no attempts. Questions that their "
                "authors keep private are left out."
            )
        return done(self.request, words, made, "edit")

    @view_config(name="qti", request_method="GET")
    def export(self):
        """The quiz with its questions as a package of QTI (``?version=2.1``, 2.2 or 3.0)."""
        version = self.request.GET.get("version", "2.2")
        if version not in VERSIONS:
            raise HTTPNotFound
        entries, test = as_test(self.quiz, bank_of(self.request), seen(self.request))
        content, _remarks = write_qti(entries, version, [test])
        stem = re.sub(r"[^A-Za-z0-9]+", "-", self.quiz.title).strip("-").lower() or "quiz"
        return Response(
            content,
            content_type="application/zip",
            content_disposition=f'attachment; filename="{stem}.zip"',
        )

    @view_config(
        name="remove",
        request_method="GET",
        renderer="assessments:templates/quizzes/remove.jinja2",
    )
    def ask_to_remove(self):
        return page(
            self.request,
            quiz=self.quiz,
            begun=editing.begun(self.quiz),
            places=self._places(),
        )

    @view_config(name="remove", request_method="POST")
    def remove(self):
        """Take the quiz away, when nobody needs it."""
        quizzes = quizzes_of(self.request)
        # Why not is said on the page itself.
        there = HTTPSeeOther(self.request.resource_url(self.quiz, "remove"))
        if self._places():  # also a withdrawn course, which nobody can take it in
            return there
        try:
            editing.remove(quizzes, self.quiz)
        except QuizRefused:
            return there
        words = _("The quiz ${title} is removed.", {"title": self.quiz.title})
        return done(self.request, words, quizzes)

    def _places(self):
        return self.request.registry["assessments.places"](self.request, self.quiz)
