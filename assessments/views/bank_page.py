"""What every page of the question bank is given, and who may see what in it."""

from collections.abc import Callable
from datetime import UTC, datetime

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationString, TranslationStringFactory

from assessments.bank import categories
from assessments.bank.editor import Upload
from assessments.bank.layouts import LAYOUTS
from assessments.bank.shares import write_number, write_share
from assessments.questions.html import plain
from assessments.resources import Bank, Category, Item

_ = TranslationStringFactory("tutela")

STATES = {
    "draft": _("draft"),
    "ready": _("ready"),
    "retired": _("retired"),
}
ACCESS = {
    "private": _("nobody else"),
    "use": _("every author may see and use the questions"),
    "edit": _("every author may see, use and change the questions"),
}


def page(request, **values) -> dict:
    """The values of a template: its own, and what every page uses."""
    say = request.localizer.translate
    return {
        "layout": request.registry["assessments"].layout,
        "bank": bank_of(request),
        "say": say,
        "kind_name": lambda kind: say(LAYOUTS[kind].label),
        "state_name": lambda state: say(STATES[state]),
        "number": write_number,
        "percent": write_share,
        "plain": plain,
        "when": lambda moment: Markup("<bdi>{:%Y-%m-%d %H:%M} UTC</bdi>").format(moment),
        "called": lambda who: called(request, who),
        "may": request.has_permission,
        **values,
    }


def bank_of(request) -> Bank:
    return request.registry["assessments.bank"](request)


def called(request, who: str) -> str:
    """How pages name an author, by principal; nobody is who used the command line."""
    if not who:
        return request.localizer.translate(_("the command line"))
    return request.registry["assessments.author_called"](request, who)


def author(request) -> str:
    """The principal of who asks: what they make is theirs."""
    return request.registry["assessments.author"](request)


def now() -> datetime:
    return datetime.now(UTC)


def seen(request) -> Callable[[Category], bool]:
    """Whether a category may be seen, and its questions used."""
    return lambda category: bool(request.has_permission("item:use", category))


def edited(request) -> Callable[[Category], bool]:
    """Whether the questions of a category may be changed."""
    return lambda category: bool(request.has_permission("item:edit", category))


def places(request, may: Callable[[Category], bool]) -> list[tuple[str, str]]:
    """The categories that may be chosen: id, and path in words."""
    return [
        (node.key, " / ".join(each.name for each in shown_path(request, node.category)))
        for node in categories.tree(bank_of(request), seen(request))
        if may(node.category)
    ]


def shown_path(request, category: Category | None) -> list[Category]:
    """The categories that a category lies in and itself, as far as they may be seen."""
    found: list[Category] = []
    for each in reversed([] if category is None else category.path()):
        if not seen(request)(each):
            break
        found.insert(0, each)
    return found


def find_category(request, key: str, permission: str) -> Category | None:
    """The category of an id, when they may do with it what is asked."""
    found = bank_of(request).get(key)
    return found if found is not None and request.has_permission(permission, found) else None


def find_item(request, key: str, permission: str) -> Item | None:
    """The item of an id, when they may do with it what is asked."""
    found = bank_of(request).items.get(key)
    return found if found is not None and request.has_permission(permission, found) else None


def tell(request, words: TranslationString, kind: str = "right") -> None:
    """Something to be said once, on the next page."""
    request.session.flash(request.localizer.translate(words), kind)


def done(request, words: TranslationString, *place) -> HTTPSeeOther:
    """To a place in the tree, where it is said what was done."""
    tell(request, words)
    return HTTPSeeOther(request.resource_url(*place))


def posted(request) -> dict[str, str | Upload]:
    """The fields of a form: texts, and files where one was chosen."""
    found: dict[str, str | Upload] = {}
    for name, value in request.POST.items():
        if isinstance(value, str):
            found[name] = value
        elif getattr(value, "filename", ""):
            value.file.seek(0)  # a request that is done again has the same file, read already
            found[name] = Upload(value.filename, value.file.read())
    return found
