"""``/certificates/mine``: what one learner holds, whoever asks."""

from certificates.resources.certificate import Certificate


class Portfolio:
    """The certificates of whoever asks. Nothing is stored here; the container's ACL holds."""

    __name__ = "mine"

    def __init__(self, certificates):
        self.__parent__ = certificates

    def of(self, learner_id: str) -> list[Certificate]:
        """Every certificate of a learner, expired and revoked ones too: the newest first, and below
        each those that it followed."""
        present = [one for one in self.__parent__.of_learner(learner_id) if one.learner_id]
        present.sort(key=lambda one: (one.issued, one.code), reverse=True)
        held = []
        for certificate in present:
            while certificate is not None and certificate.learner_id == learner_id:
                held.append(certificate)
                before = certificate.renews or certificate.replaces
                certificate = self.__parent__.get(before) if before else None
        return held
