"""Printing, for the one the certificate was issued to: a name is typed, printed and forgotten."""

from pyramid.i18n import TranslationStringFactory, make_localizer
from pyramid.interfaces import ITranslationDirectories
from pyramid.response import Response
from pyramid.view import view_config

from certificates import pdf, wording
from certificates.resources import Certificate
from certificates.views.page import HEADERS, certificate_page

_ = TranslationStringFactory("tutela")

HEADING = _("Certificate of completion")
PRINT = {
    "context": Certificate,
    "name": "print",
    "renderer": "certificates:templates/print.jinja2",
    "permission": "certificate:print",
}


@view_config(**PRINT, request_method="GET")
def ask_name(context, request):
    """The form where the holder types the name to print."""
    return certificate_page(request, context, name="")


@view_config(**PRINT, request_method="POST", require_csrf=True)
def print_pdf(context, request):
    """The PDF with the typed name, which is not kept."""
    if context.revoked is not None:
        return certificate_page(request, context, name="", status=409)
    name = request.POST.get("name", "")
    settings = request.registry["certificates"]
    words = words_of(request, context.snapshot["language"])
    try:
        content = pdf.render(
            context,
            name,
            words,
            details=details(context.snapshot, words.language),
            url=settings.site_url + request.resource_path(context).rstrip("/"),
            folders=settings.fonts,
        )
    except (pdf.NameRefused, pdf.MissingGlyphs) as refused:
        return certificate_page(request, context, name=name, status=400, problem=str(refused))
    response = Response(
        content,
        content_type="application/pdf",
        content_disposition='attachment; filename="certificate.pdf"',
    )
    response.headers.update(HEADERS)
    return response


def words_of(request, language: str) -> pdf.Words:
    """The fixed words in the certificate's language, whatever the visitor's; else English."""
    folders = request.registry.queryUtility(ITranslationDirectories, default=[])
    translate = make_localizer(language.replace("-", "_"), folders).translate
    translated = translate(HEADING) != HEADING
    return pdf.Words(
        language=language if translated or language.startswith("en") else "en",
        heading=translate(HEADING),
        to=translate(_("Awarded to")),
        for_=translate(_("For completing the course")),
        issued=translate(_("Issued")),
        code=translate(_("Certificate code")),
        check=translate(_("Check this certificate at")),
        qr_alt=translate(_("QR code with the address of this certificate’s page")),
    )


def details(snapshot: dict, language: str) -> str:
    """Length and score, where they are known."""
    parts = []
    if snapshot.get("minutes"):
        parts.append(wording.length(snapshot["minutes"], language))
    if snapshot.get("score") is not None:
        parts.append(wording.percent(snapshot["score"], language))
    return " · ".join(parts)
