// One activity's data model in the page: the twin of scorm/cmi/model.py, from the same tables.
// Values live in a Map, so that no name content may think of reaches anything else.

import { Formats, compare } from "./formats.js";
import { Interactions, samePattern } from "./interactions.js";

/**
 * @typedef {import("./formats.js").Element} Element
 * @typedef {import("./interactions.js").Limits} Limits
 * @typedef {{standard: string, editions: string[], elements: Record<string, Element>,
 *   codes: Record<string, number>, types: Record<string, string>,
 *   interactions?: Record<string, Limits>, errors: Record<string, string>}} Table
 * @typedef {{continue?: string, previous?: string, choice?: Record<string, string>,
 *   jump?: Record<string, string>}} RequestValid
 * @typedef {{target: string, value?: string | null, readable?: boolean,
 *   writable?: boolean}} SharedStore
 * @typedef {{whole: string, pattern: string, records: [string, string][],
 *   argument: string | null}} Name
 * @typedef {{table: Table, languages?: import("./formats.js").Languages,
 *   values: Record<string, string>, valid?: () => RequestValid, stores?: SharedStore[],
 *   edition?: string}} Options
 */

const INDEX = /^[0-9]+$/;
const ARGUMENT = /^([^{}]*)\.\{target=([^{}]*)\}$/;
/** No element lies inside more collections than this. */
const DEEPEST = 2;
/** What an LMS adds to names, and what is wrong where it does not. */
const KEYWORDS = new Map([
  ["_children", "children"],
  ["_count", "count"],
  ["_version", "version"],
]);
/** @type {Element} */
const NOTHING = Object.freeze({ access: "" });

/** @param {string} name */
function above(name) {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(0, dot);
}

/** @param {string} name */
function last(name) {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The outermost record a name lies in. @param {Name} name */
function recordOf(name) {
  return `${name.records[0][0]}.${name.records[0][1]}`;
}

/**
 * Take a name apart. An argument comes off first: identifiers may have dots in them.
 * A literal n is no index, and nothing is called so.
 * @param {string} whole
 * @returns {Name}
 */
function parse(whole) {
  const match = whole.charAt(whole.length - 1) === "}" ? ARGUMENT.exec(whole) : null;
  if (match) return { whole: match[1], pattern: match[1], records: [], argument: match[2] };
  const tokens = whole.split(".");
  /** @type {number[]} */
  const indexes = [];
  tokens.forEach((token, at) => {
    if (INDEX.test(token)) indexes.push(at);
  });
  if (indexes.length > DEEPEST || tokens.includes("n")) {
    return { whole, pattern: "", records: [], argument: null };
  }
  /** @type {[string, string][]} */
  const records = indexes.map((at) => [tokens.slice(0, at).join("."), tokens[at]]);
  for (const at of indexes) tokens[at] = "n";
  return { whole, pattern: tokens.join("."), records, argument: null };
}

/** The number an index stands for; beyond every record when it has leading zeros.
 * @param {string} index */
function position(index) {
  const padded = index.charAt(0) === "0" && index !== "0";
  return padded || index.length > 9 ? Infinity : Number(index);
}

/** Whether it names one value: no argument, and no index that no record can have.
 * @param {Name} name */
function isPlain(name) {
  return name.argument === null && name.records.every(([, index]) => position(index) < Infinity);
}

/** @param {Options} options */
export function createDataModel(options) {
  return new DataModel(options);
}

export class DataModel {
  /** @param {Options} options */
  constructor({ table, languages, values, valid, stores, edition }) {
    const { editions } = table;
    const at = editions.indexOf(edition || "");
    const now = at < 0 ? editions.length - 1 : at;
    const has = (/** @type {string} */ since) => editions.indexOf(since) <= now;
    this.table = table;
    this.is2004 = table.standard === "2004";
    /** @type {Map<string, Element>} */
    this.elements = new Map(
      Object.entries(table.elements).filter(([, element]) => has(element.edition || editions[0])),
    );
    /** Every pattern that something stands below. @type {Set<string>} */
    this.above = new Set();
    for (const pattern of this.elements.keys()) {
      for (let name = above(pattern); name !== ""; name = above(name)) this.above.add(name);
    }
    /** @type {Map<string, Limits>} */
    this.limits = new Map(Object.entries(table.interactions || {}));
    this.formats = new Formats(table.types, has, languages);
    this.interactions = new Interactions(this.formats);
    /** @type {() => RequestValid} */
    this.valid = valid || (() => ({}));
    /** @type {Map<string, string>} */
    this.stored = new Map();
    /** @type {Map<string, number>} */
    this.counts = new Map();
    /** Sentences about what is beyond the smallest permitted maximums. @type {Map<string, string>} */
    this.warned = new Map();
    /** Names whose flags forbid reading. @type {Set<string>} */
    this.hidden = new Set();
    /** Names whose flags forbid setting. @type {Set<string>} */
    this.fixed = new Set();
    /** What was wrong with the last call, null for nothing. @type {string | null} */
    this.wrong = null;
    (stores || []).forEach((store, index) => this.share(`adl.data.${index}`, store));
    for (const whole of Object.keys(values)) {
      const name = parse(whole);
      const element = this.elements.get(name.pattern);
      if (element && element.type && isPlain(name)) this.put(name, values[whole]);
    }
  }

  get warnings() {
    return Array.from(this.warned.values());
  }

  /** Every element that has been given a value. @returns {Record<string, string>} */
  values() {
    const values = Object.create(null);
    this.stored.forEach((value, name) => {
      values[name] = value;
    });
    return values;
  }

  /**
   * @param {string} name
   * @returns {[string, number]} the value and 0, or "" and the error code
   */
  get(name) {
    const [value, wrong] = this.read(name);
    return [value, this.code(wrong)];
  }

  /**
   * @param {string} name
   * @param {string} value
   * @returns {number} 0, or the error code, and then nothing has changed
   */
  set(name, value) {
    return this.code(this.write(name, value));
  }

  /** @param {string | null} wrong */
  code(wrong) {
    this.wrong = wrong;
    return wrong === null ? 0 : this.table.codes[wrong];
  }

  /** @param {string} collection */
  count(collection) {
    return this.counts.get(collection) || 0;
  }

  /** @param {string} whole @returns {[string, string | null]} */
  read(whole) {
    const keyword = last(whole);
    if (KEYWORDS.has(keyword) && whole !== "cmi._version") {
      return this.keyword(above(whole), keyword);
    }
    const name = parse(whole);
    const element = this.elements.get(name.pattern) || NOTHING;
    if (!isLeaf(name, element)) return ["", "undefined"];
    // In 2004 the record's existence comes first, but all it has to hide exists.
    if (element.access === "wo" || this.hidden.has(whole)) return ["", "writeonly"];
    if (!this.exists(name) || (element.argument && name.argument === null)) return ["", "missing"];
    const value = this.value(name, element);
    if (value === undefined || (value === "" && element.cleared)) return ["", "unset"];
    return [value, null];
  }

  /** @param {string} parent @param {string} keyword @returns {[string, string | null]} */
  keyword(parent, keyword) {
    const name = parse(parent);
    const element = this.elements.get(name.pattern) || NOTHING;
    if (!this.hasKeyword(name.pattern, parent, keyword)) return ["", "undefined"];
    if (!this.exists(name)) return ["", "missing"];
    if (keyword === "_children" && element.children) return [element.children.join(","), null];
    if (keyword === "_count" && element.collection) return [String(this.count(parent)), null];
    return ["", String(KEYWORDS.get(keyword))];
  }

  /** @param {string} pattern @param {string} parent @param {string} keyword */
  hasKeyword(pattern, parent, keyword) {
    if (keyword === "_children" && !parent.includes(".")) return false;
    return this.elements.has(pattern) || this.above.has(pattern);
  }

  /** @param {Name} name @param {Element} element @returns {string | undefined} */
  value(name, element) {
    if (name.pattern.startsWith("adl.nav.request_valid.")) return this.validity(name, element);
    const computed = element.computed && this.computed(element.computed);
    if (computed !== undefined) return computed;
    const stored = this.stored.get(name.whole);
    return stored === undefined ? element.default : stored;
  }

  /** @param {Name} name @param {Element} element */
  validity(name, element) {
    let found = new Map(Object.entries(this.valid())).get(last(name.whole));
    if (element.argument) found = new Map(Object.entries(found || {})).get(String(name.argument));
    return typeof found === "string" && found !== "" ? found : element.default;
  }

  /**
   * Status that the manifest decides, whatever content sets (RTE 4.2.4.1, 4.2.22.1).
   * @param {{measure: string, limit: string, reached: string, short: string}} rule
   */
  computed(rule) {
    const limit = this.number(rule.limit);
    if (limit === undefined) return undefined;
    const measure = this.number(rule.measure);
    if (measure === undefined) return "unknown";
    return compare(measure, limit) >= 0 ? rule.reached : rule.short;
  }

  /** @param {string} name */
  number(name) {
    const value = this.stored.get(name);
    return value !== undefined && this.formats.matches("real", value) ? value : undefined;
  }

  /** @param {string} whole @param {string} value @returns {string | null} */
  write(whole, value) {
    const keyword = last(whole);
    if (KEYWORDS.has(keyword)) {
      const parent = above(whole);
      return this.hasKeyword(parse(parent).pattern, parent, keyword) ? "keyword" : "undefined";
    }
    const name = parse(whole);
    const element = this.elements.get(name.pattern) || NOTHING;
    if (!isLeaf(name, element)) return "undefined";
    const fixed = element.access === "ro" || this.fixed.has(whole);
    // SCORM 2004 looks for the record first, 1.2 at the access first.
    if (fixed && !this.is2004) return "readonly";
    const misplaced = this.misplaced(name, element);
    if (misplaced !== null) return misplaced;
    if (fixed) return "readonly";
    const wrong = this.problem(name, element, value);
    if (wrong !== null) return wrong;
    if (element.appends) {
      value = (this.stored.get(whole) || "") + value;
      if (this.formats.problem(element, value)) return "type";
    }
    this.clear(name, element, value);
    this.note(name, element, value);
    this.put(name, value);
    return null;
  }

  /** @param {Name} name */
  exists(name) {
    return name.records.every(([collection, index]) => position(index) < this.count(collection));
  }

  /** Order of records (351 / 201), then what must be set first (408).
   * @param {Name} name @param {Element} element */
  misplaced(name, element) {
    let opening = false;
    for (const [collection, index] of name.records) {
      const count = this.count(collection);
      const at = position(index);
      if (at > count) return "order";
      if (opening || at < count) continue;
      opening = true;
      if (this.holder(collection).fixed) return "order";
      const limits = this.limitsOf(collection);
      if (at > 0 && limits && limits.single) return "full";
    }
    for (const needed of element.needs || []) {
      if (!this.stored.has(`${recordOf(name)}.${needed}`)) return "dependency";
    }
    return null;
  }

  /** @param {string} collection */
  holder(collection) {
    return this.elements.get(parse(collection).pattern) || NOTHING;
  }

  /** Limits of the interaction's type, where the collection is of its correct responses.
   * @param {string} collection */
  limitsOf(collection) {
    if (last(collection) !== "correct_responses") return undefined;
    return this.limits.get(this.stored.get(`${above(collection)}.type`) || "");
  }

  /** @param {Name} name @param {Element} element @param {string} value */
  problem(name, element, value) {
    if (element.type === "pattern" || element.type === "response") {
      return this.interactionProblem(name, element.type, value);
    }
    const present = this.stored.get(name.whole);
    if (element.once && present !== undefined && present !== value) return "once";
    if (element.unique && this.beside(name).includes(value)) return "duplicate";
    return this.formats.problem(element, value);
  }

  /** The values of the same element in the other records of the innermost collection.
   * @param {Name} name */
  beside(name) {
    const [collection, index] = name.records[name.records.length - 1];
    const part = last(name.whole);
    /** @type {string[]} */
    const others = [];
    for (let at = 0; at < this.count(collection); at += 1) {
      const other = this.stored.get(`${collection}.${at}.${part}`);
      if (other !== undefined && at !== position(index)) others.push(other);
    }
    return others;
  }

  /** @param {Name} name @param {string} part @param {string} value */
  interactionProblem(name, part, value) {
    const kind = String(this.stored.get(`${recordOf(name)}.type`));
    if (part === "response") return this.interactions.isResponse(kind, value) ? null : "type";
    const limits = /** @type {Limits} */ (this.limits.get(kind));
    if (this.beside(name).some((other) => samePattern(limits, value, other))) return "duplicate";
    return this.interactions.isPattern(kind, value) ? null : "type";
  }

  /** Another interaction type makes its responses meaningless.
   * @param {Name} name @param {Element} element @param {string} value */
  clear(name, element, value) {
    const present = this.stored.get(name.whole);
    if (!element.clears || present === undefined || present === value) return;
    for (const part of element.clears) {
      const prefix = `${recordOf(name)}.${part}`;
      for (const stored of Array.from(this.stored.keys())) {
        if (stored.startsWith(prefix)) this.stored.delete(stored);
      }
      this.counts.delete(prefix);
    }
  }

  /** Keep a warning for what is beyond the smallest permitted maximums.
   * @param {Name} name @param {Element} element @param {string} value */
  note(name, element, value) {
    const kind = name.records.length ? this.stored.get(`${recordOf(name)}.type`) || "" : "";
    const more = this.interactions.beyond(element, this.limits.get(kind), kind, value);
    if (more !== null) this.warn(name.pattern, name.whole, more);
    for (const [collection, index] of name.records) {
      const limits = this.limitsOf(collection);
      const most = limits ? limits.patterns : this.holder(collection).spm;
      const records = position(index) + 1;
      if (most !== undefined && records > most) {
        this.warn(parse(collection).pattern, collection, `${records} records of ${most}`);
      }
    }
  }

  /** @param {string} pattern @param {string} name @param {string} more */
  warn(pattern, name, more) {
    this.warned.set(pattern, `${name} has ${more} that every system must keep.`);
  }

  /** @param {string} record @param {SharedStore} store */
  share(record, store) {
    if (!this.elements.has("adl.data")) return;
    this.put(parse(`${record}.id`), store.target);
    if (typeof store.value === "string") this.put(parse(`${record}.store`), store.value);
    if (store.readable === false) this.hidden.add(`${record}.store`);
    if (store.writable === false) this.fixed.add(`${record}.store`);
  }

  /** @param {Name} name @param {string} value */
  put(name, value) {
    this.stored.set(name.whole, value);
    for (const [collection, index] of name.records) {
      this.counts.set(collection, Math.max(this.count(collection), position(index) + 1));
    }
  }
}

/** @param {Name} name @param {Element} element */
function isLeaf(name, element) {
  return element.type !== undefined && (name.argument === null || element.argument !== undefined);
}
