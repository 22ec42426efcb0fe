"""Trying a quiz out: what is in the way of a learner, and an attempt that counts nowhere."""

from pyramid.view import view_config

from assessments.quizzes import checks
from assessments.quizzes.sections import sections_of, slots
from assessments.resources import Quiz
from assessments.views.bank_page import bank_of
from assessments.views.quiz_page import page


@view_config(
    context=Quiz,
    name="preview",
    permission="quiz:edit",
    request_method="GET",
    renderer="assessments:templates/quizzes/preview.jinja2",
)
def preview(context, request):
    """The button that begins such an attempt sends to ``start``, where a learner begins too."""
    sections, bank = sections_of(context), bank_of(request)
    findings = checks.check(bank, sections)
    learner = request.registry["assessments.learner"](request)
    return page(
        request,
        quiz=context,
        findings=findings,
        sections=[
            (number, findings.sections[section.id])
            for number, section in enumerate(sections, 1)
            if section.id in findings.sections
        ],
        questions=[
            (number, findings.slots[slot.id])
            for number, slot in enumerate(slots(sections), 1)
            if slot.id in findings.slots
        ],
        possible=checks.enough(bank, sections),
        before=context.by_learner.get(f"{learner}/preview"),
    )
