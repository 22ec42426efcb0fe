// What a course that roams would deliver, worked out on the device: what the server has said of
// every part, and on top of it all that this device has set since. The server takes the same
// entries later and decides; nothing here counts, it only has to show the same.

import { seconds } from "./limit.js";

/**
 * @typedef {import("./outbox.js").Entry} Said an entry, as it is stored
 * @typedef {import("./line.js").View} View
 * @typedef {import("./line.js").Entry} Line of the contents
 * @typedef {{activity: string, title: string, url: string, standard: "1.2" | "2004",
 *   edition: string, sco: boolean, stores: {target: string, readable: boolean, writable: boolean}[],
 *   fresh: {[element: string]: string}, data: {[element: string]: string} | null,
 *   resumes: boolean, assumes: {completed: boolean, passed: boolean}, terminated: boolean, begun: boolean, status?: string, exit?: string,
 *   time?: string, counted?: number}} Part
 *   fresh: the data of a new attempt; data: those of the present one; exit, time: of this session;
 *   assumes: what counts as reached when content ends without a word about it
 * @typedef {{acknowledged: number, over: string | null, current: string | null, active: boolean,
 *   targets: {[activity: string]: string}, stores: {[target: string]: string | null},
 *   view: View, parts: Part[], session?: string, before?: string,
 *   lost?: boolean}} Plain
 *   acknowledged: up to which entry of the session it is true; before: the session that was heard
 *   of on this device before it; lost: something was asked for that only the server can work out
 */

const AIM = /^\{target=(.*)\}(choice|jump)$/;
const STORE = /^adl\.data\.(\d+)\.store$/;
const NAMED = {
  "1.2": {
    exit: "cmi.core.exit",
    time: "cmi.core.session_time",
    total: "cmi.core.total_time",
    entry: "cmi.core.entry",
  },
  2004: {
    exit: "cmi.exit",
    time: "cmi.session_time",
    total: "cmi.total_time",
    entry: "cmi.entry",
  },
};
const STATUS_12 = "cmi.core.lesson_status";
/** @type {{[status: string]: string}} */
const WORDS_12 = {
  passed: "passed",
  completed: "completed",
  browsed: "completed",
  failed: "failed",
  incomplete: "in progress",
};
/** Elements that a new value is added to. */
const ADDED = "cmi.comments";
const DONE = ["completed", "passed", "failed"];

/** @param {number} whole seconds @param {"1.2" | "2004"} standard
 * @returns {string} as scorm/cmi/time.py writes it */
export function spent(whole, standard) {
  const all = Math.round(whole * 100);
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const hours = Math.floor(all / 360000);
  const minutes = Math.floor(all / 6000) % 60;
  const rest = Math.floor(all / 100) % 60;
  const point = two(all % 100);
  if (standard === "1.2") return `${two(hours).padStart(4, "0")}:${two(minutes)}:${two(rest)}.${point}`;
  const more = (hours ? `${hours}H` : "") + (minutes ? `${minutes}M` : "");
  if (more && !(all % 6000)) return `PT${more}`;
  return `PT${more}${rest}${all % 100 ? `.${point}` : ""}S`;
}

export class Shelf {
  /** @param {Plain} plain as the server gave it, or as it was stored */
  constructor(plain) {
    this.plain = plain;
    this.parts = new Map(plain.parts.map((part) => [part.activity, part]));
    this.order = plain.parts.map((part) => part.activity);
  }

  copy() {
    return new Shelf(JSON.parse(JSON.stringify(this.plain)));
  }

  get current() {
    const { current } = this.plain;
    return (current !== null && this.parts.get(current)) || null;
  }

  /** Take in one entry, once. @param {Said} entry */
  fold({ number, kind, activity, values = [], request = "_none_" }) {
    if (number <= this.plain.acknowledged) return;
    this.plain.acknowledged = number;
    const part = this.parts.get(activity || "");
    if (kind === "navigate") this.navigate(request);
    else if (!part) return;
    else if (kind === "initialize") {
      if (part.terminated) part.counted = 0;
      Object.assign(part, { begun: true, terminated: false });
    } else if (kind === "set") values.forEach(([name, value]) => this.set(part, name, value));
    else {
      const gone = part.exit === "time-out" || part.exit === "logout";
      this.end(part, false);
      const asked = gone ? "exitAll" : request;
      if (asked !== "_none_") this.move(asked);
    }
  }

  /** @param {Part} part @param {string} name @param {string} value */
  set(part, name, value) {
    const named = NAMED[part.standard];
    const store = STORE.exec(name);
    const data = part.data || { ...part.fresh };
    part.data = data;
    if (name === named.exit) part.exit = value;
    else if (name === named.time) part.time = value;
    else if (store) {
      const shared = part.stores[Number(store[1])];
      if (shared) this.plain.stores[shared.target] = value;
    } else if (name === ADDED) data[name] = (data[name] || "") + value;
    else if (!name.startsWith("adl.")) data[name] = value;
  }

  /** The learner's own request. @param {string} request */
  navigate(request) {
    const part = this.current;
    if (request === "back") {
      this.back();
      return;
    }
    if (this.plain.over) return;
    if (part && !part.terminated && this.plain.active) {
      const begun = part.begun && request !== "time-out";
      this.end(part, begun || request === "suspendAll");
    }
    this.move(request);
  }

  /** The page was closed, and is there again: what it showed is gone on with. */
  back() {
    const part = this.current;
    const { over, active } = this.plain;
    if (!part || (over ? over !== "suspended" : !active)) {
      this.plain.lost = true;
      return;
    }
    if (!over) {
      if (!part.terminated) this.end(part, true);
      if (part.standard === "2004") part.resumes = true;
    }
    this.deliver(part.activity);
  }

  /** The session of a part is over. @param {Part} part @param {boolean} lost without a goodbye */
  end(part, lost) {
    const data = part.data || { ...part.fresh };
    part.data = data;
    const named = NAMED[part.standard];
    if (part.standard === "1.2") settle(part, data, lost);
    const time = seconds(part.time || "");
    if (part.time) {
      const total = seconds(data[named.total] || "") + time - (part.counted || 0);
      data[named.total] = spent(total, part.standard);
      part.counted = time;
    }
    part.time = "";
    part.terminated = true;
    part.resumes = lost || part.exit === "suspend";
    part.status = statusOf(part, data);
  }

  /** @param {string} request */
  move(request) {
    const { plain } = this;
    if (plain.over) return;
    const target = AIM.exec(request);
    const at = this.order.indexOf(plain.current || "");
    const step = { continue: 1, previous: -1 }[request];
    // Past the last part the course is over, and so it is where the only one is left.
    const past = step === 1 && at >= 0 && at === this.order.length - 1;
    if (past || (request === "exit" && this.order.length === 1)) this.close("ended");
    else if (step) this.deliver(at < 0 ? undefined : this.order[at + step]);
    else if (target) this.deliver(plain.targets[target[1]]);
    else if (request === "exit" || request === "time-out") plain.active = false;
    else if (request === "suspendAll" || request === "exitAll") this.finish(request);
    else plain.lost = true;
  }

  /** @param {string} request */
  finish(request) {
    const part = this.current;
    const { plain } = this;
    if (!part || !plain.active) {
      plain.lost = true;
      return;
    }
    // A 1.2 course that is not finished is suspended, whatever was asked for.
    const done = plain.parts.every(({ activity }) => DONE.includes(this.statusOf(activity)));
    const kept = request === "suspendAll" || (part.standard === "1.2" && !done);
    if (kept && part.standard === "2004") part.resumes = true;
    this.close(kept ? "suspended" : "ended");
  }

  /** @param {"suspended" | "ended"} over */
  close(over) {
    this.plain.over = over;
    this.plain.active = false;
  }

  /** @param {string | undefined} activity */
  deliver(activity) {
    const part = this.parts.get(activity || "");
    const { plain } = this;
    if (!part) {
      plain.lost = true;
      return;
    }
    const lasts = part.data && (part.standard === "1.2" || part.resumes);
    const named = NAMED[part.standard];
    const entry = part.resumes ? "resume" : "";
    part.data = lasts
      ? { ...part.data, [named.entry]: entry }
      : { ...part.fresh, [named.entry]: "ab-initio" };
    const session = { terminated: false, begun: false, resumes: false, exit: "", time: "" };
    Object.assign(part, session, { counted: 0 });
    const known = this.statusOf(part.activity);
    if (known === "not started" || (!lasts && part.standard === "2004")) part.status = "in progress";
    Object.assign(plain, { current: part.activity, active: true, over: null });
  }

  /** @param {number} number @returns {import("./line.js").Delivery | null} what belongs in the frame */
  delivery(number) {
    const part = this.current;
    if (!part || !this.plain.active || this.plain.over) return null;
    const { activity, title, url, standard, edition, sco, data, stores } = part;
    return {
      number,
      activity,
      title,
      url,
      standard,
      edition,
      sco,
      data: data || {},
      stores: stores.map((store) => ({
        ...store,
        value: store.readable ? this.plain.stores[store.target] : null,
      })),
    };
  }

  /** Everything as the server would tell it. @param {number} number of the delivery
   * @param {string} message when the session is over @returns {View} */
  view(number, message) {
    const { over, view, current } = this.plain;
    const at = this.order.indexOf(current || "");
    const may = { continue: at >= 0, previous: at > 0 };
    const all = (/** @type {{[id: string]: string} | undefined} */ known) =>
      Object.fromEntries(Object.keys(known || {}).map((id) => [id, "true"]));
    const open = !over;
    const result = { completion: "unknown", success: "unknown", score: null, time: "" };
    return {
      turn: view.turn,
      navigation: {
        continue: open && may.continue,
        previous: open && may.previous,
        suspend: open && this.plain.active,
        exit: open && this.plain.active,
      },
      hidden: [],
      toc: this.contents(view.toc),
      request_valid: {
        continue: String(may.continue),
        previous: String(may.previous),
        choice: all(view.request_valid.choice),
        jump: all(view.request_valid.jump),
      },
      delivery: this.delivery(number),
      outcome:
        over === "ended" || over === "suspended" ? { state: over, message, result } : null,
    };
  }

  /** @param {Line[]} lines @returns {Line[]} */
  contents(lines) {
    return lines.map((line) => {
      const children = this.contents(line.children);
      const part = this.parts.get(line.id);
      const current = Boolean(part && part === this.current && !this.plain.over);
      const enabled = line.id in this.plain.targets;
      return { ...line, children, enabled, current, status: statusIn(line, part, children) };
    });
  }

  /** @param {string} activity @returns {string} its status, in the contents' words */
  statusOf(activity) {
    const part = /** @type {Part} */ (this.parts.get(activity));
    const find = (/** @type {Line[]} */ lines) => {
      /** @type {string | undefined} */
      let found;
      for (const line of lines) {
        found = found || (line.id === activity ? line.status : find(line.children));
      }
      return found;
    };
    return part.status || find(this.plain.view.toc) || "not started";
  }
}

/** What becomes of a 1.2 lesson's status at its end. @param {Part} part
 * @param {{[element: string]: string}} data @param {boolean} lost */
function settle(part, data, lost) {
  if ((data[STATUS_12] || "not attempted") === "not attempted") {
    if (!lost && part.exit !== "suspend") data[STATUS_12] = "completed";
    else if (part.begun) data[STATUS_12] = "incomplete";
  }
  const mastery = data["cmi.student_data.mastery_score"];
  const raw = data["cmi.core.score.raw"];
  if (mastery && raw && data[STATUS_12] !== "incomplete") {
    data[STATUS_12] = Number(raw) >= Number(mastery) ? "passed" : "failed";
  }
}

/** @param {Part} part @param {{[element: string]: string}} data @returns {string} */
function statusOf(part, data) {
  if (part.standard === "1.2") return WORDS_12[data[STATUS_12]] || "in progress";
  const judged = (/** @type {string} */ limit, /** @type {string} */ measure) =>
    data[limit] && data[measure] ? Number(data[measure]) >= Number(data[limit]) : undefined;
  const passed = judged("cmi.scaled_passing_score", "cmi.score.scaled");
  const whole = judged("cmi.completion_threshold", "cmi.progress_measure");
  const words = (/** @type {boolean | undefined} */ reached, /** @type {string} */ said) =>
    reached === undefined ? said : reached;
  const success = verdict(words(passed, data["cmi.success_status"]), "passed", "failed", part);
  const completion = words(whole, data["cmi.completion_status"]);
  const completed = verdict(completion, "completed", "incomplete", part);
  if (success === "failed") return "failed";
  if (success === "passed" && completed !== "incomplete") return "passed";
  return completed === "completed" ? "completed" : "in progress";
}

/**
 * @param {boolean | string | undefined} said by a measure, or by content
 * @param {"passed" | "completed"} yes @param {string} no @param {Part} part
 */
function verdict(said, yes, no, part) {
  if (said === undefined) return part.assumes[yes] && !part.resumes ? yes : undefined;
  return typeof said === "string" ? said : said ? yes : no;
}

/** @param {Line} line @param {Part | undefined} part @param {Line[]} children */
function statusIn(line, part, children) {
  if (part) return part.status || line.status;
  if (children.some(({ status }) => status === "failed")) return "failed";
  if (children.length && children.every(({ status }) => DONE.includes(status))) {
    return children.every(({ status }) => status === "passed") ? "passed" : "completed";
  }
  return children.some(({ status }) => status !== "not started") ? "in progress" : line.status;
}
