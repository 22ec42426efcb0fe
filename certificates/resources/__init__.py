"""What this house keeps in the database: certificates, what earns them, how they look, whether
they hold. Everything hangs on :class:`Certificates`."""

from certificates.resources.award import Award, Awards
from certificates.resources.batch import Batch, Batches
from certificates.resources.certificate import Certificate, UnknownCode, award_key
from certificates.resources.certificates import Certificates, CodeTaken
from certificates.resources.listing import Listing
from certificates.resources.portfolio import Portfolio
from certificates.resources.status import StatusList, StatusLists
from certificates.resources.template import (
    IncludedTemplate,
    Picture,
    Template,
    Templates,
    TemplateVersion,
)
from certificates.resources.trees import WideTree

__all__ = [
    "Award",
    "Awards",
    "Batch",
    "Batches",
    "Certificate",
    "Certificates",
    "CodeTaken",
    "IncludedTemplate",
    "Listing",
    "Picture",
    "Portfolio",
    "StatusList",
    "StatusLists",
    "Template",
    "TemplateVersion",
    "Templates",
    "UnknownCode",
    "WideTree",
    "award_key",
]
