"""The programs of others that check badges: those of npm, which ``make verifiers`` installs."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from nodes import NODE
from servers import ROOT

INSTALLED = ROOT / "build" / "badges" / "node_modules"
SCRIPT = Path(__file__).parent / "js" / "verify.mjs"

needs_verifiers = pytest.mark.skipif(
    NODE is None or not (INSTALLED / "@digitalcredentials" / "verifier-core").is_dir(),
    reason="npm's verifiers of badges are not installed (make verifiers)",
)


def verified(
    folder: Path,
    documents: dict[str, Any],
    credentials: dict[str, Any],
    tokens: dict[str, str] | None = None,
) -> dict:
    """What every program finds of each credential, all in one process (``js/verify.mjs``).

    :param folder: an empty one: modules are found from where the script lies
    :param documents: what the programs may load, by address
    """
    folder.joinpath("node_modules").symlink_to(INSTALLED)
    shutil.copy(SCRIPT, folder)
    run = subprocess.run(
        [NODE, str(folder / SCRIPT.name)],
        input=json.dumps(
            {"documents": documents, "credentials": credentials, "tokens": tokens or {}}
        ),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
