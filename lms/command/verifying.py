"""``tutela certificates verify``: the truth about a code or a file, from the site's own record."""

from datetime import datetime
from pathlib import Path

from certificates.badges.text import line
from certificates.pdf.names import same_name
from certificates.resources import Certificate
from certificates.verification.apart import Busy, Readers
from certificates.verification.judging import Finding, Outcome, judge
from certificates.verification.sniff import LARGEST_OF_ALL, MEGABYTE
from lms.command.keys import opened
from lms.command.tasks import Answer, Context, Refused

WORDS = {
    Outcome.VALID: "This certificate is valid.",
    Outcome.EXPIRED: "This certificate has expired.",
    Outcome.SUSPENDED: "This certificate is suspended: it does not hold for now.",
    Outcome.REVOKED: "This certificate is revoked: it does not hold any more.",
    Outcome.ALTERED: "This file was changed after it was issued, or somebody else made it.",
    Outcome.NOT_OURS: "This is not a certificate of this site, or it is not on record here.",
    Outcome.UNREADABLE: "There is no certificate in this that can be read.",
    Outcome.TOO_LARGE: (
        f"This file is larger than {LARGEST_OF_ALL // MEGABYTE} MB, or than any certificate of its "
        "kind."
    ),
}
CODES = "The code of a certificate has 26 letters and figures; it stands at the foot of the page."
NO_FILE = f"It is no file here either. {CODES}"
NEITHER = f"There is no such file here, and it is no code. {CODES}"
ADDRESSES = ("http:", "https:")


def verify(context: Context, arguments) -> Answer:
    """Say what is true of a code, an address or a file; exit status 0 only for a valid certificate
    and, where a name was given, the right one."""
    what: Path = arguments.what
    is_file = what.is_file()
    if is_file and arguments.more:
        raise Refused("Name one file at a time.")
    sent = _start_of(what) if is_file else _typed(what, arguments.more)
    ring = opened(context.settings)
    readers = Readers(at_once=1)
    try:
        finding = judge(sent, context.site.certificates, ring, context.now, read=readers.read)
    except Busy:
        raise Refused("The machine is too busy to read the file. Run the command again.")
    finally:
        readers.close()
    plain = {"status": str(finding.outcome), "sent": str(finding.kind)} | _facts(finding)
    lines = [WORDS[finding.outcome]]
    if not is_file and finding.outcome is Outcome.UNREADABLE:
        lines = [NEITHER]
    elif not is_file and finding.certificate is None:
        lines.append(NO_FILE)
    shown = plain | _days(finding)
    lines += [
        f"  {name.replace('_', ' '):<12}{value}"
        for name, value in shown.items()
        if value is not None
    ]
    if finding.parts:
        plain["parts"] = [{"status": str(part.outcome)} | _facts(part) for part in finding.parts]
        lines.append("It is a transcript of these certificates:")
        lines += [
            f"  {part['code']}  {part['status']:<10}{part['title']}" for part in plain["parts"]
        ]
    if arguments.name is not None and finding.certificate is not None:
        plain["name"], words = _checked(finding.certificate, arguments.name)
        lines.append(words)
    holds = finding.outcome is Outcome.VALID and plain.get("name", "same") == "same"
    return Answer("\n".join(lines), plain, 0 if holds else 1)


def _typed(what: Path, more: list[str]) -> bytes:
    """A code in one or several words, or the address of a certificate. Of any other path only the
    last name counts: a folder that is called like a code is none."""
    at = next((at for at, part in enumerate(what.parts) if part in ADDRESSES), -1)
    return " ".join(["/".join(what.parts[at:]), *more]).encode("utf-8", "surrogateescape")


def _start_of(path: Path) -> bytes:
    """The file, as far as it is looked at: one octet more than can be a certificate."""
    with path.open("rb") as file:
        return file.read(LARGEST_OF_ALL + 1)


def _facts(finding: Finding) -> dict:
    """What the site has on record."""
    certificate = finding.certificate
    if certificate is None:
        return {"code": None}
    snapshot = certificate.snapshot
    return {
        "code": certificate.code,
        "title": line(snapshot["title"]),
        "kind": snapshot["kind"],
        "issuer": snapshot["issuer"],
        "hours": snapshot.get("hours"),
        **{
            name: moment.isoformat() if moment else None
            for name, moment in _moments(certificate).items()
        },
    }


def _moments(certificate: Certificate) -> dict[str, datetime | None]:
    return {
        "issued": certificate.issued,
        "valid_until": certificate.valid_until,
        "suspended": certificate.suspended,
        "revoked": certificate.revoked,
    }


def _days(finding: Finding) -> dict[str, str]:
    """The moments as a person reads them."""
    if finding.certificate is None:
        return {}
    moments = _moments(finding.certificate)
    return {name: f"{each:%Y-%m-%d %H:%M} UTC" for name, each in moments.items() if each}


def _checked(certificate: Certificate, name: str) -> tuple[str, str]:
    """Whether the name is the holder's, for programs and in words."""
    if certificate.name_hash is None:
        return "not offered", "The holder does not let others check the name."
    if same_name(certificate, name):
        return "same", "The holder gave this name."
    return "other", "The holder gave another name."
