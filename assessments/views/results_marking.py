"""Marking by persons: questions that wait, then one answer after the other."""

import mimetypes
from fractions import Fraction

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from assessments.attempts.asking import marked, question_of
from assessments.attempts.rules import settings_of
from assessments.events import MarkCorrected, ResultChanged
from assessments.marking import form
from assessments.marking.marks import Met, Stage, correct, counted, mark, marks, stage
from assessments.marking.queue import after, behind, handle_of, questions, queue
from assessments.questions.html import plain
from assessments.resources import Attempt, Quiz
from assessments.views.arrival import arrived
from assessments.views.bank_page import author, done, tell
from assessments.views.handed import sent
from assessments.views.neutral import behind as picture_behind
from assessments.views.results_page import files_of, page, show

_ = TranslationStringFactory("tutela")

PAGE = "assessments:templates/results/mark.jinja2"


@view_config(
    context=Quiz,
    name="marking",
    permission="quiz:mark",
    request_method="GET",
    renderer="assessments:templates/results/marking.jinja2",
)
def marking(context, request):
    """The questions, or (``?question=``) the first answer to one that waits."""
    who, item = author(request), request.GET.get("question", "")
    learner = request.registry["assessments.learner"](request)
    if item:
        secret = request.registry["assessments"].secret
        _before, found = after(queue(context, item, who, secret, learner), "", 0)
        if found is None:
            return done(request, _("No answer to this question waits for you."), context, "marking")
        return HTTPSeeOther(address(request, context, found.handle, found.position))
    rows = questions(context, who, learner)
    return page(
        request,
        quiz=context,
        rows=rows,
        settings=settings_of(context),
        body=lambda item: plain(item.current.question.body),
    )


def address(request, quiz: Quiz, handle: str, position: int) -> str:
    """Where an answer is marked."""
    return request.resource_url(quiz, "mark", handle, str(position + 1))


def address_of(request, attempt: Attempt, position: int) -> str:
    """The same for whoever knows the attempt."""
    handle = handle_of(attempt.__name__, author(request), request.registry["assessments"].secret)
    return address(request, attempt.quiz, handle, position)


@view_defaults(context=Quiz, name="mark", permission="quiz:mark")
class MarkViews:
    """``/quizzes/<quiz>/mark/<handle>/<number>``, and under it ``files/<number>`` and
    ``pictures/<opaque name>``."""

    def __init__(self, context: Quiz, request):
        self.quiz = context
        self.request = request
        self.who = author(request)
        self.learner = request.registry["assessments.learner"](request)
        self.secret = request.registry["assessments"].secret
        self.handle, self.position, self.rest = self._place()
        found = behind(context, self.handle, self.who, self.secret)
        if found is None or found.state != "finished" or found.preview:
            raise HTTPNotFound
        if self.position >= len(found.answers):
            raise HTTPNotFound
        self.attempt = found
        self.answer = found.answers[self.position]
        if not self.answer.version.question.answerable:
            raise HTTPNotFound
        self.stage = stage(found, self.answer, self.who)
        self.most = Fraction(self.answer.mark)

    def _place(self) -> tuple[str, int, tuple[str, ...]]:
        """:raises HTTPNotFound: when the address is no such address"""
        subpath = self.request.subpath
        if len(subpath) not in (2, 4) or not _is_number(subpath[1]):
            raise HTTPNotFound
        return subpath[0], int(subpath[1]) - 1, tuple(subpath[2:])

    @view_config(request_method="GET", renderer=PAGE)
    def show(self):
        if self._is_own():
            return self._refuse()
        self.request.response.headers["Cache-Control"] = "no-store"
        if self.rest:
            return self._file()
        return self._page(form.opened(self._to_correct(), self.most), {}, [])

    @view_config(request_method="POST", renderer=PAGE)
    def give(self):
        """Mark or correct; whoever comes second is told, with all that they wrote."""
        if self.rest:
            raise HTTPNotFound
        if self._is_own():
            return self._refuse()
        texts = {name: value for name, value in self.request.POST.items() if isinstance(value, str)}
        given, errors = form.read(texts, self._question, self.most)
        reason = ""
        if "seen" in texts:
            reason, missing = form.read_reason(texts)
            errors = errors | missing
        if given is None or errors:
            return self._page(texts, errors, [])
        was, now = self.answer.fraction, arrived(self.request)
        entries = len(self.answer.marking)
        try:
            if "seen" in texts:
                seen = int(texts["seen"]) if _is_number(texts["seen"]) else 0
                settled = correct(
                    self.attempt,
                    self.answer,
                    given,
                    by=self.who,
                    now=now,
                    reason=reason,
                    seen=seen,
                )
            else:
                seen_stage = Stage.DECIDE if texts.get("stage") == "decide" else Stage.MARK
                settled = mark(
                    self.attempt, self.answer, given, by=self.who, now=now, seen=seen_stage
                )
        except Met:
            words = _(
                "Somebody else has marked this answer while you were. Nothing of theirs was "
                "changed, and what you wrote is still here. Look at their mark, then decide."
            )
            return self._page(texts, {}, [words])
        if len(self.answer.marking) > entries:
            self._tell(was, settled, reason)
        return self._go_on()

    def _is_own(self) -> bool:
        return self.attempt.learner_id == self.learner

    def _refuse(self):
        words = _("This answer is your own. Another person has to mark it.")
        return done(self.request, words, self.quiz, "marking")

    def _tell(self, was: str | None, settled: bool, reason: str) -> None:
        now = self.answer.fraction
        if now == was and not reason:
            return
        attempt = self.attempt
        registry = self.request.registry
        if was is not None and now is not None:
            registry.notify(MarkCorrected(self.request, attempt, self.position, was, now, reason))
        if settled:
            registry.notify(
                ResultChanged(registry, attempt._p_jar, attempt.quiz, attempt.learner_id)
            )

    def _go_on(self):
        item = self.answer.version.item.__name__
        if self.stage in (Stage.OWN, Stage.SETTLED):
            tell(self.request, _("The mark is corrected."))
            return HTTPSeeOther(address(self.request, self.quiz, self.handle, self.position))
        places = self._places(item)
        _before, following = after(places, self.handle, self.position)
        if following is None:
            words = _("The mark is saved. No other answer to this question waits for you.")
            return done(self.request, words, self.quiz, "marking")
        tell(self.request, _("The mark is saved. This is the next answer."))
        return HTTPSeeOther(address(self.request, self.quiz, following.handle, following.position))

    def _places(self, item: str):
        return queue(self.quiz, item, self.who, self.secret, self.learner)

    @property
    def _question(self):
        return question_of(self.attempt, self.answer)

    def _to_correct(self):
        if self.stage is Stage.OWN:
            return marks(self.answer)[self.who]
        if self.stage is not Stage.SETTLED:
            return None
        entries = counted(self.answer, settings_of(self.quiz))
        # What the machine gave after them, in a regrade, has their comments and not their mark.
        if len(entries) == 1 and entries[0]["fraction"] == self.answer.fraction:
            return entries[0]
        return {"fraction": self.answer.fraction, "comment": "", "note": "", "rubric": {}}

    def _page(self, texts, errors, problems):
        if errors or problems:
            self.request.response.status_int = 400
        settings = settings_of(self.quiz)
        here = address(self.request, self.quiz, self.handle, self.position)
        question = self._question
        places = self._places(self.answer.version.item.__name__)
        before, following = after(places, self.handle, self.position)
        order = [(each.handle, each.position) for each in places]
        own = (self.handle, self.position)
        shown = show(self.request, self.attempt, self.position, f"{here}/pictures/")
        return page(
            self.request,
            quiz=self.quiz,
            here=here,
            question=question,
            shown=shown,
            name=None if settings.anonymous else self._name(),
            place=order.index(own) + 1 if own in order else None,
            places=len(order),
            left=sum(each.stage in (Stage.MARK, Stage.DECIDE) for each in places),
            before=before and address(self.request, self.quiz, before.handle, before.position),
            following=following
            and address(self.request, self.quiz, following.handle, following.position),
            stage=self.stage.value,
            entries=self._visible(),
            seen=len(self.answer.marking),
            most=self.most,
            suggested=self._suggested(question),
            rubric=form.rubric_of(question),
            field=form.criterion_field,
            level_words=self._level_words,
            texts=texts,
            errors=errors,
            problems=problems,
            labels=self._labels(question),
            double=settings.double,
        )

    def _visible(self):
        """The entries that this marker may see: all of an answer that is settled, their own, and
        both marks for who decides."""
        if self.stage is Stage.MARK:
            return []
        if self.stage is Stage.OWN:
            return [each for each in self.answer.marking if each["by"] == self.who]
        return list(self.answer.marking)

    def _suggested(self, question):
        if not question.automatic or self.stage is not Stage.MARK:
            return None
        fraction = marked(self.attempt, self.answer).fraction
        return None if fraction is None else fraction * self.most

    def _name(self) -> str:
        return self.request.registry["assessments.called"](self.request, self.attempt.learner_id)

    def _level_words(self, entry) -> list[tuple[str, str]]:
        """What an entry says by the rubric: criterion and level in words."""
        return [
            (plain(each.html), plain(level.html))
            for each in form.rubric_of(self._question)
            for level in each.levels
            if entry.get("rubric", {}).get(each.key) == level.key
        ]

    def _labels(self, question) -> dict[str, str]:
        say = self.request.localizer.translate
        found = {form.criterion_field(each): plain(each.html) for each in form.rubric_of(question)}
        return found | {
            "points": say(_("Mark")),
            "comment": say(_("Comment for the learner")),
            "note": say(_("Note for those who mark")),
            "reason": say(_("Reason")),
        }

    def _file(self):
        kind, name = self.rest
        if kind == "pictures":
            file = picture_behind(self.attempt, self.position, name, self.secret)
            if file is None:
                raise HTTPNotFound
            inline = file.type.startswith("image/")
            return sent(file.read(), file.type, "" if inline else "file")
        held = files_of(self.answer)
        if kind != "files" or not _is_number(name) or not 0 < int(name) <= len(held):
            raise HTTPNotFound
        file = held[int(name) - 1]
        content = file.read()
        if content is None:
            raise HTTPNotFound
        end = mimetypes.guess_extension(file.type) or ""
        return sent(content, file.type, f"answer-{name}{end}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < len(text) < 7
