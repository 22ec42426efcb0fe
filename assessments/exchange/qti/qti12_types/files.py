"""Files that are handed in, as QTI 1.2 of Canvas has them."""

from translationstring import TranslationStringFactory

from assessments.exchange.filetypes import from_list
from assessments.exchange.qti.qti12_source import OldItem
from assessments.exchange.qti.qti12_types.shared import common
from assessments.questions.base import Question
from assessments.questions.essay import EssayQuestion

_ = TranslationStringFactory("tutela")


def upload(item: OldItem) -> Question:
    """Files that a person marks."""
    types, unknown = from_list(str(item.presentation.get("allowed_types", "")))
    count = str(item.presentation.get("files_count", "1"))
    if unknown:
        item.changed(
            _(
                "Some kinds of files are not known here and were left out: ${kinds}.",
                mapping={"kinds": ", ".join(unknown)[:100]},
            )
        )
    return EssayQuestion(
        **common(item, item.stem()),
        text="none",
        files=min(int(count[:2]), 20)
        if count.isascii() and count.isdecimal() and int(count[:2])
        else 1,
        least_files=1,
        types=types,
    )
