// The course contents: a nested list of buttons with each part's status in words.

/**
 * @param {HTMLElement} nav
 * @param {any[]} toc
 * @param {Record<string, string>} words
 * @param {(id: string) => void} choose
 */
export function renderContents(nav, toc, words, choose) {
  const focused = document.activeElement;
  const again = focused instanceof HTMLElement && nav.contains(focused) ? focused.dataset.id : null;
  nav.replaceChildren(list(toc, words, choose));
  if (again) {
    for (const button of nav.querySelectorAll("button")) {
      if (button.dataset.id === again) button.focus();
    }
  }
}

/**
 * @param {any[]} entries
 * @param {Record<string, string>} words
 * @param {(id: string) => void} choose
 * @returns {HTMLUListElement}
 */
function list(entries, words, choose) {
  const ul = document.createElement("ul");
  for (const entry of entries) {
    const li = document.createElement("li");
    const button = document.createElement("button");
    const status = document.createElement("span");
    button.type = "button";
    button.textContent = entry.title;
    button.dataset.id = entry.id;
    button.dir = "auto";
    status.className = "status";
    status.dataset.status = entry.status;
    status.textContent = words[entry.status] || entry.status;
    if (entry.current) button.setAttribute("aria-current", "page");
    if (!entry.enabled) button.setAttribute("aria-disabled", "true");
    button.addEventListener("click", () => {
      if (entry.enabled) choose(entry.id);
    });
    li.append(button, status);
    if (entry.children.length) li.append(list(entry.children, words, choose));
    ul.append(li);
  }
  return ul;
}
