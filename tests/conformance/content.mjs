// What stands in for ADL's test content: finds API_1484_11 as content does, makes the calls that it
// is handed, and says goodbye. Inside a package it is a script of the page; node's tests import it.

/** Where an element such as cmi.objectives.&ID&.score.raw names its record by id. */
const MACRO = /^(.*)\.&([^&]*)&(.*)$/;

/** @param {Window} from */
function search(from) {
  let at = from;
  for (let n = 0; n < 500 && !at.API_1484_11 && at.parent !== at; n += 1) at = at.parent;
  return at.API_1484_11 || null;
}

/** The ids of all records of a collection, in its order. */
function ids(api, collection) {
  const count = Number(api.GetValue(`${collection}._count`));
  return Array.from({ length: count }, (_, n) =>
    decodeURIComponent(api.GetValue(`${collection}.${n}.id`)),
  );
}

function resolved(api, element) {
  const [, collection, id, rest] = MACRO.exec(element) || [];
  if (collection === undefined) return element;
  const n = ids(api, collection).indexOf(id);
  return n < 0 ? element : `${collection}.${n}${rest}`;
}

/**
 * @param {any} api
 * @param {string[][]} calls each a function's name and what it is given
 * @returns {string[][]} what each answered, and the error that it left
 */
export function play(api, calls) {
  return calls.map(([name, ...given]) => {
    if (name === "compareObjIds") return [ids(api, "cmi.objectives").join(","), "0"];
    if (/^[GS]etValue$/.test(name)) given[0] = resolved(api, given[0]);
    return [api[name](...given), api.GetLastError()];
  });
}

if (typeof window !== "undefined") {
  const api = search(window) || (window.opener && search(window.opener));
  let running = false;

  const call = (calls) => {
    const answers = play(api, calls);
    calls.forEach(([name], n) => {
      if (name === "Initialize" && answers[n][0] === "true") running = true;
      if (name === "Terminate" && answers[n][0] === "true") running = false;
    });
    return answers;
  };

  /** Which part of the course this is. */
  window.act = new URLSearchParams(location.search).get("act");
  /** Whether nobody has asked anything of it yet. */
  window.waiting = true;
  window.play = (calls) => {
    window.waiting = false;
    return call(calls);
  };
  /** The answer to Terminate, or null when there is nothing to end. */
  window.goodbye = () => (running ? call([["Terminate", ""]])[0] : null);
  window.addEventListener("pagehide", window.goodbye);
}
