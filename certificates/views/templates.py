"""``/certificates/templates/``: how certificates look. The list, and one template with its
versions: made, copied, taken in, carried away, retired."""

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther, HTTPServiceUnavailable
from pyramid.i18n import TranslationStringFactory
from pyramid.response import Response
from pyramid.view import view_config, view_defaults

from certificates import designing, forms, pictures, template_files
from certificates.designing import TemplateRefused
from certificates.designs import INCLUDED, Design, DesignRefused
from certificates.fonts import MissingGlyphs
from certificates.pdf.workers import PrintingFailed
from certificates.pictures import PictureRefused
from certificates.resources import IncludedTemplate, Template, Templates, TemplateVersion
from certificates.template_files import TemplateFileRefused
from certificates.views.page import HEADERS, download, when
from certificates.views.template_page import (
    called,
    own,
    page,
    page_in,
    said,
    small,
)

_ = TranslationStringFactory("tutela")
FOLDER = "certificates:templates/designer/"
REFUSALS = (TemplateRefused, TemplateFileRefused, DesignRefused, PictureRefused)
NEW = {"name": "new", "permission": "template:edit", "renderer": FOLDER + "new.jinja2"}
IMPORT = {"name": "import", "permission": "template:edit", "renderer": FOLDER + "import.jinja2"}
KEPT = {"Cache-Control": "private, max-age=86400"}


@view_defaults(context=Templates, permission="template:view")
class TemplatesViews:
    """All of them."""

    def __init__(self, context: Templates, request):
        self.templates = context
        self.certificates = context.__parent__
        self.request = request

    @view_config(request_method="GET", renderer=FOLDER + "list.jinja2")
    def show(self):
        """The included ones, and the site's own."""
        used = {
            key: len([award for award in designing.uses(self.certificates, key) if _live(award)])
            for key in (*INCLUDED, *(each.__name__ for each in self.templates.values()))
        }
        return page(
            self.request,
            templates=self.templates,
            included=[self.templates[key] for key in INCLUDED],
            own=designing.in_order(self.certificates),
            used=used,
            called=lambda template: called(self.request, template),
        )

    @view_config(**NEW, request_method="GET")
    def ask_new(self):
        """A template begins as a copy of an included one, or of one of the site's own."""
        return self._new("", self.request.GET.get("base", ""))

    @view_config(**NEW, request_method="POST", require_csrf=True)
    def new(self):
        """Make it, and go on to change it."""
        name, base = (self.request.POST.get(field, "") for field in ("name", "base"))
        try:
            design, images = designing.base_of(self.certificates, base)
            made = designing.make(
                self.certificates, name, design, images, now(), secrets.token_bytes
            )
        except REFUSALS as refused:
            return self._new(name, base, refused.said(self.request.localizer.translate))
        return HTTPSeeOther(self.request.resource_url(made, "edit"), headers=HEADERS)

    def _new(self, name: str, base: str, problem: str | None = None):
        everything = [self.templates[key] for key in INCLUDED]
        everything += designing.in_order(self.certificates)
        return page(
            self.request,
            status=400 if problem else 200,
            templates=self.templates,
            choices=[(each.__name__, called(self.request, each)) for each in everything],
            name=name,
            base=base,
            problem=problem,
        )

    @view_config(**IMPORT, request_method="GET")
    def ask_file(self):
        """A template out of a file, from this site or from another one."""
        return self._import("")

    @view_config(**IMPORT, request_method="POST", require_csrf=True)
    def take_in(self):
        """Take it in, and show it."""
        name = self.request.POST.get("name", "")
        try:
            made = self._taken_in(self.request.POST.get("upload:template"), name)
        except REFUSALS as refused:
            return self._import(name, refused.said(self.request.localizer.translate))
        return said(self.request, "taken in", made)

    def _import(self, name: str, problem: str | None = None):
        return page(
            self.request,
            status=400 if problem else 200,
            templates=self.templates,
            name=name,
            problem=problem,
        )

    def _taken_in(self, sent, name: str) -> Template:
        if not getattr(sent, "filename", ""):
            raise TemplateFileRefused(_("Choose a file to take in."))
        sent.file.seek(0)  # a request that is done again has the same file, read already
        found, design, images = template_files.read(sent.file.read(template_files.MOST_BYTES + 1))
        return designing.make(
            self.certificates, name or found, design, images, now(), secrets.token_bytes
        )


@view_defaults(context=IncludedTemplate, permission="template:view")
class IncludedViews:
    """One that came with the house."""

    def __init__(self, context: IncludedTemplate, request):
        self.template = context
        self.request = request

    @view_config(request_method="GET", renderer=FOLDER + "template.jinja2")
    def show(self):
        return page(
            self.request,
            template=self.template,
            name=called(self.request, self.template),
            templates=self.template.__parent__,
            uses=designing.uses(self.template.__parent__.__parent__, self.template.__name__),
            included=True,
        )

    @view_config(name="preview.png", request_method="GET")
    def preview(self):
        return picture_of(self.request, INCLUDED[self.template.__name__], {})

    @view_config(name="small.png", request_method="GET")
    def small(self):
        return picture_of(self.request, INCLUDED[self.template.__name__], {}, small)


@view_defaults(context=Template, permission="template:view")
class TemplateViews:
    """One of the site's own."""

    def __init__(self, context: Template, request):
        self.template = context
        self.request = request

    @view_config(request_method="GET", renderer=FOLDER + "template.jinja2")
    def show(self):
        """How it looks now, which awards use it, and its versions, the newest first."""
        template, say = self.template, self.request.localizer.translate
        versions = list(template.versions.values())
        changes = [
            [say(forms.LABELS[field]) for field in designing.differences(before, after)]
            for before, after in pairwise(versions)
        ]
        return page(
            self.request,
            template=template,
            name=template.name,
            templates=template.__parent__,
            uses=designing.uses(template.__parent__.__parent__, template.__name__),
            versions=list(zip(versions, [[], *changes], strict=True))[::-1],
            when=lambda moment: when(self.request, moment),
            included=False,
        )

    @view_config(
        name="retire", permission="template:edit", request_method="POST", require_csrf=True
    )
    def retire(self):
        designing.retire(self.template, now())
        return HTTPSeeOther(self.request.resource_url(self.template), headers=HEADERS)

    @view_config(
        name="bring-back", permission="template:edit", request_method="POST", require_csrf=True
    )
    def bring_back(self):
        designing.bring_back(self.template)
        return said(self.request, "brought back", self.template)

    @view_config(name="export", request_method="GET")
    def export(self):
        """The template as it is now, as a file for another site."""
        version = self.template.current
        name = re.sub(r"[^a-z0-9]+", "-", self.template.name.lower()).strip("-") or "template"
        content = template_files.written(self.template.name, own(version), version.images)
        return download(content, "application/zip", f"{name}.zip")

    @view_config(name="picture", request_method="GET")
    def picture(self):
        """One of this template's pictures, by its digest: ``…/picture/<digest>``."""
        found = designing.find_picture(self.template, "/".join(self.request.subpath))
        if found is None:
            raise HTTPNotFound
        return picture(found)


@view_defaults(context=TemplateVersion, permission="template:view")
class VersionViews:
    """One version of one template."""

    def __init__(self, context: TemplateVersion, request):
        self.version = context
        self.request = request

    @view_config(request_method="GET", renderer=FOLDER + "version.jinja2")
    def show(self):
        template = self.version.__parent__
        return page(
            self.request,
            template=template,
            version=self.version,
            current=self.version is template.current,
            when=lambda moment: when(self.request, moment),
        )

    @view_config(name="preview.png", request_method="GET")
    def preview(self):
        return picture_of(self.request, own(self.version), self.version.images)

    @view_config(name="small.png", request_method="GET")
    def small(self):
        return picture_of(self.request, own(self.version), self.version.images, small)

    @view_config(name="again", permission="template:edit", request_method="POST", require_csrf=True)
    def use_again(self):
        """Save this version once more, as the newest one."""
        template = self.version.__parent__
        made = designing.use_again(template, self.version.number, now())
        return said(self.request, "saved" if made else "as it was", template)


def now() -> datetime:
    return datetime.now(UTC)


def picture_of(request, design: Design, images: Mapping[str, bytes], resized=bytes) -> Response:
    """A sample page; in place of one that cannot be printed, why not."""
    try:
        return picture(resized(page_in(request, design, images)))
    except (MissingGlyphs, PrintingFailed) as problem:
        raise HTTPServiceUnavailable(str(problem)) from problem


def picture(content: bytes) -> Response:
    """A picture for this person's browser, which may keep it for a day."""
    response = Response(content, content_type=pictures.media_type(content))
    response.headers.update({**HEADERS, **KEPT})
    return response


def _live(award) -> bool:
    return award.retired is None
