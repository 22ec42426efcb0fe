// Whether a value is of its element's type. The twin of scorm/cmi/formats.py and
// scorm/cmi/languages.py; a test holds the two sides together.

/**
 * @typedef {{type?: string, access: string, default?: string, values?: string[], min?: number,
 *   max?: number, spm?: number, empty?: boolean, unique?: boolean, once?: boolean,
 *   needs?: string[], clears?: string[], collection?: boolean, fixed?: boolean,
 *   children?: string[], appends?: boolean, cleared?: boolean, number?: string,
 *   argument?: string, edition?: string, targets?: Record<string, string>,
 *   computed?: {measure: string, limit: string, reached: string, short: string}}} Element
 * @typedef {{primary: string, countries: string, whole: string}} Languages
 */

/** @type {Languages} */
const NONE = { primary: "", countries: "", whole: "" };
const PREFIX = /^\{([^{}=]*)=([^{}]*)\}/;
const TARGET = /^\{target=([^{}]*)\}([a-z]+)$/;
/** The first half of a character beyond the first plane. */
const HIGH_HALF = /[\ud800-\udbff]/;
const TAG = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;

/** Checks values against the types of one element table. */
export class Formats {
  /**
   * @param {Record<string, string>} types regular expressions by type
   * @param {(since: string) => boolean} has whether the edition has what came with another
   * @param {Languages} [languages] for a table with types that need them
   */
  constructor(types, has, languages = NONE) {
    /** @type {Map<string, RegExp>} */
    this.types = new Map();
    for (const name of Object.keys(types)) {
      this.types.set(name, new RegExp(`^(?:${types[name]})$`, "u"));
    }
    this.primary = new Set(languages.primary.split(" "));
    this.countries = new Set(languages.countries.split(" "));
    this.whole = new Set(languages.whole.split(" "));
    this.has = has;
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
      case "real":
      case "decimal":
      case "integer":
        return this.number(element, value);
      default:
        return this.fits(element, value) ? null : "type";
    }
  }

  /** @param {Element} element @param {string} value */
  fits(element, value) {
    const words = element.values || [];
    switch (element.type) {
      case "characterstring":
      case "string":
        return element.max === undefined || !isLonger(value, element.max);
      case "state":
        return words.includes(value);
      case "localized":
        return this.isLocalized(value);
      case "language":
        return this.isLanguage(value);
      case "time":
        return this.matches("time", value) && isRealDay(value);
      case "result":
        return words.includes(value) || this.matches(String(element.number), value);
      case "navigation":
        return words.includes(value) || this.isTarget(element, value);
      default:
        return this.matches(String(element.type), value);
    }
  }

  /** @param {string} type @param {string} value */
  matches(type, value) {
    const shape = this.types.get(type);
    return shape !== undefined && shape.test(value);
  }

  /** @param {Element} element @param {string} value */
  number(element, value) {
    if (!this.matches(String(element.type), value)) return "type";
    const low = element.min !== undefined && compare(value, String(element.min)) < 0;
    const high = element.max !== undefined && compare(value, String(element.max)) > 0;
    return low || high ? "range" : null;
  }

  /** @param {Element} element @param {string} value a navigation request that names an activity */
  isTarget(element, value) {
    const match = TARGET.exec(value);
    if (match === null || !this.matches("identifier", match[1])) return false;
    const since = new Map(Object.entries(element.targets || {})).get(match[2]);
    return since !== undefined && this.has(since);
  }

  /** @param {string} text an RFC 3066 language tag */
  isLanguage(text) {
    if (!TAG.test(text)) return false;
    const tag = text.toLowerCase();
    if (this.whole.has(tag)) return true;
    const [first, second] = tag.split("-");
    if (first === "x") return second !== undefined;
    if (!this.primary.has(first) && !/^q[a-t][a-z]$/.test(first)) return false;
    if (second === undefined) return true;
    if (second.length === 2) return this.countries.has(second);
    return second.length > 3 || /^[0-9]{3}$/.test(second);
  }

  /** @param {string} value text with an optional {lang=…} before it */
  isLocalized(value) {
    const match = PREFIX.exec(value);
    return match === null || match[1] !== "lang" || this.isLanguage(match[2]);
  }

  /**
   * The text after its leading delimiters; null when a known one has a bad value.
   * The first unknown or repeated {…} begins the text.
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
}

/**
 * Which of two decimals is greater, exactly and however many digits they have.
 * @param {string} one
 * @param {string} other
 * @returns {number} below, at or above zero
 */
export function compare(one, other) {
  const [sign, whole, fraction] = parts(one);
  const [otherSign, otherWhole, otherFraction] = parts(other);
  if (sign !== otherSign) return sign - otherSign;
  if (whole.length !== otherWhole.length) return sign * (whole.length - otherWhole.length);
  if (whole !== otherWhole) return whole > otherWhole ? sign : -sign;
  if (fraction === otherFraction) return 0;
  return fraction > otherFraction ? sign : -sign;
}

/** @param {string} decimal @returns {[number, string, string]} */
function parts(decimal) {
  const [before, after = ""] = decimal.replace(/^[+-]/, "").split(".");
  const whole = before.replace(/^0+/, "");
  let end = after.length;
  while (end > 0 && after.charAt(end - 1) === "0") end -= 1;
  const fraction = after.slice(0, end);
  if (whole === "" && fraction === "") return [0, "", ""];
  return [decimal.charAt(0) === "-" ? -1 : 1, whole, fraction];
}

/** Characters as the standards count them: code points. @param {string} value */
export function length(value) {
  if (!HIGH_HALF.test(value)) return value.length;
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

/** @param {string} value @param {number} most */
export function isLonger(value, most) {
  return value.length > most && length(value) > most;
}

/** @param {string} value a time that has the right shape */
function isRealDay(value) {
  if (value.length < 10) return true;
  const [year, month, day] = value.slice(0, 10).split("-").map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
