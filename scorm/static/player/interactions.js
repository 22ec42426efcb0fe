// Response formats of the ten interaction types (SCORM 2004 RTE 4.2.9.1), and the smallest
// permitted maximums. The twin of scorm/cmi/interactions.py and scorm/cmi/limits.py.

import { compare, isLonger, length } from "./formats.js";

/**
 * @typedef {import("./formats.js").Formats} Formats
 * @typedef {{patterns: number, single?: boolean, same?: string, items?: number,
 *   response_items?: number, spm?: number}} Limits
 */

/**
 * What may stand before a correct response pattern.
 * @param {string} kind
 * @returns {string[]}
 */
function prefixes(kind) {
  if (kind === "fill-in") return ["case_matters", "order_matters"];
  if (kind === "long-fill-in") return ["case_matters", "lang"];
  if (kind === "performance") return ["order_matters"];
  return [];
}

/** Checks the patterns and responses of interactions by their type. */
export class Interactions {
  /** @param {Formats} formats */
  constructor(formats) {
    this.formats = formats;
  }

  /** @param {string} kind @param {string} value */
  isPattern(kind, value) {
    const rest = this.formats.withoutPrefixes(value, prefixes(kind));
    if (rest === null) return false;
    switch (kind) {
      case "long-fill-in":
        return true;
      case "matching":
        return this.pairs(rest);
      case "performance":
        return this.steps(rest) && this.ranges(rest);
      case "numeric":
        return this.range(rest);
      default:
        return this.either(kind, rest);
    }
  }

  /** @param {string} kind @param {string} value */
  isResponse(kind, value) {
    switch (kind) {
      case "long-fill-in":
        return this.formats.isLocalized(value);
      case "matching":
        return value === "" || this.pairs(value);
      case "performance":
        return this.steps(value);
      case "numeric":
        return this.formats.matches("real", value);
      default:
        return this.either(kind, value);
    }
  }

  /** What patterns and responses have in common. @param {string} kind @param {string} value */
  either(kind, value) {
    const items = value.split("[,]");
    switch (kind) {
      case "true-false":
        return value === "true" || value === "false";
      case "choice":
        return value === "" || (new Set(items).size === items.length && this.ids(items));
      case "fill-in":
        return items.every((item) => this.formats.isLocalized(item));
      case "likert":
        return this.id(value);
      case "sequencing":
        return this.ids(items);
      default:
        return true;
    }
  }

  /** @param {string} value */
  id(value) {
    return this.formats.matches("identifier", value);
  }

  /** @param {string[]} values */
  ids(values) {
    return values.every((value) => this.id(value));
  }

  /** @param {string} value */
  pairs(value) {
    return value.split("[,]").every((item) => {
      const pair = item.split("[.]");
      return pair.length === 2 && this.ids(pair);
    });
  }

  /** @param {string} value */
  steps(value) {
    return value.split("[,]").every((step) => {
      const halves = step.split("[.]");
      if (halves.length !== 2 || (halves[0] === "" && halves[1] === "")) return false;
      return halves[0] === "" || this.id(halves[0]);
    });
  }

  /** @param {string} value steps that are well-formed */
  ranges(value) {
    return value
      .split("[,]")
      .every((step) => !step.includes("[:]") || this.range(step.split("[.]")[1]));
  }

  /** @param {string} value */
  range(value) {
    const ends = value.split("[:]");
    if (ends.length !== 2) return false;
    if (!ends.every((end) => end === "" || this.formats.matches("real", end))) return false;
    return ends.includes("") || compare(ends[0], ends[1]) <= 0;
  }

  /**
   * What is more in a value than every system must keep; null when nothing is.
   * @param {import("./formats.js").Element} element
   * @param {Limits | undefined} limits of the interaction's type
   * @param {string} kind the interaction's type
   * @param {string} value
   * @returns {string | null}
   */
  beyond(element, limits, kind, value) {
    if (element.type !== "pattern" && element.type !== "response") {
      if (element.spm === undefined) return null;
      return this.characters(value, element.type === "localized" ? ["lang"] : [], element.spm);
    }
    if (limits === undefined) return null;
    const isPattern = element.type === "pattern";
    if (limits.spm !== undefined) {
      return this.characters(value, isPattern ? prefixes(kind) : ["lang"], limits.spm);
    }
    const most = (!isPattern && limits.response_items) || limits.items;
    if (most === undefined) return null;
    const items = value.split("[,]").length;
    return items > most ? `${items} items of ${most}` : null;
  }

  /** @param {string} value @param {string[]} allowed @param {number} most */
  characters(value, allowed, most) {
    if (!isLonger(value, most)) return null;
    const count = length(this.formats.withoutPrefixes(value, allowed) || "");
    return count > most ? `${count} characters of ${most}` : null;
  }
}

/**
 * Whether two patterns of one interaction say the same, which they must not.
 * @param {Limits} limits
 * @param {string} one
 * @param {string} other
 */
export function samePattern(limits, one, other) {
  if (limits.same !== "set") return limits.same === "list" && one === other;
  const items = new Set(one.split("[,]"));
  const others = new Set(other.split("[,]"));
  return items.size === others.size && Array.from(items).every((item) => others.has(item));
}
