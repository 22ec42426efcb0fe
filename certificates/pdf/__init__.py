"""The certificate on paper: typeset from data alone, signed, and made where no database is.

``printing`` makes the page, ``signing`` seals it, ``printer`` does both in processes of its own.
"""
