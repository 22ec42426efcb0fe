"""What the pages of awards have in common, those of a course's and those of paths: the form, what
becomes of it, a row of the list."""

import secrets
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory

from certificates import awarding
from certificates.resources import Award, Awards
from certificates.wording import decimal
from lms.forms import create_form, handle_form_submission
from lms.views.award_form import settings_from
from lms.views.award_words import rule_lines, validity_words

_ = TranslationStringFactory("tutela")

FRESH = {
    "kind": "achievement",
    "validity": "forever",
    "reminders": ", ".join(map(str, Award.reminders)),
    "template": Award.template,
    "automatic": True,
}
"""What the form of a new award begins with."""
RETIRED = _("The certificate is issued no more. Those that were issued stay.")
RESTORED = _("The certificate is issued again.")


class AwardPages(ABC):
    """A subclass says ``room`` (the resource of the list), ``list_name`` and ``saved_words``."""

    request: Any
    room: Any
    list_name: str
    saved_words: str

    @abstractmethod
    def schema(self, award: Award | None):
        """The form's fields; without an award those of a new one."""

    @abstractmethod
    def title(self):
        """The heading above the form."""

    @abstractmethod
    def subject(self) -> str:
        """What a new award is of; empty for a path, which is its own."""

    @abstractmethod
    def noted(self, award: Award) -> str:
        """What the audit trail says a change was about."""

    @abstractmethod
    def reassess(self, award: Award, issuer: str, now: datetime) -> None:
        """Issue what is earned by the award as it is now."""

    def form(self, award: Award | None):
        return create_form(self.request, self.schema(award), buttons=((_("Save"), "save"),))

    def page(self, html):
        translate = self.request.localizer.translate
        back = {"url": self.request.resource_url(self.room), "words": translate(self.list_name)}
        return {"title": translate(self.title()), "form": html, "trail": back}

    def submitted(self, award: Award | None):
        return handle_form_submission(
            self.request,
            self.form(award),
            lambda values: self.saved(award, settings_from(values)),
            self.page,
        )

    def saved(self, award: Award | None, settings: dict):
        before = {} if award is None else awarding.settings_of(award)
        action = "award added" if award is None else "award changed"
        if award is None:
            all_awards: Awards = self.request.root.certificates.awards
            award = awarding.create(
                all_awards,
                subject=self.subject(),
                title=settings["title"],
                now=datetime.now(UTC),
                random=secrets.token_bytes,
            )
        awarding.change(award, settings)
        now = awarding.settings_of(award)
        decided = {name: value for name, value in now.items() if before.get(name) != value}
        return self.done(award, action, self.saved_words, **decided)

    def retired(self, award: Award):
        awarding.retire(award, datetime.now(UTC))
        return self.done(award, "award retired", RETIRED)

    def restored(self, award: Award):
        awarding.restore(award)
        return self.done(award, "award restored", RESTORED)

    def done(self, award: Award, action: str, words, **decided):
        """Note it, issue what is earned by it, and go to the list, which says what was done.

        :param decided: what is another than before, by its name
        """
        request = self.request
        details = {"award": award.__name__, "title": award.title, **decided}
        request.note(action, self.noted(award), details)
        self.reassess(award, request.registry["settings"].name, datetime.now(UTC))
        request.session.flash(request.localizer.translate(words), "right")
        return HTTPSeeOther(request.resource_url(self.room))

    def row(self, award: Award, name: str, url: str, edit_url: str) -> dict:
        """
        :param url: where it is retired and taken up again; :param edit_url: its form
        """
        return {
            "award": award,
            "name": name,
            "asked": rule_lines(self.request, award),
            "validity": validity_words(self.request, award),
            "hours": decimal(award.hours, self.request.locale_name) if award.hours else "",
            "url": url,
            "edit_url": edit_url,
        }
