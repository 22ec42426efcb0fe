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

// An address can be copied at a touch; without script it is selected and copied by hand.
for (const field of document.querySelectorAll("input[data-copy]")) {
  const input = /** @type {HTMLInputElement} */ (field);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = input.dataset.copy ?? "";
  if (input.labels?.[0]) {
    input.labels[0].id = `${input.id}-label`;
    button.setAttribute("aria-describedby", input.labels[0].id);
  }
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      // Browsers give no clipboard to pages without HTTPS.
      if (!document.execCommand("copy")) return;
    }
    button.textContent = said.textContent = input.dataset.copied ?? "";
  });
  const pair = document.createElement("div");
  pair.className = "pair";
  input.replaceWith(pair);
  pair.append(input, button, said);
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
