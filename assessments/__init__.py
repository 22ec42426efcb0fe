"""Quizzes for Pyramid: a question bank, attempts, marking, statistics, exchange formats.

``config.include("assessments")`` adds the pages of :class:`assessments.resources.Bank` and
:class:`assessments.resources.Quizzes` wherever the host puts them in its tree. The host brings
``request.zodb``, a storage for CSRF tokens, and a security policy whose principals include
``learner:<opaque id>``, ``role:author`` and ``role:admin``. In the registry it may say
``assessments.bank`` (which finds the bank of a request), ``assessments.learner`` (the opaque id of
who asks), ``assessments.groups`` (ids of the groups that this learner is in, for exceptions),
``assessments.called`` (how pages name a learner: ``called(request, id)``), and
``assessments.back`` (where a quiz's pages lead back to: ``back(request, quiz)`` gives an address
and a title, or None); and of those who write questions ``assessments.author`` (the principal of who
asks), ``assessments.author_called`` (how pages name one), and ``assessments.facility`` (the
facility of an item: ``facility(request, item)``, a fraction or None), when it knows it.
"""


def includeme(config):
    """Pages, settings (``assessments.*``) and static files."""
    from assessments.settings import AssessmentsSettings

    config.registry["assessments"] = AssessmentsSettings.from_ini(config.get_settings())
    config.registry.setdefault("assessments.bank", lambda request: request.root["bank"])
    config.registry.setdefault("assessments.quizzes", lambda request: request.root["quizzes"])
    config.registry.setdefault(
        "assessments.author", lambda request: f"person:{request.authenticated_userid}"
    )
    config.registry.setdefault("assessments.author_called", lambda _request, principal: principal)
    config.registry.setdefault("assessments.learner", lambda request: request.authenticated_userid)
    config.registry.setdefault("assessments.groups", lambda _request: ())
    config.registry.setdefault("assessments.called", lambda _request, learner_id: learner_id)
    config.registry.setdefault("assessments.back", lambda _request, _quiz: None)
    config.include("pyramid_jinja2")
    config.add_static_view("static-assessments", "assessments:static", cache_max_age=3600)
    config.add_route("assessments.bundle", "/static-assessments-taking/{version}/{name}")
    config.scan("assessments.views")
