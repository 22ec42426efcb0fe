// How many words a text has, while it is written, by the rule of assessments/word_count.py.

/** Milliseconds without a key after which the number is said aloud. */
const REST = 1500;

const IDEOGRAPHIC =
  /[\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\u{20000}-\u{3ffff}]/gu;
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]+/g;
const LETTERS_OF_A_WORD = 4;
/** White space as Python knows it, and long dashes. */
const BETWEEN =
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2014\u2015\u2028\u2029\u202f\u205f\u3000]+/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/gu;

/** @param {string} text */
const letters = (text) => (text.match(LETTER_OR_DIGIT) ?? []).length;

/** @param {string} text */
export function count_words(text) {
  const characters = (text.match(IDEOGRAPHIC) ?? []).length;
  const estimated = (text.match(UNSPACED) ?? []).reduce(
    (sum, stretch) => sum + Math.ceil(letters(stretch) / LETTERS_OF_A_WORD),
    0,
  );
  const spaced = text.replace(IDEOGRAPHIC, " ").replace(UNSPACED, " ");
  return characters + estimated + spaced.split(BETWEEN).filter(letters).length;
}

class CountWords extends HTMLElement {
  connectedCallback() {
    const area = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    const shown = /** @type {HTMLElement} */ (this.querySelector("[data-shown]"));
    const said = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    let timer = 0;
    const show = () => {
      const count = String(count_words(area.value));
      shown.textContent = (this.dataset.words ?? "").replace("{count}", count);
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
