"""HTTP only: ``content`` and ``members`` on the content origin, ``packages`` on the site."""
