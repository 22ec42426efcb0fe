"""Attempts: beginning, saving, checking, handing in, and what may be seen of them when.

The server's clock is the only one. ``now`` is given to every function; nothing here asks for it.
"""
