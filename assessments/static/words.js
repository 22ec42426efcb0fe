// Words that can be put into gaps with a pointer: dragged there, or tapped and then the gap tapped.
// The lists in the gaps stay what counts, and are all that keyboards and screen readers need.

import { follow_pointer, give } from "./moving.js";

/** CSS pixels that a pointer moves before a tap becomes a drag. */
const FAR = 6;

class WordGaps extends HTMLElement {
  /** @type {HTMLElement | null} the word that was tapped */
  held = null;

  connectedCallback() {
    for (const words of this.querySelectorAll(".words")) words.removeAttribute("hidden");
    this.addEventListener("pointerdown", (event) => {
      const word = /** @type {Element} */ (event.target).closest(".word");
      if (word instanceof HTMLElement && event.button === 0) this.take(word, event);
    });
    // Before the list opens, which a word in the hand goes into.
    this.addEventListener("mousedown", (event) => this.tap(event), true);
    this.addEventListener("click", (event) => this.tap(event), true);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.hold(null);
    });
  }

  /** @param {HTMLElement | null} word */
  hold(word) {
    this.held?.removeAttribute("data-held");
    this.held = word;
    word?.setAttribute("data-held", "");
  }

  /**
   * A gap was tapped, or its place in the picture, while a word is in the hand.
   *
   * @param {MouseEvent} event
   */
  tap(event) {
    const gap = this.held && this.gap(/** @type {Element} */ (event.target), this.held);
    if (!gap || !this.held) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "click" || event.target === gap) this.put(this.held, gap);
  }

  /**
   * @param {HTMLElement} word
   * @param {HTMLSelectElement} gap
   */
  put(word, gap) {
    this.hold(null);
    give(gap, word.dataset.value ?? "");
    gap.focus();
  }

  /**
   * A word is pressed: it is carried when the pointer moves, and taken into the hand when not.
   *
   * @param {HTMLElement} word
   * @param {PointerEvent} down
   */
  take(word, down) {
    down.preventDefault();
    const box = word.getBoundingClientRect();
    /** @type {HTMLElement | null} */
    let ghost = null;
    /** @type {Element | null} */
    let over = null;

    /** @param {Element | null} place */
    const show = (place) => {
      over?.removeAttribute("data-over");
      place?.setAttribute("data-over", "");
      over = place;
    };
    follow_pointer({
      moved: (event) => {
        const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY];
        if (!ghost && Math.hypot(x, y) < FAR) return;
        if (!ghost) {
          this.hold(null);
          ghost = /** @type {HTMLElement} */ (word.cloneNode(true));
          ghost.classList.add("ghost");
          word.after(ghost);
        }
        ghost.style.transform = `translate(${box.left + x}px, ${box.top + y}px)`;
        show(this.under(event, word));
      },
      ended: (kept) => {
        const gap = over && this.gap(over, word);
        show(null);
        ghost?.remove();
        if (kept && gap) this.put(word, gap);
        else if (kept && !ghost) this.hold(this.held === word ? null : word);
      },
    });
  }

  /**
   * What is under the pointer and takes the word: a gap, or a place in the picture.
   *
   * @param {PointerEvent} event
   * @param {HTMLElement} word
   */
  under(event, word) {
    const found = document.elementFromPoint(event.clientX, event.clientY);
    return found && this.gap(found, word) ? found.closest("select, [data-for]") : null;
  }

  /**
   * The gap that an element is or stands for, when the word may go there.
   *
   * @param {Element} element
   * @param {HTMLElement} word
   */
  gap(element, word) {
    const place = element.closest("[data-for]")?.getAttribute("data-for");
    const gap = place ? document.getElementById(place) : element.closest("select");
    const group = /** @type {HTMLElement} */ (word.parentElement).dataset.group;
    return gap instanceof HTMLSelectElement && gap.dataset.group === group ? gap : null;
  }
}

customElements.define("word-gaps", WordGaps);
