// On paper nothing can be opened: what is closed is opened for printing, and closed again after.

import { findAll, listen } from "./page.js";

/** @type {HTMLDetailsElement[]} */
let closed = [];

/** The button, which only a script can make work. */
export function startPrinting() {
  for (const button of findAll(document, ".print button")) {
    button.hidden = false;
    listen(button, "click", () => window.print());
  }
}

/** Once for all pages that are shown here. */
export function watchPrinting() {
  listen(window, "beforeprint", () => {
    closed = /** @type {HTMLDetailsElement[]} */ (
      findAll(document, "details:not(.key):not([open])")
    );
    closed.forEach((each) => (each.open = true));
  });
  listen(window, "afterprint", () => {
    closed.forEach((each) => (each.open = false));
    closed = [];
  });
}
