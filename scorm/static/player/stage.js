// In a preview, the size of the screen that content sees: the frame gets it in earnest, whatever
// the window's own size, and is scrolled in the page where it is larger. Nothing of it is stored.

import { make } from "./make.js";

/**
 * Width and height in pixels of the page.
 * @typedef {[number, number]} Size
 * @typedef {{[key: string]: string}} Words
 */

/** @type {{[name: string]: Size}} */
const SCREENS = { phone: [360, 640], tablet: [768, 1024], desktop: [1280, 720] };
const FULL = "full";
const CUSTOM = "custom";
const LEAST = 160;
const MOST = 4000;

/** A side of a screen as somebody typed it. @param {string} text @param {number} before
 * @returns {number} what can be shown; what it was before when it is no number */
export function side(text, before) {
  const pixels = Math.round(Number(text));
  return text.trim() && Number.isFinite(pixels) ? Math.min(MOST, Math.max(LEAST, pixels)) : before;
}

export class Stage {
  /** @param {HTMLElement} main what holds the frame @param {Words} words */
  constructor(main, words) {
    this.main = main;
    /** None while content has all the room there is. @type {Size | null} */
    this.size = null;
    const options = [make("option", { value: FULL }, words.screen_full)];
    for (const [name, [width, height]] of Object.entries(SCREENS)) {
      const figures = `\u2066${width} × ${height}\u2069`;
      options.push(make("option", { value: name }, `${words[`screen_${name}`]} ${figures}`));
    }
    options.push(make("option", { value: CUSTOM }, words.screen_custom));
    this.choice = make("select", {}, ...options);
    this.width = this.field();
    this.height = this.field();
    const turn = make("button", { type: "button" }, words.screen_turn);
    this.sides = make("div", { class: "sides" });
    this.sides.append(
      turn,
      make("label", {}, words.screen_width, this.width),
      make("label", {}, words.screen_height, this.height),
    );
    this.root = make("div", { class: "screen", role: "group", "aria-label": words.screen_size });
    this.root.append(make("label", {}, words.screen, this.choice), this.sides);
    this.choice.addEventListener("change", () => this.choose());
    turn.addEventListener("click", () => this.turn());
    this.show(null);
  }

  field() {
    const input = make("input", {
      type: "number", min: String(LEAST), max: String(MOST), inputmode: "numeric",
    }); // prettier-ignore
    input.addEventListener("change", () => this.type());
    return input;
  }

  choose() {
    const { main } = this;
    const { value } = this.choice;
    if (value === FULL) this.show(null);
    else this.show(SCREENS[value] || this.size || [main.clientWidth, main.clientHeight]);
  }

  turn() {
    const [width, height] = /** @type {Size} */ (this.size);
    this.show([height, width]);
  }

  /** Somebody gave a width or a height of their own. */
  type() {
    const [width, height] = /** @type {Size} */ (this.size);
    this.choice.value = CUSTOM;
    this.show([side(this.width.value, width), side(this.height.value, height)]);
  }

  /** @param {Size | null} size */
  show(size) {
    const { main } = this;
    this.size = size;
    this.sides.hidden = !size;
    main.toggleAttribute("data-sized", Boolean(size));
    if (!size) {
      main.removeAttribute("tabindex");
      return;
    }
    main.tabIndex = 0; // the keyboard scrolls what is larger than the window
    const [width, height] = size;
    this.width.value = String(width);
    this.height.value = String(height);
    main.style.setProperty("--screen-width", `${width}px`);
    main.style.setProperty("--screen-height", `${height}px`);
  }
}
