"""A question's texts in other languages, beside the texts themselves."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from assessments.bank import items
from assessments.bank.refusals import BankRefused
from assessments.bank.translating import (
    check_language,
    direction,
    missing,
    problems,
    rows,
    translate,
)
from assessments.questions.texts import untold
from assessments.resources import Item
from assessments.views.bank_page import author, now, page, posted, shown_path, tell

_ = TranslationStringFactory("tutela")

FIELD = "text:"


@view_defaults(context=Item, name="texts", renderer="assessments:templates/bank/texts.jinja2")
class TextViews:
    """``/bank/<category>/<item>/texts``: the languages, and one of them."""

    def __init__(self, context: Item, request):
        self.item = context
        self.request = request

    @view_config(request_method="GET", permission="item:use")
    def show(self):
        try:
            code = self.request.GET.get("language", "")
            language = check_language(code) if code else ""
        except BankRefused as refused:
            tell(self.request, refused.message, "wrong")
            return HTTPSeeOther(self.request.resource_url(self.item, "texts"))
        return self._page(language)

    @view_config(request_method="POST", permission="item:edit")
    def save(self):
        """A new version, when a translation is different."""
        given = posted(self.request)
        try:
            language = check_language(str(given.get("language", "")))
        except BankRefused as refused:
            tell(self.request, refused.message, "wrong")
            return HTTPSeeOther(self.request.resource_url(self.item, "texts"))
        texts = {
            name.removeprefix(FIELD): text
            for name, text in given.items()
            if name.startswith(FIELD) and isinstance(text, str)
        }
        question = translate(self.item.current.question, language, texts)
        wrong = problems(question, language)
        if wrong:
            self.request.response.status_int = 400
            return self._page(language, wrong, texts)
        version = items.save(
            self.item,
            question,
            self.item.current.files,
            now=now(),
            by=author(self.request),
            note=language,
        )
        if version is None:
            words = _("Nothing was different, so nothing was saved.")
        else:
            words = _("Version ${number} is saved.", {"number": version.number})
        tell(self.request, words)
        query = {"language": language}
        return HTTPSeeOther(self.request.resource_url(self.item, "texts", query=query))

    def _page(self, language: str, wrong=(), texts=None):
        question = self.item.current.question
        found = rows(question, language) if language else []
        return page(
            self.request,
            item=self.item,
            path=shown_path(self.request, self.item.category),
            question=question,
            languages=[
                (code, missing(question, code), bool(untold(question, code)))
                for code in sorted(question.translations)
            ],
            language=language,
            direction_of=direction,
            rows=found,
            untold=any(row.accepted and row.missing for row in found),
            texts=texts,
            problems=wrong,
            field=FIELD,
            editable=self.request.has_permission("item:edit", self.item),
        )
