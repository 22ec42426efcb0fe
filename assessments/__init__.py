"""Quizzes for Pyramid: a question bank, attempts, marking, statistics, exchange formats.

``config.include("assessments")`` adds the pages of :class:`assessments.resources.Bank` and
:class:`assessments.resources.Quizzes` wherever the host puts them in its tree. The host brings
``request.zodb``, a storage for CSRF tokens, and a security policy whose principals include
``learner:<opaque id>``, ``role:author`` and ``role:admin``. In the registry it may say
``assessments.bank`` (which finds the bank of a request), ``assessments.learner`` (the opaque id of
who asks), ``assessments.groups`` (ids of the groups that this learner is in, for exceptions),
``assessments.called`` (how pages name a learner: ``called(request, id)``), and ``assessments.back``
(where a quiz's pages lead back to: ``back(request, quiz)`` gives an address and a title, or None);
and of those who write questions ``assessments.author`` (the principal of who asks) and
``assessments.author_called`` (how pages name one). For those who make quizzes it may say
``assessments.places`` (what of the host a quiz is a part of: ``places(request, quiz)`` gives titles
and addresses), ``assessments.find_learner`` (``find_learner(request, typed)`` gives the id of the
learner whom an author means, or None) and ``assessments.find_groups`` (``find_groups(request)``
gives ids and names of all groups).
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
    config.registry.setdefault("assessments.places", lambda _request, _quiz: [])
    config.registry.setdefault("assessments.find_learner", lambda _request, typed: typed or None)
    config.registry.setdefault("assessments.find_groups", lambda _request: [])
    config.include("pyramid_jinja2")
    config.add_route("assessments.bundle", "/static-assessments-taking/{version}/{name}")
    config.add_request_method("assessments.views.bundles.address", "bundle")
    config.scan("assessments.views")
