// The course contents: a nested list of buttons with each part's status in words. A column beside
// the content on wide screens, a drawer over it on small ones.

/**
 * @typedef {import("./line.js").Entry} Entry
 * @typedef {{[key: string]: string}} Words
 */

const NARROW = "(max-width: 59.99rem)";

export class Contents {
  /**
   * @param {{drawer: HTMLElement, toggle: HTMLElement, shade: HTMLElement, words: Words,
   *   choose: (id: string) => void}} parts
   */
  constructor({ drawer, toggle, shade, words, choose }) {
    this.drawer = drawer;
    this.list = /** @type {HTMLElement} */ (drawer.querySelector("nav"));
    /** What can be done with the course as a whole. */
    this.foot = /** @type {HTMLElement} */ (drawer.querySelector("#keep"));
    this.toggle = toggle;
    this.shade = shade;
    this.words = words;
    this.choose = choose;
    this.drawn = "";
    /** How many sentences have been drawn, so that each has an id of its own. */
    this.sentences = 0;
    this.narrow = window.matchMedia(NARROW);
    this.wanted = !this.narrow.matches;
    toggle.addEventListener("click", () => this.show(Boolean(drawer.hidden), true));
    shade.addEventListener("click", () => this.show(false));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.narrow.matches && !drawer.hidden) this.show(false, true);
    });
    this.narrow.addEventListener("change", () => this.show(!this.narrow.matches));
  }

  /** @param {Entry[]} toc */
  draw(toc) {
    const now = JSON.stringify(toc);
    if (now === this.drawn) return;
    const focused = document.activeElement;
    const again = focused instanceof HTMLElement && this.drawer.contains(focused) && focused.dataset.id;
    this.drawn = now;
    this.list.replaceChildren(this.items(toc));
    this.toggle.hidden = !toc.length && this.foot.hidden;
    this.show(this.wanted && toc.length > 0);
    const buttons = Array.from(this.list.querySelectorAll("button"));
    const before = buttons.find((button) => button.dataset.id === again);
    const current = /** @type {HTMLElement | null} */ (this.list.querySelector("[aria-current]"));
    if (again) (before || current || this.toggle).focus();
    if (current && !before) current.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} open @param {boolean} [focus] whether the focus follows */
  show(open, focus = false) {
    const any = !this.toggle.hidden;
    this.wanted = open;
    this.drawer.hidden = !(open && any);
    this.shade.hidden = this.drawer.hidden || !this.narrow.matches;
    this.toggle.setAttribute("aria-expanded", String(!this.drawer.hidden));
    if (!focus || !this.narrow.matches) return;
    const first = /** @type {HTMLElement | null} */ (
      this.list.querySelector("[aria-current]") || this.drawer.querySelector("button")
    );
    if (this.drawer.hidden) this.toggle.focus();
    else if (first) first.focus();
  }

  /** After a choice the drawer makes room for what was chosen; a column stays. */
  chosen() {
    if (this.narrow.matches) this.show(false);
  }

  /** @param {Entry[]} entries @returns {HTMLUListElement} */
  items(entries) {
    const list = document.createElement("ul");
    for (const entry of entries) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const title = document.createElement("bdi");
      const status = document.createElement("span");
      button.type = "button";
      title.textContent = entry.title;
      button.append(title);
      button.dataset.id = entry.id;
      if (entry.current) button.setAttribute("aria-current", "page");
      if (!entry.enabled) button.setAttribute("aria-disabled", "true");
      button.addEventListener("click", () => {
        if (entry.enabled) this.choose(entry.id);
      });
      status.className = "status";
      status.dataset.status = entry.status;
      status.textContent = this.words[entry.status] || entry.status;
      item.append(button, status);
      if (entry.needs) {
        const needs = document.createElement("span");
        needs.className = "needs";
        needs.textContent = entry.needs;
        needs.lang = "en"; // the server's sentences are English
        needs.dir = "ltr";
        needs.id = `needs-${(this.sentences += 1)}`;
        button.setAttribute("aria-describedby", needs.id);
        item.append(needs);
      }
      if (entry.children.length) item.append(this.items(entry.children));
      list.append(item);
    }
    return list;
  }
}
