// What every module needs of the page: its elements by name, and the words it says.

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @returns {HTMLElement} another one after the language was changed */
export function mainPart() {
  return /** @type {HTMLElement} */ (document.querySelector("main"));
}

/** Text without the marks of its sources. @param {Element | null} element @returns {string} */
export function plain(element) {
  if (!element) return "";
  const copy = /** @type {Element} */ (element.cloneNode(true));
  copy.querySelectorAll("sup").forEach((mark) => mark.remove());
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

/** A button that only the script can make work. @param {string} content @param {() => void} pressed */
export function makeButton(content, pressed) {
  const button = /** @type {HTMLButtonElement} */ (make("button", content));
  button.type = "button";
  button.addEventListener("click", pressed);
  return button;
}

/** A verdict that is told by more than its colour. @param {boolean} good @param {string} words */
export function makeVerdict(good, words) {
  const verdict = make("p", "", "verdict");
  const sign = make("span", good ? "✓" : "✗");
  sign.setAttribute("aria-hidden", "true");
  verdict.append(sign, " ", words);
  return verdict;
}

/** Buttons that wait for the script. @param {Element} place */
export function showActions(place) {
  place.querySelectorAll(".actions[hidden]").forEach((actions) => actions.removeAttribute("hidden"));
}
