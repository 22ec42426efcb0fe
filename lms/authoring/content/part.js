// A part: its veil, and the end that the learner declares.

import { kept, save, session } from "./launch.js";
import { byId, find, listen, make, say } from "./page.js";

/** The content note's veil stays lifted once the learner has lifted it. */
export function startVeil() {
  const veil = /** @type {HTMLDetailsElement | null} */ (document.getElementById("veil"));
  if (!veil) return;
  veil.open = kept.shown;
  // Not its toggle event: that also comes when the page is opened for printing.
  listen(find(veil, "summary"), "click", () => {
    kept.shown = !veil.open;
    save();
  });
}

/** "Mark as done", and the way to the next part where the site has one. */
export function startFinish() {
  const done = byId("done");
  byId("finish").hidden = !session.recording;
  if (kept.done) showDone();
  listen(done, "click", () => {
    kept.done = true;
    session.keep(session.names.status, "completed");
    if (session.is2004) session.set("cmi.progress_measure", 1);
    showDone();
    save();
    byId("done-words").focus();
  });
  listen(byId("next"), "click", goOn);
}

/** @param {string} words */
function showFinished(words) {
  byId("done-words").replaceChildren(make("p", say(words), "finished"));
}

function showDone() {
  showFinished("done_words");
  byId("done").hidden = true;
  byId("finish").classList.add("is-done");
  const canGoOn = session.is2004 && session.get("adl.nav.request_valid.continue") === "true";
  byId("next").hidden = !canGoOn;
}

function goOn() {
  session.set("adl.nav.request", "continue");
  session.end(true);
  byId("next").hidden = true;
  showFinished("ended");
}
