// What GetDiagnostic says: which element, what was wrong with the call, and what would be right.
// For the people who make content, in English, as the standards' own error texts are.

/**
 * @typedef {import("./datamodel.js").DataModel} DataModel
 * @typedef {import("./formats.js").Element} Element
 */

/** The standards allow 255 characters and fewer. */
const LONGEST = 254;

const SHAPES = new Map([
  ["decimal", "a decimal number such as 75.5"],
  ["integer", "a whole number"],
  ["real", "a decimal number such as 0.75"],
  ["timeinterval", "a duration such as PT1H2M3.5S"],
  ["timespan", "a time span such as 0001:02:03.5"],
  ["clock", "a time of day such as 23:59:59"],
  ["time", "a time such as 2026-11-24T09:45:58 (a time zone only after a fraction of a second)"],
  ["localized", "text; a {lang=…} before it must name a language of ISO 639"],
  ["language", "a language tag such as fr or pt-BR"],
]);

/** @param {string} words */
export function shortened(words) {
  return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
}

/**
 * Words about the model's last call, which failed.
 * @param {DataModel} model
 * @param {string} name as content gave it
 * @param {string} [value] as content gave it to SetValue
 */
export function diagnose(model, name, value) {
  const shown = name.length > 80 ? `${name.slice(0, 79)}…` : name;
  const parent = shown.slice(0, Math.max(shown.lastIndexOf("."), 0));
  const pattern = name.replace(/\.[0-9]+(?=\.|$)/g, ".n");
  const element = model.elements.get(pattern) || { access: "" };
  switch (model.wrong) {
    case "undefined":
      return `${shown} is no element of SCORM ${model.table.standard}.`;
    case "keyword":
      return `${shown} is kept by the LMS; it cannot be set.`;
    case "readonly":
      return `${shown} can only be read.`;
    case "writeonly":
      return `${shown} can only be set, never read.`;
    case "children":
      return `${parent} has no list of children.`;
    case "count":
      return `${parent} is no collection and has no count.`;
    case "version":
      return `Only cmi._version tells a version.`;
    case "unset":
      return `${shown} has no value yet.`;
    case "missing":
    case "order":
      return misplaced(model, name, shown);
    case "full":
      return `${shown}: an interaction of this type has one correct response pattern.`;
    case "dependency":
      return `${shown} needs ${(element.needs || []).join(" and ")} of the same record set first.`;
    case "once":
      return `${shown} has been set and cannot change.`;
    case "duplicate":
      return `${shown}: another record has ${quoted(value)} already.`;
    default:
      return `${shown} takes ${expected(model, name, element)}, not ${quoted(value)}.`;
  }
}

/** @param {string | undefined} value */
function quoted(value) {
  const text = String(value);
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}

/** @param {DataModel} model @param {string} name @param {string} shown */
function misplaced(model, name, shown) {
  const tokens = name.split(".");
  for (let at = 1; at < tokens.length; at += 1) {
    if (!/^[0-9]+$/.test(tokens[at])) continue;
    const collection = tokens.slice(0, at).join(".");
    const count = model.count(collection);
    if (String(Number(tokens[at])) === tokens[at] && Number(tokens[at]) < count) continue;
    return `${shown}: ${collection} has ${count} records, counted from 0.`;
  }
  return `${shown} needs the ID of an activity, as {target=ID}.`;
}

/** @param {DataModel} model @param {string} name @param {Element} element */
function expected(model, name, element) {
  const { type, min, max, values } = element;
  if (type === "pattern" || type === "response") {
    const kind = model.stored.get(name.split(".").slice(0, 3).concat("type").join("."));
    return `a ${type} of the interaction type ${kind}`;
  }
  if (type === "identifier") {
    return model.is2004 ? "an identifier (a URI without blanks)" : "1 to 255 characters, no blanks";
  }
  if (type === "characterstring" || type === "string") return `at most ${max} characters`;
  if (type === "navigation") return "a navigation request such as continue or {target=ID}choice";
  if (values) {
    const words = values.map((word) => word || '""').join(", ");
    return type === "result" ? `one of ${words}, or a number` : `one of ${words}`;
  }
  const range = [min === undefined ? "" : `from ${min}`, max === undefined ? "" : `to ${max}`];
  return [SHAPES.get(String(type)), ...range].filter(Boolean).join(" ");
}
