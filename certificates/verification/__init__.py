"""Telling a stranger whether what they hold is a certificate of this site, and whether it holds.

What somebody sends is read in a process of its own (:mod:`.apart`, :mod:`.reading`), which finds
out what certificate it proves; what is true of that one is looked up (:mod:`.judging`).
"""
