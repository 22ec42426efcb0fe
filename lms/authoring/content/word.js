// Words of the glossary: a press opens the meaning right after the paragraph, where the eye is;
// another press or Escape closes it, and the focus stays on the word.

import { findAll, listen, make, say } from "./page.js";

const INSIDE = "li, td, th, dd, dt";
const BLOCK = `p, blockquote, h2, h3, h4, ${INSIDE}`;
/** Milliseconds until a new status is known to a screen reader, so that its words are spoken. */
const KNOWN = 100;

/** What is open. @type {WeakMap<Element, HTMLElement>} */
const meanings = new WeakMap();

/** Make links of words into buttons that open. */
export function startWords() {
  findAll(document, "a.word").forEach((word) => {
    word.setAttribute("role", "button");
    word.setAttribute("aria-expanded", "false");
  });
}

/** Listen for them, once for all pages that are shown here. */
export function watchWords() {
  listen(document, "click", (event) => {
    const word = wordOf(event.target);
    if (!word) return;
    event.preventDefault();
    if (!closeMeaning(word)) openMeaning(word);
  });
  listen(document, "keydown", (event) => {
    const word = wordOf(event.target);
    if (word && event.key === " ") {
      event.preventDefault();
      word.click();
    }
    if (event.key === "Escape") findAll(document, "a.word[aria-expanded=true]").forEach(closeMeaning);
  });
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function wordOf(target) {
  return target instanceof Element ? target.closest("a.word") : null;
}

/** @param {HTMLElement} word */
function openMeaning(word) {
  const meaning = document.getElementById(String(word.getAttribute("href")).slice(1));
  if (!meaning) return;
  const description = meaning.nextElementSibling;
  const place = make("div", "", "meaning");
  place.setAttribute("role", "status");
  const block = word.closest(BLOCK) || word;
  if (block.matches(INSIDE)) block.append(place);
  else block.after(place);
  word.setAttribute("aria-expanded", "true");
  meanings.set(word, place);
  window.setTimeout(() => {
    if (!description) return;
    const term = make("strong", say("term", { term: meaning.textContent || "" }));
    place.append(term, " ", ...description.cloneNode(true).childNodes);
  }, KNOWN);
}

/** @param {Element} word @returns {boolean} whether it was open */
function closeMeaning(word) {
  const place = meanings.get(word);
  if (!place) return false;
  place.remove();
  meanings.delete(word);
  word.setAttribute("aria-expanded", "false");
  return true;
}
