"""Each add-on in a bare Pyramid application, in a process that cannot import ``lms``."""

import subprocess
import sys

import pytest

from servers import ROOT

PROGRAM = """
import sys, warnings
warnings.simplefilter("ignore")
sys.modules["lms"] = None
from pyramid.config import Configurator
from webob import Request
config = Configurator(settings={
    "scorm.secret": "a secret of the test, long enough",
    "scorm.content_url": "http://*.content.test",
    "scorm.return_url": "http://site.test/back",
    "scorm.renew_url": "http://site.test/renew",
    "scorm.uploads": "/nowhere",
    "assessments.secret": "a secret of the test, long enough",
    "certificates.issuer": "A site",
    "certificates.site_url": "http://site.test",
    "certificates.keys": sys.argv[2],
})
config.include("pyramid_jinja2")
config.include(sys.argv[1])
answer = Request.blank("/nothing/of/this/name").get_response(config.make_wsgi_app())
houses = {"lms", "scorm", "assessments", "certificates"}
loaded = {name.partition(".")[0] for name, module in sys.modules.items() if module is not None}
print(answer.status_int, *sorted(loaded & houses))
"""


@pytest.mark.parametrize("name", ["scorm", "scorm.content", "assessments", "certificates"])
def test_an_add_on_serves_a_bare_application_and_loads_no_other_house(name, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, name, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    status, *houses = done.stdout.split()
    assert status in ("403", "404")
    assert houses == [name.partition(".")[0]]
