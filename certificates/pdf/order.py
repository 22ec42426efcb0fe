"""What is to be printed: plain data, which goes to another process and decides every byte."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from certificates.designs import Design
from certificates.pdf.phrases import Phrases


@dataclass(frozen=True)
class Order:
    """One certificate to print.

    :param snapshot: what the certificate remembers
    :param code: its code, not grouped
    :param name: as :func:`certificates.pdf.names.checked_name` gives it; ``""`` for a line to
        write on
    :param design: as it was issued with; ``images`` are bytes (PNG or JPEG) by the names in it
    :param words: the fixed words, in the certificate's language
    :param url: where the certificate is verified
    :param attachment: the badge, JSON text, that goes along as ``credential.json``
    :param expired: whether ``valid_until`` is past, which the page then says in any design
    """

    snapshot: Mapping[str, Any]
    code: str
    issued: datetime
    valid_until: datetime | None
    name: str
    design: Design
    words: Phrases
    url: str
    images: Mapping[str, bytes] = field(default_factory=dict)
    attachment: str | None = None
    expired: bool = False

    def digest(self) -> str:
        """The same for the same content, and for no other: SHA-256, hexadecimal."""
        plain = vars(self) | {
            "issued": self.issued.isoformat(),
            "valid_until": self.valid_until and self.valid_until.isoformat(),
            "snapshot": dict(self.snapshot),
            "design": self.design.to_plain(),
            "words": asdict(self.words),
            "images": {key: hashlib.sha256(self.images[key]).hexdigest() for key in self.images},
        }
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
