"""What the add-ons ask of their host: how people are called, who they are, where things belong."""

from lms.languages import LANGUAGES
from lms.services import quizzes
from lms.services.descriptions import told
from lms.services.earning import subject_of
from lms.services.people import centres
from lms.views.award_rows import ahead


def called(request, person_id: str) -> str:
    """How pages name a person: by what they chose to be called, while they are here."""
    person = request.root.people.get(person_id)
    return person_id if person is None else person.display_name


def groups(request) -> tuple[str, ...]:
    """What exceptions in quizzes can be made for besides the person: the centre."""
    centre = request.identity.centre
    return (f"centre:{centre}",) if centre else ()


def certified_learner(request) -> str | None:
    """Whose certificates are asked for: the person's who is signed in."""
    return None if request.identity is None else request.identity.learner_id


def learner_called(request, learner_id: str) -> str:
    """How markers see a learner: by what they chose to be called, while they are here."""
    person = request.root.people.by_learner(learner_id)
    return learner_id if person is None else person.display_name


def holder_called(request, key: str) -> str:
    """How admins see whose a certificate is, or whom a batch issues one to: by username and what
    they chose to be called.

    :param key: the id of a learner, or of a person
    """
    people = request.root.people
    person = people.by_learner(key) or people.get(key)
    if person is None:
        return key
    if person.display_name == person.username:
        return person.username
    return f"{person.display_name} ({person.username})"


def holders_of(request, typed: str) -> frozenset[str]:
    """Everybody of a centre, and who has this username, by the ids under which certificates know
    them."""
    wanted, people = typed.casefold(), request.root.people
    found = {
        each.learner_id for each in people.values() if (each.centre or "").casefold() == wanted
    }
    named = people.by_username(typed)
    return frozenset(found if named is None else {*found, named.learner_id})


def award_called(request, award) -> str:
    """How lists name an award: by its own title, or that of its course."""
    kind, slug = subject_of(award)
    known = request.root.courses
    titled = kind == "course" and slug in known
    return award.title or (known[slug].title if titled else award.subject)


def author_called(request, principal: str) -> str:
    """How authors see one another, by principal."""
    return called(request, principal.removeprefix("person:"))


def find_learner(request, typed: str) -> str | None:
    """The learner with a username, as authors type it."""
    person = request.root.people.by_username(typed)
    return None if person is None else person.learner_id


def find_groups(request) -> list[tuple[str, str]]:
    """The groups that exceptions in quizzes can be made for: every centre that somebody is of."""
    return [(f"centre:{centre}", centre) for centre in centres(request.root.people)]


def quiz_places(request, quiz) -> list[tuple[str, str]]:
    """The courses that a quiz is a part of: titles and addresses."""
    return [
        (course.title, request.resource_url(course))
        for course in request.root.courses.values()
        if quizzes.lesson_of(course, quiz) is not None
    ]


def quiz_back(request, quiz) -> tuple[str, str] | None:
    """Where a learner came to a quiz from: the course of theirs that it is a part of."""
    for enrolment in request.identity.enrolments.values():
        if quizzes.lesson_of(enrolment.course, quiz) is not None:
            title = told(enrolment.course, request.locale_name).title
            return request.resource_url(enrolment.course), title
    return None


def includeme(config):
    """Tell the add-ons, before they are included."""
    config.registry["scorm.called"] = called
    config.registry["scorm.learner_name"] = lambda request: request.identity.display_name
    config.registry["scorm.shared_computer"] = lambda r: r.signed_in.session.shared_computer
    config.registry["assessments.learner"] = lambda request: request.identity.learner_id
    config.registry["assessments.groups"] = groups
    config.registry["assessments.called"] = learner_called
    config.registry["assessments.author_called"] = author_called
    config.registry["assessments.find_learner"] = find_learner
    config.registry["assessments.find_groups"] = find_groups
    config.registry["assessments.places"] = quiz_places
    config.registry["assessments.back"] = quiz_back
    config.registry["certificates.learner"] = certified_learner
    config.registry["certificates.ahead"] = ahead
    config.registry["certificates.called"] = holder_called
    config.registry["certificates.award_called"] = award_called
    config.registry["certificates.holders_of"] = holders_of
    config.registry["certificates.languages"] = LANGUAGES
