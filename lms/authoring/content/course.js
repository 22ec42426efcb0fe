// The script of every page of a built course. The pages are complete without it: it records what is
// done at the learning site, checks answers, keeps the place and exchanges languages.

import { CourseCheck } from "./check.js";
import { showWanted, watchLanguages } from "./languages.js";
import { isFramed, kept, session } from "./launch.js";
import { byId, listen, mainPart, make, say } from "./page.js";
import { startFinish, startVeil } from "./part.js";
import { comeBack, followReader } from "./place.js";
import { startPrinting, watchPrinting } from "./print.js";
import { CourseQuiz } from "./quiz.js";
import { CourseReflection } from "./reflection.js";
import { CourseScenario } from "./scenario.js";
import { startWords, watchWords } from "./word.js";

/** Set up what is on the page: at its start, and again in another language. */
function arrive() {
  const main = mainPart();
  const { kind } = main.dataset;
  if (isFramed) byId("parts").hidden = true;
  if (session.running) main.querySelector(".pause")?.append(" ", say("kept"));
  else if (kind !== "sources") main.querySelector("h1")?.after(make("p", say("alone"), "hint"));
  startWords();
  startPrinting();
  if (kind !== "part") return;
  startVeil();
  startFinish();
  followReader();
}

if (["", "not attempted", "unknown", "browsed"].includes(session.get(session.names.status))) {
  session.keep(session.names.status, "incomplete");
  session.commit();
}
for (const [name, element] of Object.entries({
  check: CourseCheck,
  quiz: CourseQuiz,
  reflection: CourseReflection,
  scenario: CourseScenario,
})) {
  customElements.define(`course-${name}`, element);
}
watchLanguages(arrive);
watchPrinting();
watchWords();
arrive();
showWanted(arrive).then(comeBack);

listen(document, "visibilitychange", () => {
  if (document.visibilityState === "hidden") session.commit();
});
listen(window, "pagehide", () => session.end(kept.done));
listen(window, "pageshow", (event) => {
  // Taken back out of the browser's memory, the page's session is over: begin a new one.
  if (event.persisted) window.location.reload();
});
