"""What a database from before awards, templates and status lists needs. Each is idempotent."""

from collections.abc import Callable, Mapping

from certificates.resources import Certificates, WideTree, award_key
from certificates.status import places


def furnish(certificates: Certificates, random: Callable[[int], bytes]) -> None:
    """The rooms beside the certificates; snapshots that name their subject; places in the status
    lists, in which what was revoked is set; the register of all."""
    certificates.furnish()
    for certificate in certificates.values():
        snapshot = certificate.snapshot
        if "course" in snapshot:
            rest = {key: value for key, value in snapshot.items() if key not in ("course", "kind")}
            certificate.snapshot = {
                "kind": "achievement",
                "subject": "course",
                "title": snapshot["course"],
                **rest,
            }
        if certificate.listed is None:
            certificate.listed = places.take(certificates.status, certificate.code, random)
            if certificate.revoked is not None:
                key, index = certificate.listed
                certificates.status[key].revoked.insert(index)
    certificates.register_all()


def index_courses(certificates: Certificates) -> None:
    """The index by which paths are found, in a database from before there were any."""
    if "by_course" not in certificates.awards.__dict__:
        certificates.awards.by_course = WideTree()


def awards_named(certificates: Certificates) -> set[str]:
    """The awards that certificates name and that are none: what was certified once had a name of
    the host's, and nothing else."""
    named = {certificate.award for certificate in certificates.values()}
    return {each for each in named if each not in certificates.awards}


def rename_awards(certificates: Certificates, ids: Mapping[str, str]) -> None:
    """Certificates of awards that have got an id; what a rule asked for is a list of conditions.
    Doing it again changes nothing.

    :param ids: the awards' ids by the names that they had
    """
    for certificate in certificates.values():
        rule = certificate.snapshot.get("rule")
        if rule and isinstance(rule[0], str):
            certificate.snapshot = {**certificate.snapshot, "rule": [_listed(rule)]}
        certificate.award = ids.get(certificate.award, certificate.award)
    for key, code in list(certificates.by_award.items()):
        learner_id, _, award = key.partition("/")
        if award in ids:
            del certificates.by_award[key]
            certificates.by_award[award_key(learner_id, ids[award])] = code
    certificates.register_all()


def _listed(condition) -> list:
    return [list(part) if isinstance(part, tuple) else part for part in condition]
