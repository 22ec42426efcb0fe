"""What the pages of templates share: names, notices, the languages of words, and pages printed as
pictures."""

import io
from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from PIL import Image
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.traversal import find_interface

from certificates import designing, samples
from certificates.designs import Design
from certificates.forms import LANGUAGE
from certificates.host import address_of, translator
from certificates.resources import (
    Award,
    Certificates,
    IncludedTemplate,
    Template,
    TemplateVersion,
)
from certificates.views import page as pages
from certificates.views.page import HEADERS

_ = TranslationStringFactory("tutela")

NOTICES = {
    "saved": _("A new version is saved. Certificates from now on look like this."),
    "renamed": _("The name is changed."),
    "as it was": _("Nothing was different. No new version was made."),
    "brought back": _("The template can be chosen again."),
    "taken in": _("The template is taken in."),
}
"""What was done, in words, by the word that the address carries."""
SMALL = (480, 480)
"""Pixels of a picture in the list."""
COLOURS = 64


def page(request, **more) -> dict:
    """The values of a template."""
    return pages.page(
        request,
        **{
            "said": NOTICES.get(request.GET.get("said", "")),
            "say": request.localizer.translate,
            "award_called": lambda award: award_called(request, award),
            **more,
        },
    )


def said(request, what: str, template: Template) -> HTTPSeeOther:
    """To the template's page, which says what was done."""
    address = request.resource_url(template, query={"said": what})
    return HTTPSeeOther(address, headers=HEADERS)


def called(request, template: Template | IncludedTemplate) -> str:
    """How pages name a template."""
    if isinstance(template, Template):
        return template.name
    return request.localizer.translate(designing.INCLUDED_NAMES[template.__name__])


def award_called(request, award: Award) -> str:
    return request.registry["certificates.award_called"](request, award)


def own(version: TemplateVersion) -> Design:
    return Design.from_plain(version.design)


def languages(request) -> Mapping[str, str]:
    """The languages of the site, by their own names."""
    return request.registry["certificates.languages"]


def language_name(request, language: str) -> str:
    """A language by its own name; the code itself where none is known."""
    if language in languages(request):
        return languages(request)[language]
    try:
        found = Locale.parse(language, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        found = None
    return f"{found} ({language})" if found else language


def page_in(
    request, design: Design, images: Mapping[str, bytes], language: str | None = None
) -> bytes:
    """A sample certificate as PNG, in a language or in the one that the address asks for.

    :raises certificates.fonts.MissingGlyphs: when no font has a character of it
    :raises certificates.pdf.workers.PrintingFailed: when it cannot be printed just now
    """
    asked = language or request.GET.get("language", request.locale_name)
    if not LANGUAGE.fullmatch(asked):
        asked = request.locale_name
    certificates = find_interface(request.context, Certificates)
    order = samples.order(
        design,
        images,
        asked,
        translator(request.registry, asked),
        issuer=request.registry["certificates"].issuer,
        url=address_of(request.registry, certificates),
    )
    return request.registry["certificates.printer"].preview(order)


def small(page: bytes) -> bytes:
    """The same for a list, on a slow line: some ten kilobytes."""
    with Image.open(io.BytesIO(page)) as opened:
        image = Image.new("RGB", opened.size, "white")  # paper, where nothing is drawn
        drawn = opened.convert("RGBA")
        image.paste(drawn, mask=drawn)
    image.thumbnail(SMALL)
    file = io.BytesIO()
    image.quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()
