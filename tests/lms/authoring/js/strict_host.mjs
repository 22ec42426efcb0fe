// The strictest learning sites in one: each rule here is kept by some site that is in wide use.
// Everything refused is noted with its reason. Sources: SCORM 2004 4th Ed. RTE 3 and 4; 1.2 RTE 3.

const text = (most) => (value) => value.length <= most;
const oneOf = (...words) => (value) => words.includes(value);
const like = (pattern) => (value) => pattern.test(value);
const within = (low, high) => (value) =>
  /^-?\d{1,5}(\.\d{1,18})?$/.test(value) && Number(value) >= low && Number(value) <= high;

const SHORT_NAME = /^[\w.]{1,250}$/;
const LANGUAGE = /^([a-zA-Z]{2,3}|i|x)(-[a-zA-Z0-9-]{2,8})?$/;
/** A line of text after the tag of its language; a line break or a brace is too much for some. */
const inLanguage = (most) => (value) => {
  const match = /^\{lang=([^}]*)\}([^{\n\r].*)$/.exec(value);
  return match !== null && LANGUAGE.test(match[1]) && value.length <= most && value.isWellFormed();
};
const TYPES = ["true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric"];

const PATTERNS_12 = {
  "true-false": like(/^[tf01]$/),
  choice: like(/^[a-z0-9](,[a-z0-9])*$/),
  matching: like(/^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/),
};
const PATTERNS_2004 = {
  "true-false": oneOf("true", "false"),
  choice: (value) => {
    const items = value.split("[,]");
    return new Set(items).size === items.length && items.every(like(SHORT_NAME));
  },
  matching: (value) =>
    value.split("[,]").every((pair) => {
      const sides = pair.split("[.]");
      return sides.length === 2 && sides.every(like(SHORT_NAME));
    }),
};

const READ_ONLY = { read: true };
const kept = (check) => ({ read: true, check });
const told = (check) => ({ check });
const counted = { read: true, count: true };

const SPAN_12 = like(/^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/);
const ELEMENTS_12 = {
  "cmi.core.lesson_mode": READ_ONLY,
  "cmi.core.lesson_location": kept(text(255)),
  "cmi.core.lesson_status": kept(oneOf("passed", "completed", "failed", "incomplete", "browsed")),
  "cmi.core.score.raw": kept(within(0, 100)),
  "cmi.core.score.min": kept(within(0, 100)),
  "cmi.core.score.max": kept(within(0, 100)),
  "cmi.core.exit": told(oneOf("time-out", "suspend", "logout", "")),
  "cmi.core.session_time": told(SPAN_12),
  "cmi.suspend_data": kept(text(4096)),
  "cmi.comments": { read: true, check: text(4096), appends: true },
  "cmi.student_preference.language": kept(text(255)),
  "cmi.objectives._count": counted,
  "cmi.objectives.n.id": kept(like(/^[\u0021-\u007e]{1,255}$/)),
  "cmi.objectives.n.score.raw": kept(within(0, 100)),
  "cmi.objectives.n.score.min": kept(within(0, 100)),
  "cmi.objectives.n.score.max": kept(within(0, 100)),
  "cmi.objectives.n.status": kept(oneOf("passed", "completed", "failed", "incomplete", "browsed")),
  "cmi.interactions._count": counted,
  "cmi.interactions.n.id": told(like(/^[\u0021-\u007e]{1,255}$/)),
  "cmi.interactions.n.time": told(like(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/)),
  "cmi.interactions.n.type": told(oneOf(...TYPES)),
  "cmi.interactions.n.correct_responses.0.pattern": told("pattern"),
  "cmi.interactions.n.student_response": told("pattern"),
  "cmi.interactions.n.weighting": told(within(-100, 100)),
  "cmi.interactions.n.result": told(oneOf("correct", "wrong", "unanticipated", "neutral")),
  "cmi.interactions.n.latency": told(SPAN_12),
};

const SPAN_2004 = like(/^P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/);
const MOMENT = like(/^20[0-3]\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,2})(Z|[+-]\d\d:\d\d)$/);
const LONG_NAME = like(/^\S{1,4000}$/);
const ELEMENTS_2004 = {
  "cmi.mode": READ_ONLY,
  "cmi.location": kept(text(1000)),
  "cmi.completion_status": kept(oneOf("completed", "incomplete", "not attempted", "unknown")),
  "cmi.success_status": kept(oneOf("passed", "failed", "unknown")),
  "cmi.progress_measure": kept(within(0, 1)),
  "cmi.score.scaled": kept(within(-1, 1)),
  "cmi.score.raw": kept(within(0, 100)),
  "cmi.score.min": kept(within(0, 100)),
  "cmi.score.max": kept(within(0, 100)),
  "cmi.exit": told(oneOf("time-out", "suspend", "logout", "normal", "")),
  "cmi.session_time": told(SPAN_2004),
  "cmi.suspend_data": kept(text(64000)),
  "cmi.learner_preference.language": kept(like(LANGUAGE)),
  "cmi.comments_from_learner._count": counted,
  "cmi.comments_from_learner.n.comment": kept(inLanguage(4000)),
  "cmi.comments_from_learner.n.location": kept(text(250)),
  "cmi.comments_from_learner.n.timestamp": kept(MOMENT),
  "cmi.objectives._count": counted,
  "cmi.objectives.n.id": kept(LONG_NAME),
  "cmi.objectives.n.score.scaled": kept(within(-1, 1)),
  "cmi.objectives.n.score.raw": kept(within(0, 100)),
  "cmi.objectives.n.score.min": kept(within(0, 100)),
  "cmi.objectives.n.score.max": kept(within(0, 100)),
  "cmi.objectives.n.completion_status": kept(oneOf("completed", "incomplete")),
  "cmi.interactions._count": counted,
  "cmi.interactions.n.id": kept(LONG_NAME),
  "cmi.interactions.n.timestamp": kept(MOMENT),
  "cmi.interactions.n.type": kept(oneOf(...TYPES, "long-fill-in", "other")),
  "cmi.interactions.n.correct_responses.0.pattern": kept("pattern"),
  "cmi.interactions.n.learner_response": kept("pattern"),
  "cmi.interactions.n.weighting": kept(within(-100, 100)),
  "cmi.interactions.n.result": kept(oneOf("correct", "incorrect", "unanticipated", "neutral")),
  "cmi.interactions.n.latency": kept(SPAN_2004),
  "cmi.interactions.n.description": kept(inLanguage(250)),
  "adl.nav.request_valid.continue": READ_ONLY,
  "adl.nav.request": kept(oneOf("continue", "previous", "exit", "suspendAll")),
};

const STANDARDS = {
  "1.2": {
    elements: ELEMENTS_12, patterns: PATTERNS_12, api: "API",
    calls: ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit"],
    first: { "cmi.core.lesson_mode": "normal", "cmi.core.lesson_status": "not attempted" },
  },
  "2004": {
    elements: ELEMENTS_2004, patterns: PATTERNS_2004, api: "API_1484_11",
    calls: ["Initialize", "Terminate", "GetValue", "SetValue", "Commit"],
    first: { "cmi.mode": "normal", "cmi.completion_status": "unknown", "adl.nav.request_valid.continue": "true" },
  },
};

export class StrictHost {
  /** @param {"1.2" | "2004"} standard @param {Record<string, string>} values of earlier launches */
  constructor(standard, values = {}) {
    this.rules = STANDARDS[standard];
    this.is2004 = standard === "2004";
    this.values = { ...this.rules.first, ...values };
    this.state = "new";
    /** Each refused call: what, the value, why. @type {string[][]} */
    this.refusals = [];
    /** Every value that was set, in turn. @type {[string, string][]} */
    this.sets = [];
    this.commits = 0;
    /** Elements that it cannot keep just now. */
    this.full = new Set();
    const [initialize, terminate, get, set, commit] = this.rules.calls;
    this.api = {
      [initialize]: (...given) => this.initialize(given),
      [terminate]: (...given) => this.terminate(given),
      [get]: (...given) => this.get(given),
      [set]: (...given) => this.set(given),
      [commit]: (...given) => this.commit(given),
    };
  }

  /** @returns {"false"} */
  refuse(what, value, why) {
    this.refusals.push([what, value, why]);
    return "false";
  }

  initialize(given) {
    if (given.length !== 1 || given[0] !== "") return this.refuse("initialize", given, "argument");
    if (this.state !== "new") return this.refuse("initialize", "", `is ${this.state}`);
    this.state = "running";
    return "true";
  }

  terminate(given) {
    if (given.length !== 1 || given[0] !== "") return this.refuse("terminate", given, "argument");
    if (this.state !== "running") return this.refuse("terminate", "", `is ${this.state}`);
    this.state = "over";
    return "true";
  }

  commit(given) {
    if (given.length !== 1 || given[0] !== "") return this.refuse("commit", given, "argument");
    if (this.state !== "running") return this.refuse("commit", "", `is ${this.state}`);
    this.commits += 1;
    return "true";
  }

  /** The rule of an element, and the record it lies in. */
  ruleOf(name) {
    const match = /^(cmi\.\w+)\.(\d+)\.(.+)$/.exec(name);
    if (!match) return { rule: this.rules.elements[name] };
    const [, collection, index, rest] = match;
    return { rule: this.rules.elements[`${collection}.n.${rest}`], collection, index: Number(index), rest };
  }

  count(collection) {
    const ids = Object.keys(this.values).filter((name) => name.startsWith(collection + "."));
    return new Set(ids.map((name) => name.slice(collection.length + 1).split(".")[0])).size;
  }

  get(given) {
    const [name] = given;
    if (given.length !== 1 || typeof name !== "string") return this.refuse("get", given, "argument") && "";
    if (this.state !== "running") return this.refuse(name, "", `is ${this.state}`) && "";
    const { rule } = this.ruleOf(name);
    if (!rule) return this.refuse(name, "", "no such element") && "";
    if (!rule.read) return this.refuse(name, "", "write-only") && "";
    if (rule.count) return String(this.count(name.replace("._count", "")));
    return this.values[name] ?? "";
  }

  set(given) {
    const [name, value] = given;
    if (given.length !== 2 || typeof name !== "string" || typeof value !== "string") {
      return this.refuse("set", given, "argument");
    }
    if (this.full.has(name)) return "false";
    const why = this.problem(name, value);
    if (why) return this.refuse(name, value, why);
    const { rule } = this.ruleOf(name);
    this.values[name] = rule.appends ? (this.values[name] ?? "") + value : value;
    this.sets.push([name, value]);
    return "true";
  }

  problem(name, value) {
    if (this.state !== "running") return `is ${this.state}`;
    const { rule, collection, index, rest } = this.ruleOf(name);
    if (!rule) return "no such element";
    if (!rule.check) return "read-only";
    if (collection) {
      const first = collection === "cmi.comments_from_learner" ? "comment" : "id";
      if (index > this.count(collection)) return "out of order";
      if (rest !== first && !this.values[`${collection}.${index}.${first}`]) return `before its ${first}`;
    }
    if (rule.check === "pattern") {
      const check = this.rules.patterns[this.values[`${collection}.${index}.type`]];
      if (!check) return "before its type";
      return check(value) ? "" : "not of its type";
    }
    if (rule.appends) return rule.check((this.values[name] ?? "") + value) ? "" : "too long";
    return rule.check(value) ? "" : "not of its type";
  }
}
