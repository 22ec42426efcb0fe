// Small improvements of pages that work without them.

// A form is sent once, however often its button is pressed on a slow line.
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.hasAttribute("data-once")) return;
  if (form.hasAttribute("aria-busy")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
});

// Coming back by the browser's own button: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) {
    form.removeAttribute("aria-busy");
  }
});

// A passphrase can be looked at while it is typed.
for (const field of document.querySelectorAll("input[data-reveal]")) {
  const input = /** @type {HTMLInputElement} */ (field);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button reveal";
  button.textContent = input.dataset.reveal ?? "";
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
  const pair = document.createElement("div");
  pair.className = "pair";
  input.replaceWith(pair);
  pair.append(input, button);
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
}

// A menu closes with Escape and when something else is chosen.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.removeAttribute("open");
    /** @type {HTMLElement | null} */ (menu.querySelector("summary"))?.focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  }
});
