"""What a preview shows in place of a person and a course: names in the scripts of their languages,
of nobody in particular."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from certificates import codes
from certificates.designs import Design, Words
from certificates.pdf.order import Order
from certificates.pdf.phrases import phrases

ISSUED = datetime(2026, 3, 16, tzinfo=UTC)
VALID_UNTIL = datetime(2028, 3, 16, tzinfo=UTC)
CODE = codes.code_of(bytes(range(16)))
SAMPLES = {
    "am": ("ሰላም ተስፋዬ", "በጥሞና ማዳመጥ"),
    "ar": ("ليلى حدّاد", "فنّ الإصغاء"),
    "bn": ("অনিতা রায়", "মন দিয়ে শোনা"),
    "el": ("Ελένη Παππά", "Η τέχνη της ακρόασης"),
    "en": ("Ana Petrović", "Listening well"),
    "es": ("Lucía Núñez", "El arte de escuchar"),
    "fa": ("لیلا احمدی", "هنر گوش دادن"),
    "fr": ("Aurélie Dumas", "L’art d’écouter"),
    "he": ("נועה לוי", "אמנות ההקשבה"),
    "hi": ("अनीता शर्मा", "ध्यान से सुनना"),
    "ja": ("山田花子", "傾聴の基本"),
    "ko": ("김서연", "경청하기"),
    "ne": ("अनिता थापा", "ध्यान दिएर सुन्ने"),
    "pt": ("Inês Conceição", "A arte de escutar"),
    "ru": ("Анна Иванова", "Искусство слушать"),
    "th": ("สมหญิง ใจดี", "การฟังอย่างตั้งใจ"),
    "tr": ("Elif Yıldız", "İyi dinlemek"),
    "uk": ("Олена Коваль", "Мистецтво слухати"),
    "ur": ("عائشہ خان", "توجہ سے سننا"),
    "zh": ("李小雨", "学会倾听"),
}
"""Language → a name and a title of a course."""


def order(
    design: Design,
    images: Mapping[str, bytes],
    language: str,
    translate: Callable[[str], str],
    *,
    issuer: str,
    url: str,
) -> Order:
    """A certificate in a language, on which everything is that a design can show.

    :param translate: into that language
    :param url: of the certificates' pages, without a slash at the end
    """
    name, title = SAMPLES.get(language.partition("-")[0].lower(), SAMPLES["en"])
    snapshot: dict[str, Any] = {
        "kind": "achievement",
        "subject": "course",
        "title": title,
        "language": language,
        "issuer": issuer,
        "minutes": 90,
        "hours": "1.5",
        "score": 92,
    }
    return Order(
        snapshot=snapshot,
        code=CODE,
        issued=ISSUED,
        valid_until=VALID_UNTIL,
        name=name,
        design=design,
        images={key: images[key] for key in design.images},
        words=phrases(
            language,
            "achievement",
            translate,
            own_words=design.words_in(language) != Words(),
        ),
        url=f"{url}/{CODE}",
    )
