import json
from argparse import Namespace

from lms.authoring.command import build_command, report


def test_the_command_builds_and_its_result_is_plain(course, tmp_path):
    output = tmp_path / "x.zip"
    built = build_command(Namespace(directory=course, output=output, standard="2004"))
    assert (built.standard, output.exists()) == ("2004", True)
    assert json.dumps(built.to_plain())


def test_the_report_names_the_edition_and_every_page(course, tmp_path):
    args = Namespace(directory=course, output=tmp_path / "x.zip", standard="1.2")
    text = report(build_command(args))
    assert text.startswith("A small course: SCORM 1.2, ")
    assert text.count("with all it loads") == 3


def test_the_report_of_a_2004_package_says_so(course, tmp_path):
    args = Namespace(directory=course, output=tmp_path / "x.zip", standard="2004")
    assert "SCORM 2004 4th Edition" in report(build_command(args))
