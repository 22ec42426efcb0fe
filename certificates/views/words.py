"""Words of this house that pages and tables share."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("tutela")

STATUSES = {
    "valid": _("valid"),
    "expired": _("expired"),
    "suspended": _("suspended"),
    "revoked": _("revoked"),
}
KINDS = {"participation": _("Participation"), "achievement": _("Achievement")}
ERASED = _("account erased")
