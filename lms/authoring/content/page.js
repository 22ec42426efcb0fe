// What every module needs of the page: its elements by name, and the words it says.

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** What surely is there. @param {ParentNode} place @param {string} selector @returns {HTMLElement} */
export function find(place, selector) {
  return /** @type {HTMLElement} */ (place.querySelector(selector));
}

/** @param {ParentNode} place @param {string} selector @returns {HTMLElement[]} */
export function findAll(place, selector) {
  return Array.from(place.querySelectorAll(selector));
}

/** @returns {string} the tag of the language shown */
export function shownLanguage() {
  return document.documentElement.lang;
}

/** @returns {HTMLElement} another one after the language was changed */
export function mainPart() {
  return find(document, "main");
}

/** Text without the marks of its sources. @param {Element | null} element @returns {string} */
export function plain(element) {
  if (!element) return "";
  const copy = /** @type {Element} */ (element.cloneNode(true));
  findAll(copy, "sup").forEach((mark) => mark.remove());
  return (copy.textContent || "").replace(/\s+/g, " ").trim();
}

/** Words in the page's language. @param {string} name @param {Object<string, string | number>} [gaps] @returns {string} */
export function say(name, gaps = {}) {
  const words = JSON.parse(byId("words").textContent || "");
  return words[name].replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ key) =>
    key in gaps ? String(gaps[key]) : whole
  );
}

/** A new element. @param {string} tag @param {string} [content] @param {string} [name] its class */
export function make(tag, content = "", name = "") {
  const element = document.createElement(tag);
  element.textContent = content;
  if (name) element.className = name;
  return element;
}

/** Words that more than their colour tells apart. @param {string} tag @param {string} sign @param {string} words @param {string} name its class */
export function makeSigned(tag, sign, words, name) {
  const element = make(tag, "", name);
  const shape = make("span", sign, "sign");
  shape.setAttribute("aria-hidden", "true");
  element.append(shape, " ", words);
  return element;
}

/** @param {string} tag @param {boolean} good @param {string} [name] of its words */
export function makeVerdict(tag, good, name = good ? "right" : "wrong") {
  return makeSigned(tag, good ? "✓" : "✗", say(name), `verdict is-${good ? "right" : "wrong"}`);
}

/** Buttons that wait for the script. @param {Element} place */
export function showActions(place) {
  findAll(place, ".actions").forEach((actions) => (actions.hidden = false));
}

/** @param {EventTarget} target @param {string} name @param {(event: any) => void} heard */
export function listen(target, name, heard) {
  target.addEventListener(name, heard);
}
