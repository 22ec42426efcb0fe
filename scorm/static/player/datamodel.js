// One activity's data model in the page: the twin of scorm/cmi/model.py, from the same tables.
// Values live in a Map, so that no name content may think of reaches anything else.

import { Formats, SINGLE, length, samePattern } from "./formats.js";

/**
 * @typedef {import("./formats.js").Element} Element
 * @typedef {{standard: string, elements: Record<string, Element>, codes: Record<string, number>,
 *   types: Record<string, string>, errors: Record<string, string>}} Table
 * @typedef {{continue?: string, previous?: string, choice?: Record<string, string>,
 *   jump?: Record<string, string>}} RequestValid
 */

const REQUEST_VALID = /^adl\.nav\.request_valid\.(choice|jump)(?:\.\{target=([^{}]*)\})?$/;
const KEYWORDS = new Set(["_children", "_count", "_version"]);

/** @param {string} token */
function isDigits(token) {
  return /^[0-9]+$/.test(token);
}

/** @param {string} index */
function isCanonical(index) {
  return index === "0" || index.charAt(0) !== "0";
}

/** @param {string} name */
function patternOf(name) {
  return name.replace(/\.[0-9]+(?=\.|$)/g, ".n");
}

/** @param {string} name */
function above(name) {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(0, dot);
}

/** @param {string} name */
function recordOf(name) {
  return name.split(".").slice(0, 3).join(".");
}

export class DataModel {
  /**
   * @param {{table: Table, languages: import("./formats.js").Languages,
   *   values: Record<string, string>, valid?: () => RequestValid}} options
   */
  constructor({ table, languages, values, valid }) {
    this.table = table;
    this.is2004 = table.standard === "2004";
    this.codes = table.codes;
    /** @type {Map<string, Element>} */
    this.elements = new Map(Object.entries(table.elements));
    this.formats = new Formats(table.types, languages);
    this.valid = valid || (() => ({}));
    /** @type {Map<string, string>} */
    this.stored = new Map();
    /** @type {Map<string, number>} */
    this.counts = new Map();
    for (const name of Object.keys(values)) {
      if (this.elements.has(patternOf(name))) this.put(name, values[name]);
    }
  }

  /**
   * @param {string} name
   * @returns {[string, number]} the value and 0, or "" and the error code
   */
  get(name) {
    const codes = this.codes;
    if (this.is2004 && name.startsWith("adl.nav.request_valid.")) {
      const found = this.requestValid(name);
      if (found !== null) return found;
    }
    const last = name.slice(name.lastIndexOf(".") + 1);
    if (last.charAt(0) === "_" && name !== "cmi._version") return this.keyword(above(name), last);
    const element = this.elements.get(patternOf(name));
    if (element === undefined || element.type === undefined) return ["", codes.undefined];
    if (!this.exists(name)) return ["", codes.missing];
    if (element.access === "wo") return ["", codes.writeonly];
    let value = this.computed(name);
    if (value === undefined) value = this.stored.get(name);
    if (value === undefined) value = element.default;
    if (value === undefined || (value === "" && element.cleared)) return ["", codes.unset];
    return [value, 0];
  }

  /**
   * @param {string} name
   * @param {string} value
   * @returns {number} 0, or the error code, and then nothing has changed
   */
  set(name, value) {
    const codes = this.codes;
    const last = name.slice(name.lastIndexOf(".") + 1);
    if (KEYWORDS.has(last)) {
      const parent = above(name);
      const known = parent === "cmi" || this.elements.has(patternOf(parent));
      return known && name !== "cmi._children" ? codes.keyword : codes.undefined;
    }
    if (this.is2004 && name.startsWith("adl.nav.request_valid.")) return codes.readonly;
    const element = this.elements.get(patternOf(name));
    if (element === undefined || element.type === undefined) return codes.undefined;
    const misplaced = this.misplaced(name, element);
    if (misplaced) return misplaced;
    if (element.access === "ro") return codes.readonly;
    const wrong = this.problem(name, element, value);
    if (wrong) return codes[wrong];
    if (element.appends) {
      value = (this.stored.get(name) || "") + value;
      if (length(value) > Number(element.max)) return codes.type;
    }
    this.clear(name, element, value);
    this.put(name, value);
    return 0;
  }

  /** @param {string} collection */
  count(collection) {
    return this.counts.get(collection) || 0;
  }

  /** @param {string} name @param {string} value */
  put(name, value) {
    this.stored.set(name, value);
    for (const [collection, index] of this.records(name)) {
      this.counts.set(collection, Math.max(this.count(collection), Number(index) + 1));
    }
  }

  /** @param {string} name @returns {[string, number] | null} */
  requestValid(name) {
    const asked = REQUEST_VALID.exec(name);
    if (asked) {
      if (asked[2] === undefined) return ["", this.codes.missing];
      const map = new Map(Object.entries(this.valid()[/** @type {"choice"} */ (asked[1])] || {}));
      return [map.get(asked[2]) || "false", 0];
    }
    const now = this.valid();
    if (name === "adl.nav.request_valid.continue" && now.continue) return [now.continue, 0];
    if (name === "adl.nav.request_valid.previous" && now.previous) return [now.previous, 0];
    return null;
  }

  /** @param {string} parent @param {string} keyword @returns {[string, number]} */
  keyword(parent, keyword) {
    const codes = this.codes;
    const element = this.elements.get(patternOf(parent));
    if (element === undefined || !KEYWORDS.has(keyword)) return ["", codes.undefined];
    if (!this.exists(parent)) return ["", codes.missing];
    if (keyword === "_children") {
      return element.children ? [element.children.join(","), 0] : ["", codes.children];
    }
    if (keyword === "_count" && element.collection) return [String(this.count(parent)), 0];
    return ["", codes.count];
  }

  /**
   * Each collection and index in a name, from the left.
   * @param {string} name
   * @returns {[string, string][]}
   */
  records(name) {
    /** @type {[string, string][]} */
    const found = [];
    const tokens = name.split(".");
    tokens.forEach((token, at) => {
      if (isDigits(token)) found.push([tokens.slice(0, at).join("."), token]);
    });
    return found;
  }

  /** @param {string} name */
  exists(name) {
    return this.records(name).every(
      ([collection, index]) => isCanonical(index) && Number(index) < this.count(collection),
    );
  }

  /** @param {string} name @param {Element} element */
  misplaced(name, element) {
    const codes = this.codes;
    let opening = false;
    for (const [collection, index] of this.records(name)) {
      if (!isCanonical(index) || Number(index) > this.count(collection)) return codes.order;
      if (opening) continue;
      if (Number(index) === this.count(collection)) {
        if (collection === "adl.data") return codes.order;
        const holder = /** @type {Element} */ (this.elements.get(patternOf(collection)));
        if (holder.access === "ro" && this.is2004) return codes.readonly;
        opening = true;
        if (this.singleFull(collection, Number(index))) return codes.order;
      }
    }
    if (this.is2004 && element.needs) {
      const record = recordOf(name);
      for (const needed of element.needs) {
        if (!this.stored.has(`${record}.${needed}`)) return codes.dependency;
      }
    }
    return 0;
  }

  /** @param {string} collection @param {number} index */
  singleFull(collection, index) {
    const kind = this.stored.get(`${above(collection)}.type`);
    return (
      collection.endsWith(".correct_responses") &&
      index > 0 &&
      kind !== undefined &&
      SINGLE.has(kind)
    );
  }

  /** @param {string} name @param {Element} element @param {string} value */
  problem(name, element, value) {
    if (this.is2004 && (element.type === "pattern" || element.type === "response")) {
      return this.interactionProblem(name, element.type, value);
    }
    if (element.unique && !this.mayBeCalled(name, element, value)) return "order";
    return this.formats.problem(element, value);
  }

  /** @param {string} name @param {Element} element @param {string} value */
  mayBeCalled(name, element, value) {
    const present = this.stored.get(name);
    if (element.once && present !== undefined && present !== value) return false;
    if (present === value) return true;
    const collection = above(above(name));
    for (let index = 0; index < this.count(collection); index += 1) {
      if (this.stored.get(`${collection}.${index}.id`) === value) return false;
    }
    return true;
  }

  /** @param {string} name @param {string} part @param {string} value */
  interactionProblem(name, part, value) {
    const kind = String(this.stored.get(`${recordOf(name)}.type`));
    if (part === "response") return this.formats.isResponse(kind, value) ? null : "type";
    if (!this.formats.isPattern(kind, value)) return "type";
    const collection = above(above(name));
    for (let index = 0; index < this.count(collection); index += 1) {
      const other = `${collection}.${index}.pattern`;
      const text = this.stored.get(other) || "";
      if (other !== name && samePattern(kind, value, text)) return "order";
    }
    return null;
  }

  /** @param {string} name @param {Element} element @param {string} value */
  clear(name, element, value) {
    const present = this.stored.get(name);
    if (!element.clears || present === undefined || present === value) return;
    for (const part of element.clears) {
      const prefix = `${recordOf(name)}.${part}`;
      for (const stored of Array.from(this.stored.keys())) {
        if (stored.startsWith(prefix)) this.stored.delete(stored);
      }
      this.counts.delete(prefix);
    }
  }

  /** @param {string} name */
  computed(name) {
    if (name === "cmi.completion_status") {
      return this.compare(
        "cmi.progress_measure",
        "cmi.completion_threshold",
        "completed",
        "incomplete",
      );
    }
    if (name === "cmi.success_status") {
      return this.compare("cmi.score.scaled", "cmi.scaled_passing_score", "passed", "failed");
    }
    return undefined;
  }

  /** @param {string} measure @param {string} threshold @param {string} reached @param {string} short */
  compare(measure, threshold, reached, short) {
    const limit = this.stored.get(threshold);
    if (limit === undefined) return undefined;
    const value = this.stored.get(measure);
    if (value === undefined) return "unknown";
    return Number(value) >= Number(limit) ? reached : short;
  }
}
