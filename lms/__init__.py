"""The application: site, people, courses, learning, and the pages that show them.

``main`` composes two Pyramid applications over one database, the site and the content origin,
and hands requests to one or the other by host (architecture §4).
"""

import atexit
import warnings
from collections.abc import Callable
from pathlib import Path

warnings.filterwarnings("ignore", "pkg_resources is deprecated", UserWarning)
# Pyramid 2.1 still imports it; nobody who types a command can do anything about that.

from pyramid.config import Configurator  # noqa: E402

from lms.evolution import STEPS, refuse_if_behind  # noqa: E402
from lms.metrics import Metrics  # noqa: E402
from lms.origins import OriginDispatcher  # noqa: E402
from lms.resources import site_of  # noqa: E402
from lms.settings import Settings  # noqa: E402
from lms.worker import beside  # noqa: E402
from lms.zodb import close_at_exit, open_database  # noqa: E402
from scorm.runtime.writer import Writer  # noqa: E402


def main(_global_config, **ini):
    """The WSGI application of an ini file (``paste.app_factory``).

    :raises lms.settings.SettingsError: when a setting cannot be used
    :raises lms.evolution.DatabaseBehind: when ``tutela db evolve`` has work to do
    """
    settings = Settings.from_ini(ini)
    database = open_database(settings.zodb_conf, settings.data)
    close_at_exit(database)
    worker = beside(database, settings)
    site = application(settings, database, ini, wake=worker.worker.wake if worker else idle)
    # Before the database: what was registered last is called first.
    atexit.register(site.close)
    site.begin()
    if worker is not None:
        worker.start()
        atexit.register(worker.close)
    return site


def idle() -> None:
    """Nobody here does work in the background: another process looks for it."""


def application(
    settings: Settings, database, ini: dict | None = None, wake: Callable[[], None] = idle
) -> OriginDispatcher:
    """Both applications over an open database.

    :param wake: tells the worker of this process that there is work
    """
    with database.transaction() as connection:
        refuse_if_behind(connection.root(), STEPS)
    ini = {**(ini or {}), **derived(settings)}
    metrics = Metrics()
    writer = Writer(database, retried=lambda: metrics.count("tutela_retries_total"))
    pages = site(settings, database, ini, metrics, wake)

    def close() -> None:
        pages.registry["certificates.printer"].close()
        pages.registry["certificates.readers"].close()
        writer.close()

    return OriginDispatcher(
        settings.origins,
        pages.make_wsgi_app(),
        content(settings, writer, ini, metrics).make_wsgi_app(),
        begin=pages.registry["certificates.readers"].begin,
        close=close,
    )


def derived(settings: Settings) -> dict[str, str]:
    """What the add-ons read of our settings, under their own names."""
    origins = settings.origins
    return {
        "scorm.secret": settings.secret,
        "scorm.content_url": origins.content_url,
        "scorm.return_url": f"{origins.site_url}/learning/resume",
        "scorm.renew_url": f"{origins.site_url}/learning/renew",
        "scorm.course_url": f"{origins.site_url}/courses/add",
        "scorm.layout": "lms:templates/layout.jinja2",
        "scorm.upload_limit": str(settings.upload_limit),
        "scorm.uploads": str(settings.uploads),
        "assessments.secret": settings.secret,
        "assessments.layout": "lms:templates/layout.jinja2",
        "certificates.issuer": settings.name,
        "certificates.site_url": origins.site_url,
        "certificates.keys": str(settings.keys),
        "certificates.layout": "lms:templates/layout.jinja2",
        "jinja2.i18n.domain": "tutela",
        "jinja2.trim_blocks": "true",
        "jinja2.lstrip_blocks": "true",
        "pyramid.default_locale_name": "en",
    }


def base(settings: Settings, ini: dict, metrics: Metrics) -> Configurator:
    """What both applications have: the settings, the counters, the translations."""
    config = Configurator(settings=dict(ini))
    config.registry["settings"] = settings
    config.registry["metrics"] = metrics
    config.registry["scorm.registrations"] = lambda connection: site_of(connection).registrations
    config.add_subscriber(count_request, "pyramid.interfaces.INewRequest")
    config.include("pyramid_jinja2")
    config.add_translation_dirs(str(Path(__file__).parent / "locale"))
    config.include("lms.subscribers")
    return config


def count_request(event) -> None:
    event.request.registry["metrics"].count("tutela_requests_total")


def site(
    settings: Settings, database, ini: dict, metrics: Metrics, wake: Callable[[], None]
) -> Configurator:
    """The site: pages, forms, people. It answers no content address."""
    config = base(settings, ini, metrics)
    config.registry["zodb"] = database
    config.registry["wake"] = wake
    config.include("lms.zodb")
    config.set_root_factory(lambda request: site_of(request.zodb))
    config.include("lms.security")
    config.include("lms.csp")
    config.include("lms.compression")
    config.include("lms.forms")
    config.include("lms.hosting")
    config.include("scorm")
    config.include("assessments")
    config.include("certificates")
    config.add_static_view("static", "lms:static", cache_max_age=31536000)
    config.scan("lms.views")
    return config


def content(settings: Settings, writer: Writer, ini: dict, metrics: Metrics) -> Configurator:
    """The content origin: the player and package files. It answers no address of the site."""
    config = base(settings, ini, metrics)
    config.registry["scorm.writer"] = writer
    config.include("scorm.content")
    return config
