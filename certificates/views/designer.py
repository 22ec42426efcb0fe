"""The designer: a template's next version as a form, beside a picture of the page.

With script the picture follows the typing (``static/designer.js``); without, a button shows it.
What is sent is kept in neither case before it is saved, but for pictures: those are sent once.
"""

import base64
from datetime import UTC, datetime

from pyramid.i18n import TranslationStringFactory
from pyramid.traversal import find_interface
from pyramid.view import view_config, view_defaults

from certificates import designing, forms, pictures
from certificates.designing import TemplateRefused
from certificates.designs import PARTS
from certificates.fonts import MissingGlyphs
from certificates.host import translator
from certificates.pdf.phrases import phrases
from certificates.pdf.workers import PrintingFailed
from certificates.pictures import PictureRefused
from certificates.resources import Certificates, Template
from certificates.views.template_page import (
    language_name,
    languages,
    own,
    page,
    page_in,
    said,
)

_ = TranslationStringFactory("tutela")

COMMIT = {"X-Tm": "commit"}
"""What is kept although the answer is one about mistakes (``pyramid_tm``): pictures alone."""
FORM = "certificates:templates/designer/edit.jinja2"
STALE = _(
    "Somebody saved another version while you were working. Look at it in another window. If you "
    "save now, yours becomes the newest version."
)


@view_defaults(context=Template, permission="template:edit")
class DesignerViews:
    """``/certificates/templates/<id>/edit`` and its picture."""

    def __init__(self, context: Template, request):
        self.template = context
        self.request = request
        self.certificates = find_interface(context, Certificates)

    @view_config(name="edit", request_method="GET", renderer=FORM)
    def ask(self):
        """The form with the newest version in it."""
        version = self.template.current
        digests = {name: picture.digest for name, picture in version.pictures.items()}
        texts = forms.opened(self.template.name, own(version), digests, languages(self.request))
        texts["base"] = str(version.number)
        return self._form(texts, {})

    @view_config(name="edit", request_method="POST", renderer=FORM, require_csrf=True)
    def answer(self):
        """Save, show the page, or make room for another language."""
        texts, errors = self._received()
        do = texts.get("do", "preview")
        if do == "language":
            errors |= self._another(texts)
            return self._form(texts, errors)
        read = self._read(texts)
        errors = {**read.errors, **errors}
        if do != "save":
            return self._form(texts, errors, read)
        try:
            designing.checked_name(self.certificates, read.name, self.template)
        except TemplateRefused as refused:
            errors = {"name": refused.messages[0], **errors}
        stale = texts.get("base") != str(self.template.current.number)
        if errors or stale or read.design is None:
            return self._form(texts, errors, read, [STALE] if stale else [])
        renamed = designing.rename(self.certificates, self.template, read.name)
        made = designing.save(self.template, read.design, read.images, datetime.now(UTC))
        what = "saved" if made else "renamed" if renamed else "as it was"
        return said(self.request, what, self.template)

    @view_config(name="picture-of", request_method="POST", renderer="json", require_csrf=True)
    def picture_of(self):
        """The page that the form would make, for the script: a picture, or what is in its way."""
        texts, errors = self._received()
        read = self._read(texts)
        errors = {**read.errors, **errors}
        shown, remarks = self._shown(texts, read, errors)
        self.request.response.headers["Cache-Control"] = "no-store"
        return {
            "picture": shown,
            "remarks": remarks,
            "kept": {
                slot: {"digest": digest, "address": self._address(digest)}
                for slot in forms.SLOTS
                if (digest := texts.get(f"picture-{slot}", ""))
            },
            "refused": [slot for slot in forms.SLOTS if slot in errors],
        }

    def _received(self) -> tuple[dict[str, str], forms.Errors]:
        """The texts of the form; pictures that came with it are kept, and in it by digest."""
        posted = self.request.POST
        texts = {name: value for name, value in posted.items() if isinstance(value, str)}
        errors: forms.Errors = {}
        for slot in forms.SLOTS:
            sent = posted.get(f"upload:{slot}")
            if not getattr(sent, "filename", ""):
                continue
            sent.file.seek(0)  # a request that is done again has the same file, read already
            content = sent.file.read(pictures.MOST_BYTES + 1)
            try:
                texts[f"picture-{slot}"] = designing.keep_picture(
                    self.template, content, slot, datetime.now(UTC)
                )
                texts.pop(f"without-{slot}", None)
            except PictureRefused as refused:
                errors[slot] = refused.messages[0]
        return texts, errors

    def _read(self, texts: dict[str, str]) -> forms.Read:
        return forms.read(
            texts,
            languages(self.request),
            lambda digest: designing.find_picture(self.template, digest),
        )

    def _another(self, texts: dict[str, str]) -> forms.Errors:
        """Room for words in the language that was typed."""
        typed = texts.get("another", "").strip()
        if not forms.LANGUAGE.fullmatch(typed):
            return {"another": _("Write the code of a language, such as pt or pt-BR.")}
        there = forms.languages_of(texts, languages(self.request))
        texts["languages"] = " ".join([*there, typed])
        texts["language"], texts["another"] = typed, ""
        return {}

    def _form(
        self,
        texts: dict[str, str],
        errors: forms.Errors,
        read: forms.Read | None = None,
        problems: list[str] | None = None,
    ) -> dict:
        there = forms.languages_of(texts, languages(self.request))
        texts["languages"] = " ".join(there)
        texts["base"] = str(self.template.current.number)
        texts["language"] = self._language(texts)
        shown, remarks = (None, []) if read is None else self._shown(texts, read, errors)
        response = page(
            self.request,
            status=400 if errors or problems else 200,
            template=self.template,
            texts=texts,
            errors=errors,
            problems=problems or [],
            remarks=remarks,
            shown=shown,
            forms=forms,
            there=[(language, language_name(self.request, language)) for language in there],
            house={language: self._house(language) for language in there},
            open_languages=self._open(texts, errors, there),
            label=lambda name: self.request.localizer.translate(forms.label_of(name)),
            address=self._address,
        )
        self.request.response.headers.update(COMMIT)
        return response

    def _open(self, texts: dict[str, str], errors: forms.Errors, there: list[str]) -> set[str]:
        """The languages whose words are unfolded: what is written, wrong, or looked at."""
        return {
            language
            for language in there
            if language == texts["language"]
            or any(
                texts.get(name) or name in errors
                for name in (f"words-{language}-{part}" for part in PARTS)
            )
        }

    def _house(self, language: str) -> dict[str, str]:
        """What is printed in a language where the design says nothing."""
        words = phrases(language, "achievement", translator(self.request.registry, language))
        return {part: getattr(words, part, "") for part in PARTS}

    def _shown(
        self, texts: dict[str, str], read: forms.Read, errors: forms.Errors
    ) -> tuple[str | None, list[str]]:
        """The page as an address that holds the picture, and what there is to be said."""
        say = self.request.localizer.translate
        remarks = [say(words) for name, words in errors.items() if name != "name"]
        if read.design is None:
            return None, remarks
        try:
            made = page_in(self.request, read.design, read.images, self._language(texts))
        except (MissingGlyphs, PrintingFailed) as missing:
            return None, [*remarks, missing.said(say)]
        return f"data:image/png;base64,{base64.b64encode(made).decode()}", remarks

    def _language(self, texts: dict[str, str]) -> str:
        there = forms.languages_of(texts, languages(self.request))
        asked = texts.get("language", self.request.locale_name)
        return asked if asked in there else there[0]

    def _address(self, digest: str) -> str:
        return self.request.resource_url(self.template, "picture", digest)
