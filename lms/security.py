"""Who is asking, and what they may do: sign-in cookie, principals, sessions against forgery.

The cookie is read here and nowhere else. Nothing is asked of the database outside a
transaction, so a page that reports a failed one shows nobody signed in.
"""

from datetime import UTC, datetime

from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.request import RequestLocalCache
from pyramid.session import JSONSerializer, SignedCookieSessionFactory
from webob.cookies import make_cookie

from lms.forgery import MaskedTokens
from lms.origins import Origins
from lms.resources import site_of
from lms.resources.people import Person
from lms.services import audit, sessions
from lms.services.rate import SignInLimits
from lms.services.sessions import SignedIn

COOKIE = "tutela-sign-in"
PAGE_COOKIE = "tutela-page"
DAY = 24 * 3600


def principals_of(person: Person | None) -> list[str]:
    """The names under which ACLs may allow somebody something."""
    if person is None:
        return [Everyone]
    return [
        Everyone,
        Authenticated,
        f"person:{person.id}",
        f"learner:{person.learner_id}",
        *(f"role:{role}" for role in person.roles),
        *(f"enrolled:{slug}" for slug in person.enrolments),
    ]


class SecurityPolicy:
    """Pyramid's security policy: the identity is a :class:`Person`, rights are ACLs on the tree.

    :param secure: whether the site is served over HTTPS; then the cookie is bound to the host
    """

    def __init__(self, *, secure: bool):
        self._secure = secure
        self.cookie = f"__Host-{COOKIE}" if secure else COOKIE
        self._signed_in = RequestLocalCache(self._find)
        self._acl = ACLHelper()

    @classmethod
    def of(cls, origins: Origins) -> "SecurityPolicy":
        """That of a site with these addresses."""
        return cls(secure=origins.site_url.startswith("https:"))

    def _find(self, request) -> SignedIn | None:
        now = datetime.now(UTC)
        people = site_of(request.zodb).people
        found = sessions.find(people, request.cookies.get(self.cookie), now)
        if found is not None:
            sessions.touch(found.session, now)
        return found

    def signed_in(self, request) -> SignedIn | None:
        """The person and the session by which the request is signed in."""
        if "tm.active" not in request.environ:
            return None
        return self._signed_in.get_or_create(request)

    def identity(self, request) -> Person | None:
        found = self.signed_in(request)
        return None if found is None else found.person

    def authenticated_userid(self, request) -> str | None:
        person = self.identity(request)
        return None if person is None else person.id

    def permits(self, request, context, permission):
        return self._acl.permits(context, principals_of(self.identity(request)), permission)

    def remember(self, _request, _userid, *, cookie: str, shared_computer: bool):
        """Headers that sign the browser in: until it is closed, or for the session's lifetime.

        :param cookie: what :func:`lms.services.sessions.open_session` gave
        """
        seconds = None if shared_computer else int(sessions.LIFETIME.total_seconds())
        return [("Set-Cookie", self._set_cookie(cookie, seconds))]

    def forget(self, _request, **_options):
        """Headers that make the browser forget the sign-in."""
        return [("Set-Cookie", self._set_cookie(None, None))]

    def _set_cookie(self, value: str | None, seconds: int | None) -> str:
        return make_cookie(
            self.cookie,
            value,
            max_age=seconds,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="Lax",
        )


def note(request, action: str, subject: str, details: dict) -> None:
    """Note in the audit trail what the person signed in has done
    (:func:`lms.services.audit.record`)."""
    audit.record(
        site_of(request.zodb).audit,
        now=datetime.now(UTC),
        actor=request.identity.id,
        action=action,
        subject=subject,
        details=details,
    )


def includeme(config):
    """Reads ``registry["settings"]``; gives ``request.signed_in``, ``request.note`` and the defence
    against forged forms."""
    settings = config.registry["settings"]
    secure = settings.origins.site_url.startswith("https:")
    policy = SecurityPolicy.of(settings.origins)
    config.set_security_policy(policy)
    config.add_request_method(policy.signed_in, "signed_in", property=True)
    config.add_request_method(note)
    config.set_session_factory(
        SignedCookieSessionFactory(
            settings.secret,
            cookie_name=f"__Host-{PAGE_COOKIE}" if secure else PAGE_COOKIE,
            secure=secure,
            httponly=True,
            samesite="Lax",
            timeout=7 * DAY,
            reissue_time=DAY,
            hashalg="sha512",
            salt="tutela.page.",
            serializer=JSONSerializer(),
        )
    )
    config.set_csrf_storage_policy(MaskedTokens())
    config.set_default_csrf_options(require_csrf=True, check_origin=True)
    config.registry["sign_in_limits"] = SignInLimits()
    config.include("lms.languages")
