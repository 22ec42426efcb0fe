"""Quizzes. There are none yet: the quiz engine comes with its own issue."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add what questions look like: their templates, styles and scripts."""
    config.include("pyramid_jinja2")
    config.add_static_view("static-assessments", "assessments:static", cache_max_age=3600)
