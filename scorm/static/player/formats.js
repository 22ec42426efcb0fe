// Whether a value is of its element's type. The twin of scorm/cmi/formats.py and
// scorm/cmi/interactions.py; a test holds the two sides together.

/**
 * @typedef {{type?: string, access: string, default?: string, values?: string[], min?: number,
 *   max?: number, spm?: number, empty?: boolean, unique?: boolean, once?: boolean,
 *   needs?: string[], clears?: string[], collection?: boolean, children?: string[],
 *   appends?: boolean, cleared?: boolean}} Element
 * @typedef {{primary: string, whole: string}} Languages
 */

const PREFIX = /^\{([^{}=]*)=([^{}]*)\}/;
const TARGET = /^\{target=[^{}\s]+\}(choice|jump)$/;
const LANGUAGE = /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/;

/** Types that have exactly one correct response pattern. */
export const SINGLE = new Set(["true-false", "likert", "numeric", "other"]);

/** Checks values against the types of one element table. */
export class Formats {
  /**
   * @param {Record<string, string>} types regular expressions by type
   * @param {Languages} languages
   */
  constructor(types, languages) {
    /** @type {Map<string, RegExp>} */
    this.types = new Map();
    for (const name of Object.keys(types)) {
      this.types.set(name, new RegExp(`^(?:${types[name]})$`));
    }
    this.primary = new Set(languages.primary.split(" "));
    this.whole = new Set(languages.whole.split(" "));
  }

  /**
   * What is wrong with a value that needs no look at its neighbours.
   * @param {Element} element
   * @param {string} value
   * @returns {null | "type" | "range"}
   */
  problem(element, value) {
    if (value === "" && element.empty) return null;
    switch (element.type) {
      case "characterstring":
      case "string":
        return element.max !== undefined && length(value) > element.max ? "type" : null;
      case "state":
        return /** @type {string[]} */ (element.values).includes(value) ? null : "type";
      case "real":
      case "decimal":
      case "integer":
        return this.number(element, value);
      case "localized":
        return this.isLocalized(value) ? null : "type";
      case "language":
        return this.isLanguage(value) ? null : "type";
      case "time":
        return this.matches("time", value) && realDay(value) ? null : "type";
      case "result":
        return /** @type {string[]} */ (element.values).includes(value) ||
          this.matches("real", value)
          ? null
          : "type";
      case "navigation":
        return /** @type {string[]} */ (element.values).includes(value) || TARGET.test(value)
          ? null
          : "type";
      default:
        return this.matches(String(element.type), value) ? null : "type";
    }
  }

  /** @param {string} type @param {string} value */
  matches(type, value) {
    const pattern = this.types.get(type);
    return pattern !== undefined && pattern.test(value);
  }

  /** @param {Element} element @param {string} value */
  number(element, value) {
    if (!this.matches(String(element.type), value)) return "type";
    const number = Number(value);
    const low = element.min !== undefined && number < element.min;
    const high = element.max !== undefined && number > element.max;
    return low || high ? "range" : null;
  }

  /** @param {string} text an RFC 3066 language tag */
  isLanguage(text) {
    const tag = text.toLowerCase();
    if (this.whole.has(tag)) return true;
    if (!LANGUAGE.test(tag)) return false;
    const parts = tag.split("-");
    const first = parts[0];
    const second = parts[1];
    if (first === "x") return parts.length > 1;
    const isPrivate = first.length === 3 && first >= "qaa" && first <= "qtz";
    if (!this.primary.has(first) && !isPrivate) return false;
    if (second === undefined) return true;
    return !/^[a-z]{3}$/.test(second) && second.length > 1;
  }

  /** @param {string} value text with an optional {lang=…} before it */
  isLocalized(value) {
    const match = PREFIX.exec(value);
    return match === null || match[1] !== "lang" || this.isLanguage(match[2]);
  }

  /**
   * The text after its leading delimiters; null when a known one has a bad value.
   * @param {string} value
   * @param {string[]} allowed
   */
  withoutPrefixes(value, allowed) {
    const seen = new Set();
    for (let match = PREFIX.exec(value); match !== null; match = PREFIX.exec(value)) {
      const name = match[1];
      if (!allowed.includes(name) || seen.has(name)) break;
      const good =
        name === "lang" ? this.isLanguage(match[2]) : match[2] === "true" || match[2] === "false";
      if (!good) return null;
      seen.add(name);
      value = value.slice(match[0].length);
    }
    return value;
  }

  /** @param {string} kind @param {string} value */
  isPattern(kind, value) {
    if (kind === "fill-in") {
      const rest = this.withoutPrefixes(value, ["case_matters", "order_matters"]);
      return rest !== null && rest.split("[,]").every((item) => this.isLocalized(item));
    }
    if (kind === "long-fill-in") {
      return this.withoutPrefixes(value, ["case_matters", "lang"]) !== null;
    }
    if (kind === "matching") return value !== "" && this.pairs(value);
    if (kind === "performance") {
      const rest = this.withoutPrefixes(value, ["order_matters"]);
      return rest !== null && this.steps(rest, true);
    }
    if (kind === "numeric") return this.range(value);
    return this.common(kind, value);
  }

  /** @param {string} kind @param {string} value */
  isResponse(kind, value) {
    if (kind === "fill-in") return value.split("[,]").every((item) => this.isLocalized(item));
    if (kind === "long-fill-in") return this.isLocalized(value);
    if (kind === "matching") return value === "" || this.pairs(value);
    if (kind === "performance") return this.steps(value, false);
    if (kind === "numeric") return this.matches("real", value);
    return this.common(kind, value);
  }

  /** @param {string} kind @param {string} value */
  common(kind, value) {
    if (kind === "true-false") return value === "true" || value === "false";
    if (kind === "choice") {
      const items = value === "" ? [] : value.split("[,]");
      return new Set(items).size === items.length && items.every((item) => this.id(item));
    }
    if (kind === "likert") return this.id(value);
    if (kind === "sequencing") return value.split("[,]").every((item) => this.id(item));
    return true;
  }

  /** @param {string} value */
  id(value) {
    return this.matches("identifier", value);
  }

  /** @param {string} value */
  pairs(value) {
    return value.split("[,]").every((item) => {
      const pair = item.split("[.]");
      return pair.length === 2 && pair.every((half) => this.id(half));
    });
  }

  /** @param {string} value @param {boolean} ranges */
  steps(value, ranges) {
    return value.split("[,]").every((item) => {
      const halves = item.split("[.]");
      if (halves.length !== 2 || (halves[0] === "" && halves[1] === "")) return false;
      if (halves[0] !== "" && !this.id(halves[0])) return false;
      return !ranges || !halves[1].includes("[:]") || this.range(halves[1]);
    });
  }

  /** @param {string} value */
  range(value) {
    const ends = value.split("[:]");
    if (ends.length !== 2) return false;
    if (!ends.every((end) => end === "" || this.matches("real", end))) return false;
    return ends.includes("") || Number(ends[0]) <= Number(ends[1]);
  }
}

/** @param {string} kind @param {string} one @param {string} other */
export function samePattern(kind, one, other) {
  if (kind === "choice") {
    return one.split("[,]").sort().join("[,]") === other.split("[,]").sort().join("[,]");
  }
  return kind === "sequencing" && one === other;
}

/** Characters as the standards count them: code points. @param {string} value */
export function length(value) {
  let count = value.length;
  for (let at = 0; at < value.length - 1; at += 1) {
    const code = value.charCodeAt(at);
    if (code >= 0xd800 && code < 0xdc00) {
      const next = value.charCodeAt(at + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        count -= 1;
        at += 1;
      }
    }
  }
  return count;
}

/** @param {string} value a time that has the right shape */
function realDay(value) {
  if (value.length < 10) return true;
  const [year, month, day] = value.slice(0, 10).split("-").map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
