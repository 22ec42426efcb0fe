"""Persistent objects of the application, and the tree that addresses follow."""

from lms.resources.site import Site, site_of

__all__ = ["Site", "site_of"]
