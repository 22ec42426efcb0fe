"""What the player costs: over the line, and in the page for each value."""

from pathlib import Path

from browsers import chromium, signed_in
from servers import Server

CALLS = """() => {
  const api = window.parent.API_1484_11;
  const times = [];
  for (let turn = 0; turn < 400; turn += 1) {
    const began = performance.now();
    for (let call = 0; call < 100; call += 1) {
      api.SetValue("cmi.location", `${turn} ${call}`);
      api.GetValue("cmi.location");
    }
    times.push((performance.now() - began) / 100);
  }
  return times.sort((a, b) => a - b)[times.length / 2] * 1000;
}"""
"""Median microseconds of SetValue and GetValue; in hundreds, for the page's clock is coarse."""

FILL = """() => {
  const api = window.parent.API_1484_11;
  const set = (name, value) => {
    if (api.SetValue(name, value) !== "true") throw new Error(`${name}: ${api.GetLastError()}`);
  };
  for (let at = 0; at < 1000; at += 1) {
    const record = `cmi.interactions.${at}`;
    set(`${record}.id`, `urn:question-${at}`);
    set(`${record}.type`, "choice");
    set(`${record}.learner_response`, "a[,]c");
    set(`${record}.result`, at % 3 ? "correct" : "incorrect");
  }
  set("cmi.suspend_data", "0123456789abcdef".repeat(4096));
  api.Commit("");
}"""
"""What a long course has set: a thousand interactions and 64 kB of its own notes."""


def measure(folder: Path) -> dict[str, float]:
    """``player.kb`` (page, scripts, style and tables, packed), and ``player.setget_us`` of a page
    that has just begun and ``player.setget_full_us`` of one that holds what a long course sets."""
    server = Server(folder)
    server.run("init")
    server.add_people("member")
    server.publish("smallest")
    server.start()
    with chromium() as browser:
        page = signed_in(browser.new_context(), server, "member")
        loaded = {}
        page.on("requestfinished", lambda request: loaded.update({request.url: request}))
        page.goto(f"{server.url}/courses/smallest")
        page.get_by_role("button", name="Start", exact=True).click()
        page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
        parts = ("/static/player/", "/play")
        size = sum(
            request.sizes()["responseBodySize"]
            for url, request in list(loaded.items())
            if any(part in url for part in parts)
        )
        content = page.frame(name="sco")
        median = content.evaluate(CALLS)
        content.evaluate(FILL)
        page.wait_for_selector("#save[data-save=saved]")
        full = content.evaluate(CALLS)
    server.stop()
    return {
        "player.kb": round(size / 1000, 1),
        "player.setget_us": round(median, 1),
        "player.setget_full_us": round(full, 1),
    }
