"""axe-core, the checker of accessibility, in a page (``make test`` gets it from npm)."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "build/axe/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)} (${node.failureSummary})`));
}"""

needs_axe = pytest.mark.skipif(
    not AXE.exists(),
    reason="axe-core is not installed: it comes with npm (Debian: apt install npm) and make test",
)


def findings(page) -> list[str]:
    """What axe finds on the page as it is: each rule and element in one line."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(RUN, RULES)
