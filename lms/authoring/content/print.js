// On paper nothing can be opened: what is closed is opened for printing, and closed again after.

/** @type {HTMLDetailsElement[]} */
let closed = [];

/** The button, which only a script can make work. */
export function startPrinting() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".print button"));
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** Once for all pages that are shown here. */
export function watchPrinting() {
  window.addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not(.key):not([open])"));
    closed.forEach((each) => (each.open = true));
  });
  window.addEventListener("afterprint", () => {
    closed.forEach((each) => (each.open = false));
    closed = [];
  });
}
