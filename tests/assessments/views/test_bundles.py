"""What an attempt's pages load as one file."""

import gzip
import shutil
import subprocess

import pytest

from assessments.views.bundles import STATIC, files

NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed (Debian: apt install nodejs)")
@pytest.mark.parametrize("name", ["taking.js", "ended.js"])
def test_no_two_modules_use_a_name_for_themselves(name, tmp_path):
    script = tmp_path / "joined.mjs"
    script.write_text(files()[name][1], "utf-8")
    run = subprocess.run(
        [NODE, "--check", str(script)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_nothing_is_asked_for_afterwards():
    assert "import" not in files()["taking.js"][1]


def test_every_module_of_questions_is_there():
    script = files()["taking.js"][1]
    for path in STATIC.glob("*.js"):
        for name in ("put-in-order", "word-gaps", "picture-places", "count-words"):
            if f'customElements.define("{name}"' in path.read_text("utf-8"):
                assert f'"{name}"' in script


def test_scripts_are_small():
    assert len(gzip.compress(files()["taking.js"][1].encode())) <= 12_000
