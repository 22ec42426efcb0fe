"""An attempt's page: the questions on it, and the form that saves, checks and turns pages.

All of it works without script. What is sent twice is done once; what another window saved
meanwhile is never overwritten unseen.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.renderers import render_to_response
from pyramid.view import view_config

from assessments.attempts.behaviour import CannotCheck, check, try_again
from assessments.attempts.files import FileRefused, attach, detach
from assessments.attempts.history import TooMuch
from assessments.attempts.overview import overview
from assessments.attempts.pages import go_on, may_see
from assessments.attempts.result import counts_certainty
from assessments.attempts.review import seen
from assessments.attempts.rules import rules_of
from assessments.attempts.save import Conflict, Kept, Saved, save
from assessments.attempts.timing import Standing, ends, hand_in_until, left, standing
from assessments.questions.html import Html
from assessments.quizzes.plan import Overdue
from assessments.resources import Attempt
from assessments.views import words
from assessments.views.arrival import arrived
from assessments.views.asked import Asked
from assessments.views.closing import close
from assessments.views.posting import Filled, Sheet, hidden, number, read
from assessments.views.taking import RANDOM

_ = TranslationStringFactory("tutela")
PAGE = "assessments:templates/taking/attempt.jinja2"
VERSIONS = "assessments:templates/taking/versions.jinja2"
DAY = 24 * 3600


@view_config(context=Attempt, permission="attempt:view", request_method="GET", renderer=PAGE)
def attempt_page(context, request):
    """The page that is asked for; a sequential attempt has only the one that it has come to."""
    now = arrived(request)
    page = number(request.GET.get("page", str(context.page + 1))) - 1
    close(request, context, now)
    if context.finished is not None:
        return HTTPSeeOther(request.resource_url(context, "review"))
    if not 0 <= page < len(context.pages):
        raise HTTPNotFound
    if not may_see(context, page):
        return HTTPSeeOther(page_url(request, context, context.page))
    return shown_page(context, request, page, now, {})


@view_config(context=Attempt, permission="attempt:write", request_method="POST", renderer=PAGE)
def send_page(context, request):
    """Save what the form holds, then do what its button says.

    What cannot be done is said on a page that is no error to the transaction: what else the form
    held is saved.
    """
    now = arrived(request)
    sheet = read(request.POST, len(context.answers))
    done = Done()
    for filled in sheet.answers:
        take(context, filled, sheet.post, now, done)
    close(request, context, now)
    if context.finished is not None:
        query = {"late": "1"} if done.problems else None
        return HTTPSeeOther(request.resource_url(context, "review", query=query))
    if done.conflicts:
        return versions_page(context, request, sheet, done, now)
    work(context, sheet, now, done)
    if done.problems:
        page = sheet.page if may_see(context, sheet.page) else context.page
        return shown_page(context, request, page, now, done.problems)
    return HTTPSeeOther(_next(context, request, sheet, now))


@dataclass
class Done:
    """What became of the questions of a form, by their positions."""

    revisions: dict[int, int] = field(default_factory=dict)
    conflicts: dict[int, tuple[Filled, Conflict]] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)


def take(attempt: Attempt, filled: Filled, post: str, now: datetime, done: Done) -> None:
    """Save one question, and the files that came with it."""
    try:
        outcomes = [
            save(
                attempt,
                filled.position,
                revision=filled.revision,
                posted=filled.fields,
                now=now,
                certainty=filled.certainty,
                flagged=filled.flagged,
                flags=filled.flags,
                post=post,
            ),
            *(detach(attempt, filled.position, key, now) for key in filled.taken_out),
            *(
                attach(
                    attempt,
                    filled.position,
                    each.name,
                    each.type,
                    each.content,
                    now,
                    random=RANDOM,
                    control=each.control,
                )
                for each in filled.uploads
            ),
        ]
    except (FileRefused, TooMuch) as refused:
        done.problems[filled.position] = refused.args[0]
        return
    for outcome in outcomes:
        match outcome:
            case Saved(revision, _at):
                done.revisions[filled.position] = revision
            case Conflict():
                done.conflicts[filled.position] = filled, outcome
            case Kept(why):
                done.problems[filled.position] = words.LATE[why]


def work(attempt: Attempt, sheet: Sheet, now: datetime, done: Done) -> None:
    """Check a question, or open it for another try."""
    where = sheet.where
    if sheet.what not in ("check", "again") or where is None:
        return
    if not 0 <= where < len(attempt.answers) or where in done.problems:
        return
    try:
        if sheet.what == "again":
            try_again(attempt, where, now=now)
        else:
            revision = done.revisions.get(where, attempt.answers[where].revision)
            tries = next((each.tries for each in sheet.answers if each.position == where), None)
            check(attempt, where, revision=revision, now=now, post=sheet.post, tries=tries)
    except CannotCheck as refused:
        done.problems[where] = refused.args[0]


def _next(attempt: Attempt, request, sheet: Sheet, now: datetime) -> str:
    """Where the button leads."""
    page = sheet.page
    if sheet.what in ("check", "again") and sheet.where is not None:
        return page_url(request, attempt, page, f"q{sheet.where + 1}")
    if sheet.what == "next":
        page = go_on(attempt, page, now=now) if attempt.sequential else page + 1
    elif sheet.what == "previous":
        page -= 1
    elif sheet.what == "page" and sheet.where is not None:
        page = sheet.where
    elif sheet.what == "finish":
        return request.resource_url(attempt, "finish")
    return page_url(request, attempt, min(max(page, 0), len(attempt.pages) - 1))


def page_url(request, attempt: Attempt, page: int, anchor: str = "") -> str:
    """:param page: from 0"""
    return request.resource_url(attempt, query={"page": page + 1}, anchor=anchor or None)


def shown_page(attempt: Attempt, request, page: int, now: datetime, problems) -> dict:
    """What the template of a page shows.

    :param problems: sentences by the positions of the questions that they are about
    """
    request.response.headers["Cache-Control"] = "no-store"
    translate = request.localizer.translate
    positions = attempt.pages[page]
    first = attempt.answers[positions[0]].section
    begins = page == 0 or attempt.answers[attempt.pages[page - 1][0]].section != first
    section = attempt.sections[first] if begins else None
    allowed = seen(attempt, now)
    questions = [
        Asked(request, attempt, position, now, allowed).page(
            problem=translate(problems[position]) if position in problems else ""
        )
        for position in positions
    ]
    return {
        **frame(attempt, request, now),
        "page": page,
        "pages": len(attempt.pages),
        "section": section,
        "section_intro": Html(section["intro"]) if section else "",
        "questions": questions,
        "certain": {
            position
            for position in positions
            if counts_certainty(attempt, attempt.answers[position])
        },
        "post": secrets.token_urlsafe(12),
        "saved": max(
            (each.saved for each in attempt.answers if each.saved is not None), default=None
        ),
        "save_url": request.resource_url(attempt, "save"),
        "clock_url": request.resource_url(attempt, "clock"),
        "review_url": request.resource_url(attempt, "review"),
    }


def frame(attempt: Attempt, request, now: datetime) -> dict:
    """What every page of an open attempt has: the quiz, the time, the list of questions."""
    rules = rules_of(attempt)
    end, until, seconds = ends(attempt), hand_in_until(attempt), left(attempt, now)
    translate = request.localizer.translate
    return {
        "layout": request.registry["assessments"].layout,
        "attempt": attempt,
        "quiz": attempt.quiz,
        "url": request.resource_url(attempt),
        "finish_url": request.resource_url(attempt, "finish"),
        "lines": [(each, *words.state_of(each)) for each in overview(attempt, now)],
        "left": seconds,
        "left_words": None if seconds is None else translate(words.span(seconds)),
        "soon": seconds is not None and seconds < DAY,
        "ends": end and words.moment(end),
        "up": standing(attempt, now) is Standing.OVERDUE,
        "until": until and words.moment(until),
        "hands_in": rules.settings.overdue is Overdue.SUBMIT,
        "words": words,
        "translate": translate,
    }


def versions_page(attempt: Attempt, request, sheet: Sheet, done: Done, now: datetime):
    """Both versions of what was answered in two windows, side by side, to choose from."""
    pairs = []
    for position, (filled, conflict) in done.conflicts.items():
        asked = Asked(request, attempt, position, now)
        pairs.append(
            {
                "own": position + 1,
                "revision": conflict.revision,
                "at": conflict.at and words.moment(conflict.at),
                "saved": asked.version("saved", conflict.theirs),
                "here": asked.version("here", conflict.yours),
                "hidden": list(hidden(filled)),
            }
        )
    values = {
        "layout": request.registry["assessments"].layout,
        "quiz": attempt.quiz,
        "url": request.resource_url(attempt),
        "page": sheet.page,
        "do": request.POST.get("do", "save"),
        "post": secrets.token_urlsafe(12),
        "pairs": pairs,
    }
    response = render_to_response(VERSIONS, values, request)
    response.headers["Cache-Control"] = "no-store"
    return response
