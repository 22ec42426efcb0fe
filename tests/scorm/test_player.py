"""The player's files as browsers get them: one module, small, that does what its sources do."""

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest
import rjsmin

from nodes import NODE, needs_node
from scorm import player

HERE = Path(__file__).parent
MODULES = sorted(path.name for path in player.SOURCES.glob("*.js") if path.name != "player.js")


def node(*words: str, **more) -> str:
    run = subprocess.run([NODE, *words], capture_output=True, text=True, timeout=120, **more)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def exports(path: Path) -> set[str]:
    script = "import(process.argv[1]).then((all) => console.log(Object.keys(all).join()))"
    return set(node("--eval", script, path.as_uri()).strip().split(","))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A tree like ours in which every module is the one that is served, but for the page itself."""
    root = tmp_path_factory.mktemp("served")
    folder = root / "scorm" / "static" / "player"
    folder.mkdir(parents=True)
    shutil.copy(player.SOURCES / "package.json", folder)
    (folder / "joined.js").write_text(
        rjsmin.jsmin(player.joined(player.SOURCES, *MODULES)), "utf-8"
    )
    for name in MODULES:
        (folder / name).write_text('export * from "./joined.js";', "utf-8")
    shutil.copytree(player.TABLES, root / "scorm" / "cmi")
    for name in ("player", "js"):
        shutil.copytree(HERE / name, root / "tests" / "scorm" / name)
    return root


@needs_node
def test_the_joined_module_exports_all_that_the_modules_do(served):
    found = exports(served / "scorm" / "static" / "player" / "joined.js")
    assert found == set().union(*(exports(player.SOURCES / name) for name in MODULES))


@needs_node
def test_the_joined_module_does_what_the_node_tests_say(served):
    tests = sorted(str(path) for path in served.rglob("*.test.mjs"))
    assert len(tests) > 5
    node("--test", "--test-reporter=tap", *tests)


@needs_node
def test_what_is_served_is_one_whole_module(tmp_path):
    body = player.files()["player.js"].body
    whole = tmp_path / "player.mjs"
    whole.write_bytes(body)
    node("--check", str(whole))
    assert b"\nimport" not in body
    assert not body.startswith(b"import")


def test_every_file_is_packed_as_it_is_and_smaller_than_its_source():
    for name, file in player.files().items():
        folder = player.TABLES if name.endswith(".json") else player.SOURCES
        assert gzip.decompress(file.packed) == file.body
        assert len(file.packed) < len(file.body)
        if name not in ("player.js", "kept.js") and name != "elements_2004.json":
            assert len(file.body) < (folder / name).stat().st_size


def test_the_codes_of_languages_come_with_the_table_that_needs_them():
    tables = {name: json.loads(file.body) for name, file in player.files().items() if "_" in name}
    assert "languages" not in tables["elements_12.json"]
    assert "de" in tables["elements_2004.json"]["languages"]["primary"].split()


def test_packing_the_same_gives_the_same():
    before = {name: file.packed for name, file in player.files().items()}
    player.files.cache_clear()
    assert {name: file.packed for name, file in player.files().items()} == before
