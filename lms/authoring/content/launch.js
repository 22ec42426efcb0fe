// This launch: the session with the learning site, and what it has kept. One for the page's whole
// life, whatever language it is shown in.

import { ROOM, packed, unpacked } from "./memory.js";
import { byId, mainPart, say } from "./page.js";
import { STANDARDS, Session, findApi } from "./session.js";

const standard = mainPart().dataset.standard === "1.2" ? "1.2" : "2004";
const isAsset = mainPart().dataset.kind === "sources";
const api = findApi(window, STANDARDS[standard].api);

/** Whether a learning site frames the page; sources are read there without a session. */
export const isFramed = api !== null;

export const session = new Session(standard, isAsset ? null : api, tellSaved);
export const kept = unpacked(session.get("cmi.suspend_data"));

export function save() {
  session.keep("cmi.suspend_data", packed(kept, ROOM[standard]));
  session.commit();
}

/** Only a change is told, so that nothing is spoken twice. @param {boolean} saved */
function tellSaved(saved) {
  const place = byId("saving");
  const failed = place.classList.contains("is-unsaved");
  if (saved !== failed) return;
  place.classList.toggle("is-unsaved", !saved);
  place.textContent = say(saved ? "saved_again" : "unsaved");
}
