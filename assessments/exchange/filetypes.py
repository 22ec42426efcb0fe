"""Types of files that may be handed in: Moodle's lists of endings and groups, as media types."""

import re

BY_ENDING = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "csv": "text/csv",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "zip": "application/zip",
}
GROUPS = {
    "document": ("pdf", "doc", "docx", "odt", "rtf"),
    "spreadsheet": ("csv", "xls", "xlsx", "ods"),
    "presentation": ("ppt", "pptx", "odp"),
    "image": ("png", "jpg", "gif", "webp", "svg"),
    "web_image": ("png", "jpg", "gif", "webp", "svg"),
    "optimised_image": ("png", "jpg", "gif"),
    "audio": ("mp3", "ogg", "wav", "m4a"),
    "web_audio": ("mp3", "ogg", "wav", "m4a"),
    "html_audio": ("mp3", "ogg", "wav", "m4a"),
    "video": ("mp4", "webm"),
    "web_video": ("mp4", "webm"),
    "html_video": ("mp4", "webm"),
    "archive": ("zip",),
}
MEDIA = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def from_list(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The media types in a list of Moodle's, and what in it is not known."""
    types: dict[str, None] = {}
    unknown = []
    for each in re.split(r"[\s,;]+", text.lower()):
        ending = each.lstrip("*").lstrip(".")
        if MEDIA.fullmatch(each):
            types[each] = None
        elif ending in BY_ENDING:
            types[BY_ENDING[ending]] = None
        elif each in GROUPS:
            types |= dict.fromkeys(BY_ENDING[one] for one in GROUPS[each])
        elif each and each != "*":
            unknown.append(each)
    return tuple(types), tuple(unknown)
