"""Files that browsers do not run, play or open, by their endings."""

from collections.abc import Collection

from scorm.packages.checks.names import ending
from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.findings import Finding
from scorm.packages.words import _, ngettext

EXECUTABLE = frozenset(
    ("exe", "bat", "cmd", "com", "msi", "scr", "jar", "dll", "sh", "ps1", "vbs", "apk", "dmg")
)
FLASH = frozenset(("swf", "xap"))
UNPLAYABLE = frozenset(("wmv", "avi", "flv", "f4v", "mpg", "mpeg", "wma", "asf", "rm", "mid"))
"""What no browser plays without help."""

SOMETIMES = frozenset(("mov", "mkv", "3gp", "ogg", "oga", "ogv", "aif", "aiff"))
"""What some browsers play, and others, on phones above all, do not."""

PLAYABLE = ("mp4", "m4v", "webm", "mp3", "m4a")
"""What a file of the kinds before may have a twin in."""

DOCUMENTS = frozenset(
    (
        *("doc", "docx", "xls", "xlsx", "ppt", "pptx", "pps", "ppsx", "odt", "ods", "odp", "rtf"),
        *("pages", "numbers", "key", "pub", "vsd"),
    )
)
ARCHIVES = frozenset(("zip", "rar", "7z", "gz", "tgz", "tar"))
SOURCES = frozenset(("story", "fla", "cptx", "psd", "ai", "camproj", "prproj", "blend"))
"""What an author works on, and learners cannot use."""

RULES = {
    "media-unplayable": Rule(
        "warning",
        lambda n, places: ngettext(
            "One video or sound is of a kind that browsers do not play: ${places}.",
            "${n} videos or sounds are of kinds that browsers do not play: ${places}.",
            n,
            places=places,
        ),
        _("Convert videos to MP4 (H.264 with AAC) and sounds to MP3 or M4A."),
    ),
    "media-uncertain": Rule(
        "note",
        lambda n, places: ngettext(
            "One video or sound is of a kind that not every phone plays: ${places}.",
            "${n} videos or sounds are of kinds that not every phone plays: ${places}.",
            n,
            places=places,
        ),
        _("MP4 (H.264 with AAC) and MP3 or M4A play everywhere."),
    ),
    "flash-files": Rule(
        "note",
        lambda n, places: ngettext(
            "One file is for Flash or Silverlight, which no browser runs any more: ${places}.",
            "${n} files are for Flash or Silverlight, which no browser runs any more: ${places}.",
            n,
            places=places,
        ),
        _("If the course works without them, leave them out; otherwise export it as HTML5."),
    ),
    "file-document": Rule(
        "note",
        lambda n, places: ngettext(
            "One file is not shown by a browser but saved on the learner's device: ${places}.",
            "${n} files are not shown by a browser but saved on the learner's device: ${places}.",
            n,
            places=places,
        ),
        _(
            "A file that stays on a shared or seized device tells what its owner learned. Where it "
            "need not be filled in, give its text as a page or a PDF."
        ),
    ),
    "file-archive": Rule(
        "note",
        lambda n, places: ngettext(
            "One file is an archive, which is not opened here and which a phone may not open: "
            "${places}.",
            "${n} files are archives, which are not opened here and which a phone may not open: "
            "${places}.",
            n,
            places=places,
        ),
        _("Put what is in it into the package, or leave it out."),
    ),
    "file-source": Rule(
        "note",
        lambda n, places: ngettext(
            "One file is what the course was made from, which learners cannot use: ${places}.",
            "${n} files are what the course was made from, which learners cannot use: ${places}.",
            n,
            places=places,
        ),
        _("Leave it out: it makes the package heavier, and may say more than was meant for all."),
    ),
}


def executables(names: Collection[str]) -> list[Finding]:
    """Programs in the package."""
    return [
        Finding(
            "warning",
            "file-executable",
            _("${name} is a program; browsers do not run it.", name=name),
            _("Leave it out of the package."),
            name,
        )
        for name in sorted(names)
        if ending(name) in EXECUTABLE
    ]


def look(names: Collection[str], tally: Tally) -> None:
    """Count the files that learners' devices can do nothing with."""
    kinds = {
        **dict.fromkeys(UNPLAYABLE, "media-unplayable"),
        **dict.fromkeys(SOMETIMES, "media-uncertain"),
        **dict.fromkeys(FLASH, "flash-files"),
        **dict.fromkeys(DOCUMENTS, "file-document"),
        **dict.fromkeys(ARCHIVES, "file-archive"),
        **dict.fromkeys(SOURCES, "file-source"),
    }
    known = frozenset(name.lower() for name in names)
    for name in sorted(names):
        rule = kinds.get(ending(name))
        stem = name.rpartition(".")[0].lower()
        twin = rule in MEDIA and any(f"{stem}.{other}" in known for other in PLAYABLE)
        if rule and not twin:
            tally.add(rule, name)


MEDIA = ("media-unplayable", "media-uncertain")
