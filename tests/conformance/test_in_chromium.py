"""Every case in Chromium on the running site, with a page of our own in the place of ADL's content:
what is launched in which order, every call, what a person sees of the controls and the contents,
and how sessions end."""

import pytest

from conformance import chromium as browser
from conformance.cases import case, names
from conformance.walk import walk
from shared import needs_shared

pytestmark = [pytest.mark.browser, needs_shared]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with browser.site(tmp_path_factory.mktemp("site"), names()) as server:
        yield server


@pytest.mark.parametrize("name", names())
def test_a_case_goes_as_adl_expects(chromium, site, tmp_path, name):
    found = case(name)
    with browser.learner(chromium, site, found, tmp_path) as learner:
        walked = walk(found, learner)
        assert walked.wrong == []
        assert walked.launches == len(found.launches)
        assert learner.visitor.problems == learner.visitor.foreign == []
