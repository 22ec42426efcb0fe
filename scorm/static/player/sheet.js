// A calm page in the content's place: opening, waiting, choosing, the end.

/**
 * @typedef {{words: string, href?: string, press?: () => void, apart?: boolean}} Action
 *   a link, or a button; `apart`: a link that opens beside this page
 * @typedef {{heading: string, paragraphs: string[], facts?: [string, string][],
 *   actions?: Action[]}} Page
 */

export class Sheet {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.drawn = "";
  }

  /** @param {Page} page @param {boolean} [focus] whether a screen reader is to begin here */
  show(page, focus = false) {
    const now = JSON.stringify(page);
    this.element.hidden = false;
    if (now === this.drawn) return;
    this.drawn = now;
    const heading = node("h2", page.heading);
    heading.tabIndex = -1;
    const parts = [heading].concat(page.paragraphs.map((words) => node("p", words)));
    if (page.facts && page.facts.length) {
      const list = node("dl", "");
      for (const [name, value] of page.facts) {
        const row = node("div", "");
        row.append(node("dt", name), node("dd", value));
        list.append(row);
      }
      parts.push(list);
    }
    for (const action of page.actions || []) {
      const row = node("p", "");
      row.append(control(action));
      parts.push(row);
    }
    this.element.replaceChildren(...parts);
    if (focus) heading.focus();
  }

  hide() {
    this.element.hidden = true;
    this.drawn = "";
  }
}

/** @param {Action} action @returns {HTMLElement} */
export function control({ words, href, press, apart }) {
  if (href === undefined) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    if (press) button.addEventListener("click", press);
    return button;
  }
  const link = document.createElement("a");
  link.textContent = words;
  link.href = href;
  if (apart) {
    link.target = "_blank";
    link.rel = "noopener";
  }
  return link;
}

/** @param {string} name @param {string} words @returns {HTMLElement} */
function node(name, words) {
  const element = document.createElement(name);
  element.textContent = words;
  if (words) element.dir = "auto";
  return element;
}
