"""Uploads that a verifier must not take for a certificate, made anew from a seed.

Each is made from genuine certificates of an office, by somebody who has them but not its keys.
"""

from forgeries import badges, disguises, pdfs, pictures, tokens
from forgeries.forger import MAKERS, Forger

__all__ = ["MAKERS", "Forger", "badges", "disguises", "pdfs", "pictures", "tokens"]
