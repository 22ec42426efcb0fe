// Where the reader is: kept at the learning site heading by heading, and found again.

import { kept, session } from "./launch.js";
import { findAll, mainPart, make, say } from "./page.js";

/** How long the reader stays at a heading before the place is stored, in milliseconds. */
const SETTLING = 400;

/** @type {IntersectionObserver | null} */
let watch = null;

/** Go where the reader stopped, and say so. */
export function comeBack() {
  const place = session.get(session.names.location);
  const heading = place ? document.getElementById(place) : null;
  if (!heading || place === "h1" || heading.offsetParent === null) return;
  const told = make("p", say("resumed") + " ", "resumed");
  const back = make("a", say("to_start"));
  back.setAttribute("href", "#start");
  told.append(back);
  heading.before(told);
  told.scrollIntoView();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Store the heading the reader has come to, and how far it is. */
export function followReader() {
  const headings = findAll(mainPart(), ".text h2[id], .text h3[id]");
  let farthest = session.is2004 ? Number(session.get("cmi.progress_measure")) || 0 : 0;
  let waiting = 0;
  watch?.disconnect();
  watch = new IntersectionObserver((entries) => {
    const seen = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
    const heading = headings.filter((each) => seen.includes(each)).pop();
    if (!heading) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      session.keep(session.names.location, heading.id);
      const share = (headings.indexOf(heading) + 1) / (headings.length + 1);
      farthest = kept.done ? 1 : Math.max(farthest, Math.round(share * 100) / 100);
      if (session.is2004) session.set("cmi.progress_measure", farthest);
      session.commit();
    }, SETTLING);
  });
  for (const heading of headings) watch.observe(heading);
}
