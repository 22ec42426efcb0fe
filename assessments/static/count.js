// How many words a text has, while it is written.

import { fill } from "./told.js";

/** Milliseconds without a key after which the number is said aloud. */
const REST = 1500;

/**
 * What stands between white space is a word, as the server counts.
 *
 * @param {string} text
 */
export const words = (text) => text.match(/\S+/g)?.length ?? 0;

class CountWords extends HTMLElement {
  connectedCallback() {
    const area = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    const shown = /** @type {HTMLElement} */ (this.querySelector("[data-shown]"));
    const said = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    let timer = 0;
    const show = () => {
      shown.textContent = fill(this.dataset.words, { count: words(area.value) });
    };
    area.addEventListener("input", () => {
      show();
      clearTimeout(timer);
      timer = setTimeout(() => {
        said.textContent = shown.textContent;
      }, REST);
    });
    show();
  }
}

customElements.define("count-words", CountWords);
