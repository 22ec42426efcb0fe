"""Writing a question: the choice of a type, the form, and what comes of it."""

import base64

from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults
from webob.multidict import MultiDict

from assessments.bank import editor, fields, items
from assessments.bank.editor import Edited
from assessments.bank.fields import Field
from assessments.bank.layouts import LAYOUTS
from assessments.questions.base import Question
from assessments.resources import Category, Item, ItemFile
from assessments.views.bank_item import preview
from assessments.views.bank_page import (
    author,
    bank_of,
    done,
    now,
    page,
    posted,
    shown_path,
)

_ = TranslationStringFactory("tutela")

EDITOR = "assessments:templates/bank/editor.jinja2"
NOTE = Field("note", _("What you changed"), hint=_("A line for those who look at the versions."))
TAGS = Field("tags", _("Tags"), hint=_("Words to find it by, with commas between them."))
CODE = Field("code", _("Code"), hint=_("Your own short name for it, for imports."))


class EditorViews:
    """The form of a question, new or not. It is whole without script: every button sends all of it,
    and it comes back with nothing lost."""

    category: Category
    item: Item | None = None
    kind: str
    beside: tuple[Field, ...]

    def __init__(self, context, request):
        self.context = context
        self.request = request

    @property
    def question(self) -> Question | None:
        return None if self.item is None else self.item.current.question

    @property
    def files(self) -> dict[str, ItemFile]:
        return {} if self.item is None else self.item.current.files

    def shown(self, texts: dict, came: Edited | None = None, **more):
        """The form, with what is wrong in it."""
        layout = LAYOUTS[self.kind]
        errors = {} if came is None else came.errors
        problems = [] if came is None else came.problems
        if errors or problems:
            self.request.response.status_int = 400
        parts = fields.laid_out((*layout.form(), *self.beside), texts)
        files = self.files if came is None else came.files
        return page(
            self.request,
            category=self.category,
            path=shown_path(self.request, self.category),
            item=self.item,
            layout_of=layout,
            kind=self.kind,
            parts=parts,
            errors=errors,
            problems=problems,
            labels=self._labels(parts),
            base=texts.get("base", ""),
            files=[{"name": name, "type": file.type} for name, file in files.items()],
            kept=[
                (name, text)
                for name, text in texts.items()
                if name.startswith("kept-") and name.count("-") == 2
            ],
            new_files=range(editor.NEW_FILES),
            alts={number: texts.get(f"file-{number}-alt", "") for number in range(2)},
            dropped={name for name in files if texts.get(f"drop-{name}")},
            thumbnail=lambda name: self.address(files, name),
            **{"preview": None, **more},
        )

    def _labels(self, parts) -> dict[str, str]:
        """What the fields are called, in rows with the number of the row."""
        say = self.request.localizer.translate
        found = {
            f"file-{number}{end}": say(words)
            for number in range(editor.NEW_FILES)
            for end, words in (("", _("Another file")), ("-alt", _("The picture in words")))
        }

        def walk(shown, before: str) -> None:
            for each in shown:
                if each.kind == "rows":
                    for number, _was, inside in each.rows:
                        walk(inside, f"{before}{say(each.part.each)} {number + 1}: ")
                elif each.kind == "group":
                    walk(each.parts, f"{before}{say(each.part.title)}: ")
                else:
                    found[each.name] = before + say(each.part.label)

        walk(parts, "")
        return found

    def address(self, files, name: str) -> str:
        """Where a page finds a file: one that is not stored yet is in the page itself."""
        file = files.get(name)
        if file is None or file.type.partition("/")[0] != "image":
            return ""
        if self.item is not None and name in self.item.current.files:
            number = str(self.item.current.number)
            return self.request.resource_url(self.item, "file", number, name)
        return f"data:{file.type};base64,{base64.b64encode(file.content).decode()}"

    def sent(self):
        """Do what the button says that sent the form."""
        given = posted(self.request)
        came = editor.edited(self.kind, given, self.question, self.files)
        what, _colon, where = str(given.get("do", "save")).partition(":")
        if what == "more":
            return self.shown(fields.more_rows(came.texts, where))
        if what == "up":
            name, _colon, number = where.partition(":")
            place = int(number[:6]) if number.isdecimal() else 0
            return self.shown(fields.moved_up(came.texts, name, place))
        if what == "preview" and came.good:
            assert came.question is not None
            shown = preview(
                self.request,
                came.question,
                MultiDict(),
                lambda name: self.address(came.files, name),
                language="",
                tried=False,
            )
            return self.shown(came.texts, came, preview=shown)
        if came.good:
            came = self.in_time(came)
        return self.save(came) if came.good else self.shown(came.texts, came)

    def in_time(self, came: Edited) -> Edited:
        return came

    def save(self, came: Edited):
        raise NotImplementedError


@view_defaults(context=Category, permission="item:edit")
class NewQuestionViews(EditorViews):
    """``/bank/<category>/new`` and ``write``: choose a type, then write."""

    beside = (TAGS, CODE)

    def __init__(self, context, request):
        super().__init__(context, request)
        self.category = context
        kind = request.params.get("kind", "")
        self.kind = kind if kind in LAYOUTS else "choice"

    @view_config(
        name="new", request_method="GET", renderer="assessments:templates/bank/types.jinja2"
    )
    def types(self):
        """What each type is good for."""
        return page(
            self.request,
            category=self.category,
            path=shown_path(self.request, self.category),
            layouts=LAYOUTS.values(),
        )

    @view_config(name="write", request_method="GET", renderer=EDITOR)
    def form(self):
        return self.shown({**editor.blank(self.kind), "tags": "", "code": ""})

    @view_config(name="write", request_method="POST", renderer=EDITOR)
    def write(self):
        return self.sent()

    def save(self, came: Edited):
        assert came.question is not None
        made = items.add(
            bank_of(self.request),
            self.category,
            came.question,
            came.files,
            now=now(),
            by=author(self.request),
            code=came.texts.get("code", ""),
            tags=came.texts.get("tags", "").split(","),
        )
        return done(self.request, _("The question is in the bank. Try it out here."), made)


@view_defaults(context=Item, permission="item:edit", name="edit", renderer=EDITOR)
class EditQuestionViews(EditorViews):
    """``/bank/<category>/<item>/edit``: saving makes a new version."""

    beside = (NOTE,)

    def __init__(self, context, request):
        super().__init__(context, request)
        self.item = context
        self.category = context.category
        self.kind = context.current.kind

    @view_config(request_method="GET")
    def form(self):
        current = self.context.current
        return self.shown({**editor.opened(current.question), "base": str(current.number)})

    @view_config(request_method="POST")
    def edit(self):
        return self.sent()

    def in_time(self, came: Edited) -> Edited:
        """Whoever saved in the meantime is not written over unseen."""
        current = self.context.current
        if came.texts.get("base") == str(current.number):
            return came
        came.problems.append(
            _(
                "Somebody saved version ${number} while you were writing. Look at it on the page "
                "of versions. If yours is to be the newest all the same, save once more.",
                {"number": current.number},
            )
        )
        came.texts["base"] = str(current.number)
        return came

    def save(self, came: Edited):
        assert came.question is not None
        version = items.save(
            self.context,
            came.question,
            came.files,
            now=now(),
            by=author(self.request),
            note=came.texts.get("note", ""),
        )
        if version is None:
            return done(self.request, _("Nothing was different, so nothing was saved."), self.item)
        words = _(
            "Version ${number} is saved. Attempts that are open stay on the version that they "
            "began with.",
            {"number": version.number},
        )
        return done(self.request, words, self.item)
