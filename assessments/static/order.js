// Things to be put in order: moved by buttons, by dragging, or by the number of their place, which
// is what the form sends. As soon as one was moved, all have a place.

import { follow_pointer, give } from "./moving.js";

class PutInOrder extends HTMLElement {
  /** Whether the numbers are being written by this element, not by a person. */
  writing = false;

  connectedCallback() {
    for (const part of this.querySelectorAll("[hidden]")) part.removeAttribute("hidden");
    this.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest(".move");
      if (button instanceof HTMLElement) this.step(button);
    });
    this.addEventListener("change", (event) => {
      if (!this.writing) this.placed(/** @type {HTMLSelectElement} */ (event.target));
    });
    this.addEventListener("pointerdown", (event) => this.drag(event));
    this.mark();
  }

  get rows() {
    return /** @type {HTMLElement} */ (this.querySelector(".rows"));
  }

  get items() {
    return /** @type {HTMLElement[]} */ (Array.from(this.rows.children));
  }

  /**
   * One place up or down.
   *
   * @param {HTMLElement} button
   */
  step(button) {
    const item = /** @type {HTMLElement} */ (button.closest(".item"));
    const to = this.items.indexOf(item) + Number(button.dataset.by);
    if (to >= 0 && to < this.items.length) this.move(item, to);
  }

  /**
   * A person chose a place by its number, or none.
   *
   * @param {HTMLSelectElement} select
   */
  placed(select) {
    const item = /** @type {HTMLElement} */ (select.closest(".item"));
    if (select.value) this.move(item, Number(select.value) - 1);
    else this.write(() => "");
  }

  /**
   * The others move around it: an element that is moved loses the focus.
   *
   * @param {HTMLElement} item
   * @param {number} to its new place, from 0
   */
  move(item, to) {
    const others = this.items.filter((each) => each !== item);
    item.before(...others.slice(0, to));
    item.after(...others.slice(to));
    this.settle(item);
  }

  /**
   * The numbers follow the order, and the new place is said.
   *
   * @param {HTMLElement} item what was moved
   */
  settle(item) {
    this.write((index) => String(index + 1));
    const place = this.items.indexOf(item) + 1;
    const said = { thing: item.dataset.name ?? "", place, count: this.items.length };
    const status = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    status.textContent = fill(this.dataset.moved, said);
  }

  /** @param {(index: number) => string} value of the item at an index */
  write(value) {
    this.writing = true;
    this.items.forEach((item, index) => {
      give(/** @type {HTMLSelectElement} */ (item.querySelector("select")), value(index));
    });
    this.writing = false;
    this.mark();
  }

  /** The first cannot go up, the last not down; their buttons keep the focus all the same. */
  mark() {
    const last = this.items.length - 1;
    this.items.forEach((item, index) => {
      for (const button of item.querySelectorAll(".move")) {
        const at_end = index === (button.getAttribute("data-by") === "1" ? last : 0);
        button.setAttribute("aria-disabled", String(at_end));
      }
    });
  }

  /** @param {PointerEvent} down */
  drag(down) {
    const handle = /** @type {Element} */ (down.target).closest(".handle");
    const item = handle?.closest(".item");
    if (!(item instanceof HTMLElement) || down.button !== 0) return;
    down.preventDefault();
    const before = this.items;
    item.setAttribute("data-dragged", "");
    follow_pointer({
      moved: (event) => pass(item, event.clientY),
      ended: (kept) => {
        item.removeAttribute("data-dragged");
        if (!kept) this.rows.append(...before);
        else if (this.items.some((each, index) => each !== before[index])) this.settle(item);
      },
    });
  }
}

/**
 * Whatever the pointer has passed goes to the other side of the item.
 *
 * @param {HTMLElement} item
 * @param {number} y
 */
function pass(item, y) {
  const { previousElementSibling: above, nextElementSibling: below } = item;
  if (above && y < middle(above)) item.after(above);
  else if (below && y > middle(below)) item.before(below);
}

/** @param {Element} element */
function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}

/**
 * A sentence with its places filled in.
 *
 * @param {string | undefined} words such as "{thing}: place {place}"
 * @param {{[name: string]: string | number}} values
 */
function fill(words, values) {
  return (words ?? "").replace(/\{(\w+)\}/g, (_all, name) => String(values[name]));
}

customElements.define("put-in-order", PutInOrder);
