// Answers as interactions, in the notation of both standards (RTE 4.2.9.1; 1.2 RTE 3.4.7). Written
// for the strictest sites: some refuse a line break in a description, or a hyphen in an answer.

import { duration, timestamp } from "./time.js";

/**
 * @typedef {{id: string, type: "choice" | "true-false" | "matching", asked: string,
 *   original: string, language: string, right: string[] | null, chosen: string[],
 *   result: "correct" | "wrong" | "neutral", latency: number | null, at: Date}} Answered
 * asked: the question in the language shown; original: in the course's own, the same for all;
 * right: null where no answer is the right one; latency in milliseconds, null when not known
 */

/** Most interactions that an LMS must keep (RTE 4.2.9); more are not sent. */
const MOST_INTERACTIONS = 250;
/** Characters of a description with its language, and of an identifier in 1.2. */
const LONGEST_DESCRIPTION = 250;
const LONGEST_NAME = 255;

/** @param {string} text @param {string} language its tag */
export function localized(text, language, most = LONGEST_DESCRIPTION) {
  const whole = `{lang=${language}}${text.replace(/\s+/g, " ").trim().replace(/^\{/, "(")}`;
  // Half a character would make sites fail that write what they get as UTF-8.
  return whole.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}

/**
 * An identifier of printable ASCII that can be read in a report, where 1.2 has no description.
 * @param {string} id @param {string} text
 */
export function readable(id, text) {
  const ascii = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const slug = ascii.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return (slug ? `${id}-${slug}` : id).slice(0, LONGEST_NAME).replace(/-$/, "");
}

/** Answers in the standard's notation. @param {string} type @param {string[]} values @param {boolean} is2004 */
export function pattern(type, values, is2004) {
  if (is2004) {
    const items = type === "matching" ? values.map((pair) => pair.replace(".", "[.]")) : values;
    return items.join("[,]").replace(/-/g, "_");
  }
  if (type === "true-false") return values.join("").slice(0, 1);
  return values.map(type === "matching" ? oneCharacterEach : String).join(",");
}

/** In 1.2 both sides of a pair are one character: the tenth is "a". @param {string} pair */
function oneCharacterEach(pair) {
  const [left, right] = pair.split(".");
  return `${left}.${Number(right).toString(36)}`;
}

/**
 * The values of one interaction, in the order in which they must be set.
 * @param {Answered} answered @param {boolean} is2004
 * @returns {[string, string][]} the first is the identifier
 */
export function interaction(answered, is2004) {
  const { id, type, right, chosen, result, latency } = answered;
  /** @type {[string, string][]} */
  const values = [
    ["id", is2004 ? id : readable(id, answered.original)],
    ["type", type],
    [is2004 ? "timestamp" : "time", timestamp(answered.at, is2004)],
  ];
  if (right) {
    values.push(["correct_responses.0.pattern", pattern(type, right, is2004)]);
    values.push(["weighting", "1"]);
  }
  values.push([is2004 ? "learner_response" : "student_response", pattern(type, chosen, is2004)]);
  values.push(["result", is2004 && result === "wrong" ? "incorrect" : result]);
  if (latency !== null) values.push(["latency", duration(latency, is2004)]);
  if (is2004) values.push(["description", localized(answered.asked, answered.language)]);
  return values;
}

/**
 * Report one answer; a site that keeps no interactions refuses the identifier, and that is all.
 * @param {import("./session.js").Session} session @param {Answered} answered
 */
export function report(session, answered) {
  const count = Number(session.get("cmi.interactions._count")) || 0;
  if (count >= MOST_INTERACTIONS) return;
  const [name, ...values] = interaction(answered, session.is2004);
  const record = `cmi.interactions.${count}.`;
  if (!session.set(record + name[0], name[1])) return;
  for (const [element, value] of values) session.set(record + element, value);
}
