"""``tutela questions import`` and ``export``: questions into the bank and out of it."""

import base64

from translationstring import TranslationString

from assessments.bank import categories, formats
from assessments.bank.refusals import BankRefused
from assessments.bank.take import entries_of, take
from assessments.exchange.entries import Entry, Remark, Unreadable
from assessments.quizzes.exchange import bring as bring_tests
from assessments.resources import Category, Item
from lms.command.tasks import COMMAND_LINE, Answer, Context, Refused, needs_file
from lms.services import audit

FORMATS = tuple(formats.WRITTEN)


def bring(context: Context, arguments) -> Answer:
    """Take the questions of a file into a category, which is made when it is missing."""
    needs_file(arguments.file)
    bank = context.site.bank
    try:
        form, taken = formats.read(arguments.file.read_bytes(), arguments.file.name)
        if not taken.entries:
            raise Refused(
                "\n".join(
                    [f"{arguments.file} has no question that can be taken.", *_lines(taken.remarks)]
                )
            )
        category = categories.at(bank, categories.split_path(arguments.bank))
        found = take(bank, taken.entries, category, context.now, "")
        made = bring_tests(
            context.site.quizzes,
            taken.tests,
            found.items,
            now=context.now,
            owner="",
            untitled="Quiz",
        )
    except (BankRefused, Unreadable) as refused:
        raise Refused(_english(refused.message)) from refused
    counts = {
        "added": len(found.added),
        "changed": len(found.changed),
        "same": len(found.same),
    }
    audit.record(
        context.site.audit,
        now=context.now,
        actor=COMMAND_LINE,
        action="questions imported",
        subject=category.__name__,
        details=counts,
    )
    path = categories.path_of(category)
    words = [
        f"Read as {_english(formats.READ[form].label)}, into the category {path}.",
        f"New: {counts['added']}. With a new version: {counts['changed']}. "
        f"Like this already: {counts['same']}.",
        *(f"Quiz: {quiz.title}." for quiz in made),
        *_lines(taken.remarks),
    ]
    plain = {
        "bank": path,
        "category": category.__name__,
        "format": form,
        **counts,
        "questions": [
            _question(entry, item) for entry, item in zip(taken.entries, found.items, strict=True)
        ],
        "quizzes": [{"id": quiz.__name__, "title": quiz.title} for quiz in made],
        "remarks": [_remark(each) for each in taken.remarks],
    }
    return Answer("\n".join(words), plain)


def give(context: Context, arguments) -> Answer:
    """Write the questions of a category, and of what lies in it, in a format."""
    bank = context.site.bank
    category = categories.find(bank, categories.split_path(arguments.bank))
    if category is None:
        raise Refused(f"There is no category “{arguments.bank}” in the question bank.")
    entries = list(entries_of(bank, category))
    content, remarks = formats.WRITTEN[arguments.format].write(entries)
    encoded = base64.b64encode(content).decode()
    plain = {
        "bank": categories.path_of(category),
        "format": arguments.format,
        "questions": len(entries),
        "content": encoded,
        "remarks": [_remark(each) for each in remarks],
    }
    if arguments.output is not None:
        arguments.output.write_bytes(content)
        del plain["content"]
        words = [f"Questions written to {arguments.output}: {len(entries)}."]
        return Answer("\n".join([*words, *_lines(remarks)]), plain)
    return Answer("\n".join(_lines(remarks)), plain, content=encoded)


def _question(entry: Entry, item: Item) -> dict:
    assert isinstance(item.category, Category)
    return {
        "id": item.__name__,
        "name": entry.question.name,
        "kind": entry.question.kind,
        "code": item.code,
        "category": categories.path_of(item.category),
        "version": item.current.number,
        "line": entry.line,
    }


def _remark(remark: Remark) -> dict:
    return {
        "kind": str(remark.kind),
        "line": remark.line,
        "question": remark.question,
        "file": remark.file,
        "message": _english(remark.message),
    }


def _lines(remarks: tuple[Remark, ...]) -> list[str]:
    """Each remark as a line: where, and what."""
    lines = []
    for each in remarks:
        where = [
            *([each.file] if each.file else []),
            *([f"line {each.line}"] if each.line else []),
            *([each.question] if each.question else []),
        ]
        place = f"{', '.join(where)}: " if where else ""
        lines.append(f"{'!' if each.kind == 'left out' else '-'} {place}{_english(each.message)}")
    return lines


def _english(message: TranslationString) -> str:
    return message.interpolate()
