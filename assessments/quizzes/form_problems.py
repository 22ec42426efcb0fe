"""What in the rules of a quiz cannot be so, by the field of its form that says it."""

from datetime import timedelta
from decimal import Decimal

from translationstring import TranslationStringFactory

from assessments.bank.fields import Errors
from assessments.quizzes.plan import Behaviour, Overdue, Settings

_ = TranslationStringFactory("tutela")


def problems(settings: Settings) -> Errors:
    """What in the rules cannot be so, by the field of the form that says it."""
    found: Errors = {}
    automatic = settings.behaviour in (Behaviour.DEFERRED, Behaviour.IMMEDIATE)
    if settings.certainty and not automatic:
        found["certainty"] = _(
            "Certainty counts only where answers are marked at the end, or can be checked once. "
            "Choose one of these, or take this tick away."
        )
    if settings.opens is not None and settings.closes is not None:
        if settings.closes <= settings.opens:
            found["closes"] = _("The quiz would close before it opens. Choose a later time.")
        elif timedelta(seconds=settings.seconds) > settings.closes - settings.opens:
            found["minutes"] = _(
                "This is longer than the quiz is open. Write fewer minutes, or close it later."
            )
    if settings.overdue is Overdue.GRACE and not settings.grace:
        found["grace"] = _("Write for how many minutes it can still be handed in.")
    if settings.attempts == 1 and any(settings.wait):
        name = "wait_first" if settings.wait[0] else "wait_later"
        found[name] = _("There is only one attempt, so there is nothing to wait for.")
    elif settings.attempts == 2 and settings.wait[1]:
        found["wait_later"] = _("There are only two attempts. Write the wait between these above.")
    if settings.pass_percent is not None and not 0 < settings.pass_percent <= 100:
        found["pass_percent"] = _("Write a percentage above 0, and no more than 100.")
    if settings.out_of <= 0:
        found["out_of"] = _("Write a number above 0.")
    if not 0 <= settings.differ <= 1:
        found["differ"] = _("Write a percentage from 0 to 100.")
    return {**found, **_bands(settings)}


def _bands(settings: Settings) -> Errors:
    found: Errors = {}
    before: Decimal | None = None
    lowest = -200 if settings.certainty else 0
    for number, band in enumerate(settings.bands):
        name = f"bands-{number}-least"
        if not lowest <= band.least <= 100:
            found[name] = _("Write a percentage from ${least} to 100.", {"least": lowest})
        elif before is not None and band.least <= before:
            found[name] = _("Write more percent than for the words before. The lowest comes first.")
        before = band.least
    return found
