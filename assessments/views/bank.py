"""The question bank: its categories, one category's questions, and doing something with several."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from assessments.bank import categories, items, search, usage
from assessments.bank.fields import Field, laid_out, read, shown
from assessments.bank.formats import WRITTEN
from assessments.bank.layouts import LAYOUTS
from assessments.bank.refusals import BankRefused
from assessments.bank.search import Wanted
from assessments.bank.take import entry_of
from assessments.resources import Bank, Category, Item
from assessments.views.bank_exchange import written
from assessments.views.bank_page import (
    ACCESS,
    STATES,
    author,
    bank_of,
    done,
    edited,
    find_category,
    find_item,
    page,
    places,
    posted,
    seen,
    shown_path,
    tell,
)

_ = TranslationStringFactory("tutela")

PER_PAGE = 50
MOST_AT_ONCE = 1000
"""Items in one go: so many a page can tick, and more."""


@view_defaults(context=Bank, permission="bank:view")
class BankViews:
    """``/bank``: the categories."""

    def __init__(self, context: Bank, request):
        self.bank = context
        self.request = request

    @view_config(request_method="GET", renderer="assessments:templates/bank/bank.jinja2")
    def show(self):
        """All categories, each with what lies in it."""
        nodes = categories.tree(self.bank, seen(self.request))
        return page(self.request, nodes=nodes, tree=nested(nodes))

    @view_config(name="first", request_method="POST", permission="bank:edit")
    def first(self):
        """A first category, so that a question can be written at once."""
        name = self.request.localizer.translate(_("My questions"))
        try:
            made = categories.make(self.bank, name, owner=author(self.request), access="use")
        except BankRefused:
            return HTTPSeeOther(self.request.resource_url(self.bank))
        words = _("The category ${name} is made. Write its first question.", {"name": name})
        return done(self.request, words, made)

    @view_config(
        name="add",
        request_method="GET",
        permission="bank:edit",
        renderer="assessments:templates/bank/category_form.jinja2",
    )
    def ask(self):
        form = category_form(self.request, None)
        texts = shown(form, {"parent": self.request.GET.get("in", "")})
        return self._form(form, texts)

    @view_config(
        name="add",
        request_method="POST",
        permission="bank:edit",
        renderer="assessments:templates/bank/category_form.jinja2",
    )
    def add(self):
        """A new category."""
        form, texts = category_form(self.request, None), posted(self.request)
        values, errors = read(form, texts, {})
        if not errors:
            try:
                made = categories.make(
                    self.bank,
                    values["name"],
                    parent=self.bank.get(values["parent"]),
                    owner=author(self.request),
                    access=values["access"],
                    note=values["note"],
                )
            except BankRefused as refused:
                errors = {"name": refused.message}
            else:
                words = _("The category ${name} is made.", {"name": made.name})
                return done(self.request, words, made)
        return self._form(form, texts, errors)

    def _form(self, form, texts, errors=None):
        return form_page(self.request, form, texts, errors, category=None)

    @view_config(
        name="search",
        request_method="GET",
        renderer="assessments:templates/bank/items.jinja2",
    )
    def search(self):
        """The questions of all categories."""
        return items_page(self.request, self.bank, found_in(self.request, None), None)

    @view_config(name="bulk", request_method="POST")
    def bulk(self):
        """Do one thing with every item that is ticked; each is authorised by its own category."""
        return bulk(self.request)


@view_defaults(context=Category, permission="item:use")
class CategoryViews:
    """``/bank/<category>``: its questions and its settings."""

    def __init__(self, context: Category, request):
        self.category = context
        self.request = request

    @view_config(request_method="GET", renderer="assessments:templates/bank/items.jinja2")
    def show(self):
        """Its questions; with ``below`` also those of what lies in it."""
        bank = bank_of(self.request)
        found = found_in(self.request, self.category)
        inside = [
            each for each in categories.children(bank, self.category) if seen(self.request)(each)
        ]
        return items_page(self.request, self.category, found, self.category, inside=inside)

    @view_config(
        name="edit",
        request_method="GET",
        permission="category:edit",
        renderer="assessments:templates/bank/category_form.jinja2",
    )
    def ask(self):
        form = category_form(self.request, self.category)
        parent = self.category.parent
        values = {
            "name": self.category.name,
            "note": self.category.note,
            "access": self.category.access,
            "parent": parent.__name__ if parent is not None else "",
        }
        return form_page(self.request, form, shown(form, values), None, self.category)

    @view_config(
        name="edit",
        request_method="POST",
        permission="category:edit",
        renderer="assessments:templates/bank/category_form.jinja2",
    )
    def edit(self):
        """Name, place, note, and who may use it."""
        form, texts = category_form(self.request, self.category), posted(self.request)
        values, errors = read(form, texts, {})
        if not errors:
            bank = bank_of(self.request)
            parent = bank.get(values.pop("parent"))
            try:
                categories.change(bank, self.category, parent=parent, **values)
            except BankRefused as refused:
                errors = {"name": refused.message}
            else:
                return done(self.request, _("The category is saved."), self.category)
        return form_page(self.request, form, texts, errors, self.category)

    @view_config(
        name="remove",
        request_method="GET",
        permission="category:edit",
        renderer="assessments:templates/bank/category_remove.jinja2",
    )
    def ask_remove(self):
        bank = bank_of(self.request)
        return page(
            self.request,
            category=self.category,
            path=shown_path(self.request, self.category),
            empty=categories.is_empty(bank, self.category),
            quizzes=usage.draws_from(quizzes_of(self.request), self.category),
        )

    @view_config(name="remove", request_method="POST", permission="category:edit")
    def remove(self):
        try:
            categories.remove(bank_of(self.request), self.category)
        except BankRefused as refused:
            tell(self.request, refused.message, "wrong")
            return HTTPSeeOther(self.request.resource_url(self.category, "remove"))
        words = _("The category ${name} is removed.", {"name": self.category.name})
        return done(self.request, words, bank_of(self.request))


def quizzes_of(request):
    return request.registry["assessments.quizzes"](request)


def nested(nodes: list[categories.Node]) -> list[dict]:
    """The categories as lists in lists, for the page."""
    outer: list[dict] = []
    inside: list[list[dict]] = [outer]
    for node in nodes:
        entry: dict = {"node": node, "below": []}
        del inside[node.depth + 1 :]
        inside[node.depth].append(entry)
        inside.append(entry["below"])
    return outer


def category_form(request, category: Category | None):
    """What an author decides about a category."""
    outermost = (("", _("nothing: it is an outermost one")),)
    there = [
        (key, words)
        for key, words in places(request, lambda each: may_lie_in(request, category, each))
    ]
    return (
        Field("name", _("Name"), needed=True),
        Field("parent", _("It lies in"), "choose", options=(*outermost, *there)),
        Field("note", _("What it is for"), "text", _("A line for other authors."), size=3),
        Field("access", _("Who else may use it"), "choose", options=tuple(ACCESS.items())),
    )


def may_lie_in(request, category: Category | None, place: Category) -> bool:
    """Whether a category may be put into another, or is in it already."""
    if category is None:
        return edited(request)(place)
    inside = category in place.path()
    return not inside and (edited(request)(place) or category.parent is place)


def form_page(request, form, texts, errors, category):
    if errors:
        request.response.status_int = 400
    return page(request, category=category, form=laid_out(form, texts), errors=errors or {})


def wanted_of(request) -> Wanted:
    """What the filters of a list say."""
    given = request.GET
    return Wanted(
        words=given.get("words", ""),
        kind=given.get("kind", ""),
        tag=given.get("tag", ""),
        state=given.get("state", ""),
        used=given.get("used", ""),
        sort=given.get("sort", "name"),
    )


def found_in(request, category: Category | None) -> list[Item]:
    """The questions of a category, with ``below`` also those of what lies in it; without a category
    all that may be seen."""
    bank = bank_of(request)
    if category is None:
        whole = list(bank.categories())
    elif request.GET.get("below"):
        whole = categories.below(bank, category)
    else:
        whole = [category]
    return [item for each in whole if seen(request)(each) for item in each.items.values()]


def items_page(request, context, found: list[Item], category: Category | None, inside=()):
    """The list of questions: filtered, in order, a page of it."""
    wanted = wanted_of(request)
    used = usage.counted(quizzes_of(request))
    fitting = search.find(found, wanted, used)
    number = int(text) if (text := request.GET.get("page", "1")[:6]).isdecimal() else 1
    pages = max(1, -(-len(fitting) // PER_PAGE))
    number = min(max(1, number), pages)
    part = fitting[(number - 1) * PER_PAGE : number * PER_PAGE]

    def address(**changes) -> str:
        query = {**request.GET, **changes}
        name = () if category is not None else ("search",)
        return request.resource_url(
            context, *name, query={key: each for key, each in query.items() if each}
        )

    return page(
        request,
        category=category,
        path=[] if category is None else shown_path(request, category),
        inside=inside,
        wanted=wanted,
        total=len(found),
        count=len(fitting),
        rows=[{"item": item, "used": used[item.__name__]} for item in part],
        tags=search.tags_of(found),
        kinds=[(kind, layout.label) for kind, layout in LAYOUTS.items()],
        states=STATES,
        address=address,
        here=address(),
        number_of_page=number,
        pages=pages,
        places=places(request, edited(request)),
        below=bool(request.GET.get("below")),
        practice_url=request.resource_url(context, "practice", query=request.GET),
        may_practise=request.has_permission("quiz:create", quizzes_of(request)),
        formats=[(key, each.label) for key, each in WRITTEN.items()],
    )


def bulk(request):
    """What a list's form asks for, with every item that is ticked."""
    back = back_to(request)
    what = request.POST.get("do", "")
    permission = "item:use" if what == "export" else "item:edit"
    ticked = request.POST.getall("item")[:MOST_AT_ONCE]
    chosen = [item for key in ticked if (item := find_item(request, key, permission))]
    if what == "export" and chosen:
        return written(request.POST.get("format", ""), list(map(entry_of, chosen)), "questions")
    if not chosen:
        tell(request, _("Tick the questions first that you may change."), "wrong")
        return back
    match what:
        case "move":
            category = find_category(request, request.POST.get("category", ""), "item:edit")
            if category is None:
                tell(request, _("Choose a category first."), "wrong")
                return back
            for item in chosen:
                items.place(item, category)
            words = _("They lie in the category ${name} now.", {"name": category.name})
        case "tag" | "untag":
            name = request.POST.get("tag", "").strip()
            if not name:
                tell(request, _("Write the tag first."), "wrong")
                return back
            for item in chosen:
                items.tag(item, name, on=what == "tag")
            words = _("The tags are changed.")
        case "retire" | "ready":
            for item in chosen:
                item.state = "retired" if what == "retire" else "ready"
            words = _("They are retired.") if what == "retire" else _("They are ready.")
        case _:
            return back
    tell(request, words)
    return back


def back_to(request) -> HTTPSeeOther:
    """The list that the form was on: an address in the bank and nowhere else."""
    bank = request.resource_url(bank_of(request))
    back = request.POST.get("back", "")
    return HTTPSeeOther(back if back.startswith(bank) else bank)
