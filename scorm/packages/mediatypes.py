"""What a file of a package is, by its name's ending (IANA's registry, and what browsers expect).

The table is our own, whole: what a machine's ``mime.types`` says would differ from one to the next.
"""

UNKNOWN = "application/octet-stream"

TYPES = {
    # Pages, and what is in them
    **dict.fromkeys(("html", "htm", "shtml"), "text/html"),
    **dict.fromkeys(("xhtml", "xht"), "application/xhtml+xml"),
    "css": "text/css",
    **dict.fromkeys(("js", "mjs", "cjs"), "text/javascript"),
    "wasm": "application/wasm",
    **dict.fromkeys(("json", "map"), "application/json"),
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "webmanifest": "application/manifest+json",
    **dict.fromkeys(("xml", "xsd", "xsl", "xslt", "rng"), "text/xml"),
    "dtd": "application/xml-dtd",
    "ent": "application/xml-external-parsed-entity",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    # Text
    **dict.fromkeys(("txt", "text", "log", "ini"), "text/plain"),
    "md": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "rtf": "application/rtf",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    # Captions
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    **dict.fromkeys(("ttml", "dfxp"), "application/ttml+xml"),
    "smil": "application/smil+xml",
    # Pictures
    "png": "image/png",
    "apng": "image/apng",
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif"), "image/jpeg"),
    "gif": "image/gif",
    **dict.fromkeys(("svg", "svgz"), "image/svg+xml"),
    "webp": "image/webp",
    "avif": "image/avif",
    "heic": "image/heic",
    "heif": "image/heif",
    "jxl": "image/jxl",
    "bmp": "image/bmp",
    **dict.fromkeys(("tif", "tiff"), "image/tiff"),
    **dict.fromkeys(("ico", "cur"), "image/x-icon"),
    # Sound and film
    "mp3": "audio/mpeg",
    **dict.fromkeys(("m4a", "m4b"), "audio/mp4"),
    "aac": "audio/aac",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "weba": "audio/webm",
    **dict.fromkeys(("ogg", "oga", "opus"), "audio/ogg"),
    **dict.fromkeys(("mid", "midi"), "audio/midi"),
    **dict.fromkeys(("aif", "aiff"), "audio/aiff"),
    "wma": "audio/x-ms-wma",
    **dict.fromkeys(("mp4", "m4v", "f4v"), "video/mp4"),
    "m4s": "video/iso.segment",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    **dict.fromkeys(("mpg", "mpeg"), "video/mpeg"),
    "3gp": "video/3gpp",
    "mkv": "video/matroska",
    "avi": "video/x-msvideo",
    "wmv": "video/x-ms-wmv",
    "flv": "video/x-flv",
    "ts": "video/mp2t",
    "m3u8": "application/vnd.apple.mpegurl",
    "mpd": "application/dash+xml",
    # Fonts
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "ttc": "font/collection",
    "eot": "application/vnd.ms-fontobject",
    # Things to turn around
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
    "usdz": "model/vnd.usdz+zip",
    "obj": "model/obj",
    "mtl": "model/mtl",
    "stl": "model/stl",
    # Documents and archives
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "zip": "application/zip",
    "gz": "application/gzip",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    # What browsers have given up, and old courses still carry
    "swf": "application/x-shockwave-flash",
    "class": "application/java-vm",
    "jar": "application/java-archive",
    **dict.fromkeys(("dcr", "dir", "dxr"), "application/x-director"),
}

ENCODINGS = {"svgz": "gzip"}
"""Files that are packed by themselves, and are what their type says once unpacked."""


def content_type(name: str) -> str:
    """The file's media type. Text has no charset: the file itself says which it is in."""
    return TYPES.get(ending_of(name), UNKNOWN)


def content_encoding(name: str) -> str | None:
    """How the file is packed by itself, in the words of ``Content-Encoding`` (RFC 9110 §8.4)."""
    return ENCODINGS.get(ending_of(name))


def ending_of(name: str) -> str:
    """What follows the last dot of the file's name, in lower case; empty without one."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""
