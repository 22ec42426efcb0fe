"""Packages as authors send them: safe zips, manifests, reports, and files served from the zip."""
