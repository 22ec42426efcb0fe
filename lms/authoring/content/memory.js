// What is kept between visits, as short as it can be: records that end in a semicolon, the most
// important first. Text that was cut short loses its last records only; foreign text is nothing.

/**
 * @typedef {{done: boolean, shown: boolean, best: Map<string, number>,
 *   draws: Map<string, string[]>, answers: Map<string, string[]>, checked: Set<string>,
 *   places: Map<string, string>, sent: Set<string>, seen: Map<string, string[]>}} Kept
 * shown: the veil was lifted; best, draws, seen: best percent, questions drawn now and so far, by
 * kind of quiz; answers: chosen values by question; checked: questions that show their feedback;
 * places: the step a scenario is at; sent: reflections
 */

/** Characters that every site keeps (RTE 4.2.22; 1.2 RTE 3.4.4): never more are sent. */
export const ROOM = { "2004": 64000, "1.2": 4096 };

const VERSION = "2";
const RECORD = /^([a-z])([a-z0-9-]*)(?:=([a-z0-9.,-]*))?$/;

/** @returns {Kept} */
function nothing() {
  return {
    done: false, shown: false, best: new Map(), draws: new Map(), answers: new Map(),
    checked: new Set(), places: new Map(), sent: new Set(), seen: new Map(),
  };
}

/** @param {Kept} kept @param {number} room characters at most; what does not fit is left out */
export function packed(kept, room) {
  const records = [];
  if (kept.done) records.push("d");
  if (kept.shown) records.push("s");
  kept.best.forEach((percent, kind) => records.push(`b${kind}=${percent}`));
  kept.draws.forEach((ids, kind) => records.push(`w${kind}=${ids}`));
  kept.answers.forEach((values, id) => {
    records.push(`${kept.checked.has(id) ? "c" : "a"}${id}=${values}`);
  });
  kept.places.forEach((step, id) => records.push(`p${id}=${step}`));
  kept.sent.forEach((id) => records.push(`r${id}`));
  kept.seen.forEach((ids, kind) => records.push(`n${kind}=${ids}`));
  return records.reduce(
    (text, record) => (text.length + record.length < room ? `${text}${record};` : text),
    `${VERSION};`
  );
}

/** @param {string} text @returns {Kept} */
export function unpacked(text) {
  const kept = nothing();
  const records = text.split(";").slice(0, -1);
  if (records.shift() !== VERSION) return kept;
  for (const record of records) {
    const match = RECORD.exec(record);
    if (match) take(kept, match[1], match[2], match[3] || "");
  }
  return kept;
}

/** @param {Kept} kept @param {string} sort @param {string} name @param {string} value */
function take(kept, sort, name, value) {
  const values = value === "" ? [] : value.split(",");
  if (sort === "d") kept.done = true;
  if (sort === "s") kept.shown = true;
  if (sort === "b" && Number(value) >= 0 && Number(value) <= 100) kept.best.set(name, Number(value));
  if (sort === "w") kept.draws.set(name, values);
  if (sort === "a" || sort === "c") kept.answers.set(name, values);
  if (sort === "c") kept.checked.add(name);
  if (sort === "p") kept.places.set(name, value);
  if (sort === "r") kept.sent.add(name);
  if (sort === "n") kept.seen.set(name, values);
}
