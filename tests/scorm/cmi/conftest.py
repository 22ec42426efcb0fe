"""The page's data model and API objects, asked through node."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TABLES = ROOT / "scorm" / "cmi"


@pytest.fixture(scope="session")
def ask_page(tmp_path_factory):
    """``ask_page(launches)``: what ``answers.mjs`` says to each launch's calls, in order."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed (Debian: apt install nodejs)")
    folder = tmp_path_factory.mktemp("questions")
    shared = {
        "tables": {
            "1.2": json.loads((TABLES / "elements_12.json").read_text("utf-8")),
            "2004": json.loads((TABLES / "elements_2004.json").read_text("utf-8")),
        },
        "languages": json.loads((TABLES / "languages.json").read_text("utf-8")),
    }

    def ask(launches: list[dict]) -> list[dict]:
        question = folder / "question.json"
        question.write_text(json.dumps({**shared, "launches": launches}), "utf-8")
        script = ROOT / "tests" / "scorm" / "js" / "answers.mjs"
        run = subprocess.run(
            [node, "--no-warnings", str(script), str(question)], capture_output=True, text=True
        )
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)

    return ask
