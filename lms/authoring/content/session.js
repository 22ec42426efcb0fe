// One launch by a learning site: the only place that speaks to its API. A site that throws, answers
// nonsense or is not there is a site that keeps nothing, and never breaks the page.

import { duration } from "./time.js";

/** What the two standards call the same things. */
export const STANDARDS = {
  "2004": {
    api: "API_1484_11", call: "", terminate: "Terminate", mode: "cmi.mode",
    location: "cmi.location", status: "cmi.completion_status", exit: "cmi.exit",
    time: "cmi.session_time", score: "cmi.score", language: "cmi.learner_preference.language",
  },
  "1.2": {
    api: "API", call: "LMS", terminate: "Finish", mode: "cmi.core.lesson_mode",
    location: "cmi.core.lesson_location", status: "cmi.core.lesson_status", exit: "cmi.core.exit",
    time: "cmi.core.session_time", score: "cmi.core.score",
    language: "cmi.student_preference.language",
  },
};

/**
 * The API object: up through the parents, then from the opener (RTE 3.3).
 * @param {any} here a window @param {string} name
 */
export function findApi(here, name) {
  return above(here, name) || above(here.opener, name) || above(here.top.opener, name);
}

/** @param {any} from @param {string} name */
function above(from, name) {
  for (let hops = 0; from && hops < 500; hops += 1) {
    try {
      if (from[name]) return from[name];
    } catch (anotherOrigin) {
      return null;
    }
    if (from.parent === from) return null;
    from = from.parent;
  }
  return null;
}

/** Every value goes through here, and nothing does when there is no learning site. */
export class Session {
  /**
   * @param {"2004" | "1.2"} standard
   * @param {any} api null without a learning site
   * @param {(saved: boolean) => void} told whether all was kept, after each commit
   */
  constructor(standard, api, told) {
    this.standard = standard;
    this.is2004 = standard === "2004";
    this.names = STANDARDS[standard];
    this.api = api;
    this.told = told;
    this.started = Date.now();
    /** Values whose loss the learner is told of; each commit tries them again. @type {Map<string, string>} */
    this.unsaved = new Map();
    this.running = Boolean(api) && this.call("Initialize", "");
    this.recording = this.running && ["", "normal"].includes(this.get(this.names.mode));
  }

  /** @param {string} name as in 2004 @param {...string} values @returns {string} */
  ask(name, ...values) {
    try {
      return String(this.api[this.names.call + name](...values) ?? "");
    } catch (broken) {
      return "";
    }
  }

  /** @param {string} name @param {...string} values @returns {boolean} whether it went well */
  call(name, ...values) {
    return this.ask(name, ...values) === "true";
  }

  /** @param {string} element @returns {string} empty when there is none */
  get(element) {
    return this.running ? this.ask("GetValue", element) : "";
  }

  /** @param {string} element @param {string | number} value @returns {boolean} whether it was taken */
  set(element, value) {
    return this.recording && this.call("SetValue", element, String(value));
  }

  /** A value whose loss the learner must be told of. @param {string} element @param {string | number} value */
  keep(element, value) {
    if (!this.recording) return;
    if (this.set(element, value)) this.unsaved.delete(element);
    else this.unsaved.set(element, String(value));
  }

  setTime() {
    this.set(this.names.time, duration(Date.now() - this.started, this.is2004));
  }

  /** Store all that was set. */
  commit() {
    if (!this.recording) return;
    for (const [element, value] of Array.from(this.unsaved)) this.keep(element, value);
    this.setTime();
    const saved = this.call("Commit", "");
    this.told(saved && this.unsaved.size === 0);
  }

  /**
   * Leave. In 2004 always with "suspend": any other exit makes the next visit a new attempt, in
   * which a part that was done is not, and a quiz that was passed is not (RTE 4.2.8, SN UP.4).
   * @param {boolean} finished
   */
  end(finished) {
    if (!this.running) return;
    this.setTime();
    this.set(this.names.exit, this.is2004 || !finished ? "suspend" : "");
    this.running = this.recording = false;
    this.call(this.names.terminate, "");
  }
}
