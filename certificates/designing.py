"""Templates as admins make them: from another one, in versions that never change.

What is used already stays as it was: saving makes a new version, retiring takes a template from
the choice and nothing else, and nothing is ever removed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from translationstring import TranslationStringFactory

from certificates import pictures
from certificates.designs import INCLUDED, Design, checked
from certificates.refusals import Refused
from certificates.resources import Award, Certificates, Picture, Template, TemplateVersion
from certificates.resources.template import digest_of

_ = TranslationStringFactory("tutela")

INCLUDED_NAMES = {"quiet": _("Quiet"), "frame": _("Frame"), "band": _("Band")}
LONGEST_NAME = 100
ID_OCTETS = 8
MOST_UNSAVED = 12
"""Pictures that wait for the next version of a template; the oldest give way."""


class TemplateRefused(Refused):
    """What was asked cannot be done; the message says why."""


def checked_name(certificates: Certificates, name: str, own: Template | None = None) -> str:
    """The name as it is kept.

    :param own: the template that has it or is to get it
    :raises TemplateRefused: when it is empty, too long, or another template's
    """
    kept = " ".join(name.split())
    if not kept:
        raise TemplateRefused(_("Give the template a name."))
    if len(kept) > LONGEST_NAME:
        most = {"most": LONGEST_NAME}
        raise TemplateRefused(_("The name may have at most ${most} characters.", mapping=most))
    if not kept.isprintable():
        raise TemplateRefused(_("The name has characters that cannot be shown. Type it afresh."))
    others = [each.name for each in certificates.templates.values() if each is not own]
    if kept.casefold() in {each.casefold() for each in (*others, *INCLUDED_NAMES.values())}:
        raise TemplateRefused(_("Another template has this name. Choose a different one."))
    return kept


def make(
    certificates: Certificates,
    name: str,
    design: Design,
    images: Mapping[str, bytes],
    now: datetime,
    random: Callable[[int], bytes],
) -> Template:
    """A new template with its first version.

    :raises TemplateRefused: for its name
    :raises certificates.designs.DesignRefused: for its design
    """
    kept = checked_name(certificates, name)
    checked(design, images)
    template = Template(random(ID_OCTETS).hex(), kept, now)
    certificates.templates.add(template)
    _add_version(template, 1, design, images, now)
    return template


def base_of(certificates: Certificates, key: str) -> tuple[Design, Mapping[str, bytes]]:
    """What a new template begins with: one that is included, or another one as it is now.

    :raises TemplateRefused: when there is none of this id
    """
    if key in INCLUDED:
        return INCLUDED[key], {}
    template = certificates.templates.get(key)
    if template is None:
        raise TemplateRefused(_("Choose a template to begin with."))
    return Design.from_plain(template.current.design), template.current.images


def save(
    template: Template, design: Design, images: Mapping[str, bytes], now: datetime
) -> TemplateVersion | None:
    """A new version, or None when nothing is different from the present one.

    :param images: those that are there, by name; what the design does not name is left out
    :raises certificates.designs.DesignRefused: with every problem, by field
    """
    checked(design, images)
    present = template.current
    if (design.to_plain(), _needed(design, images)) == (present.design, present.images):
        return None
    made = _add_version(template, present.number + 1, design, images, now)
    template.unsaved.clear()
    return made


def use_again(template: Template, number: int, now: datetime) -> TemplateVersion | None:
    """A new version that is like an earlier one; None when the present one is like it already."""
    earlier = template.versions[number]
    return save(template, Design.from_plain(earlier.design), earlier.images, now)


def _add_version(
    template: Template,
    number: int,
    design: Design,
    images: Mapping[str, bytes],
    now: datetime,
) -> TemplateVersion:
    known = list(_pictures(template).values())
    kept = _needed(design, images)
    version = TemplateVersion(number, design.to_plain(), kept, now, known)
    template.add(version)
    return version


def _needed(design: Design, images: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in images.items() if name in design.images}


def _pictures(template: Template) -> dict[str, Picture]:
    """Every picture of a template by digest: those of its versions, and those that wait."""
    found = {
        picture.digest: picture
        for version in template.versions.values()
        for picture in version.pictures.values()
    }
    return {**found, **template.unsaved}


def find_picture(template: Template, digest: str) -> bytes | None:
    """One of this template's pictures, never another's."""
    found = _pictures(template).get(digest)
    return None if found is None else found.content


def keep_picture(template: Template, content: bytes, name: str, now: datetime) -> str:
    """Clean a picture that was sent, and keep it for the next version.

    :param name: what it is for: ``seal``, ``background``, ``signature-1``…
    :return: its digest
    :raises certificates.pictures.PictureRefused: when it cannot be used
    """
    drawn = pictures.cleaned(content, name)
    digest = digest_of(drawn)
    if digest not in _pictures(template):
        template.unsaved[digest] = Picture(drawn, now)
        waiting = sorted(template.unsaved.values(), key=lambda each: each.added)
        for oldest in waiting[:-MOST_UNSAVED]:
            del template.unsaved[oldest.digest]
    return digest


def rename(certificates: Certificates, template: Template, name: str) -> bool:
    """Give it another name; whether it was different. Certificates do not show it.

    :raises TemplateRefused: as :func:`checked_name` does
    """
    kept = checked_name(certificates, name, template)
    different = kept != template.name
    if different:
        template.name = kept
    return different


def retire(template: Template, now: datetime) -> None:
    """Offer it no more. Awards that use it, and certificates, stay as they are."""
    if template.retired is None:
        template.retired = now


def bring_back(template: Template) -> None:
    """Offer it again."""
    template.retired = None


def uses(certificates: Certificates, key: str) -> list[Award]:
    """The awards that give certificates of this look, by title; those that are retired last."""
    found = [award for award in certificates.awards.values() if award.template == key]
    return sorted(found, key=lambda award: (award.retired is not None, award.title.casefold()))


def in_order(certificates: Certificates) -> list[Template]:
    """The site's own templates by name; those that are retired last."""
    return sorted(
        certificates.templates.values(),
        key=lambda each: (each.retired is not None, each.name.casefold()),
    )


def choices(certificates: Certificates, chosen: str | None = None) -> list[tuple[str, str]]:
    """``(id, name)`` of the templates that an award can have: the included ones, whose names are
    to be translated, then the site's own that are not retired.

    :param chosen: the id that an award has now, which stays in the choice when it is retired
    """
    own = [
        (each.__name__, each.name)
        for each in in_order(certificates)
        if each.retired is None or each.__name__ == chosen
    ]
    return [*INCLUDED_NAMES.items(), *own]


def differences(before: TemplateVersion, after: TemplateVersion) -> list[str]:
    """What differs between two versions: the fields of the design, in its order, and the names of
    images that are others under the same name."""
    earlier, later = Design.from_plain(before.design), Design.from_plain(after.design)
    found = [
        field
        for field in Design.__dataclass_fields__
        if getattr(earlier, field) != getattr(later, field)
    ]
    was, now = _digests(before), _digests(after)
    changed = [name for name in now if name in was and was[name] != now[name]]
    return list(dict.fromkeys([*found, *(_field_of(name) for name in changed)]))


def _digests(version: TemplateVersion) -> dict[str, str]:
    return {name: picture.digest for name, picture in version.pictures.items()}


def _field_of(image: str) -> str:
    return "signatories" if pictures.kind_of(image) == "signature" else image
