"""Quizzes for Pyramid: a question bank, attempts, marking, statistics, exchange formats.

``config.include("assessments")`` adds the pages of :class:`assessments.resources.Bank` and
:class:`assessments.resources.Quizzes` wherever the host puts them in its tree. The host brings
``request.zodb``, a storage for CSRF tokens, and a security policy whose principals include
``learner:<opaque id>``, ``role:author`` and ``role:admin``. In the registry it may say
``assessments.bank`` (which finds the bank of a request), ``assessments.learner`` (the opaque id of
who asks), ``assessments.groups`` (ids of the groups that this learner is in, for exceptions) and
``assessments.called`` (how pages name a learner: ``called(request, id)``).
"""


def includeme(config):
    """Pages, settings (``assessments.*``) and static files."""
    from assessments.settings import AssessmentsSettings

    config.registry["assessments"] = AssessmentsSettings.from_ini(config.get_settings())
    config.registry.setdefault("assessments.bank", lambda request: request.root["bank"])
    config.registry.setdefault("assessments.learner", lambda request: request.authenticated_userid)
    config.registry.setdefault("assessments.groups", lambda _request: ())
    config.registry.setdefault("assessments.called", lambda _request, learner_id: learner_id)
    config.include("pyramid_jinja2")
    config.add_static_view("static-assessments", "assessments:static", cache_max_age=3600)
    config.scan("assessments.views")
