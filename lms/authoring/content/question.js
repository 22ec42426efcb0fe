// One question: a fieldset with round or square boxes, or with a select box for each pair.

import { report } from "./interactions.js";
import { kept, session } from "./launch.js";
import { byId, find, findAll, listen, make, makeSigned, makeVerdict, plain, say } from "./page.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/** @param {Control} control @returns {control is HTMLSelectElement} */
function isSelect(control) {
  return control.tagName === "SELECT";
}

/** @param {Control} control @param {string} [right] the right side of a pair */
function valueOf(control, right) {
  return isSelect(control) ? `${control.dataset.left}.${right}` : control.value;
}

export class Question {
  /** @param {HTMLElement} fieldset @param {() => void} changed after what was chosen is kept */
  constructor(fieldset, changed) {
    this.fieldset = fieldset;
    this.id = fieldset.id;
    this.type = /** @type {"choice" | "true-false" | "matching"} */ (fieldset.dataset.type);
    this.controls = /** @type {Control[]} */ (findAll(fieldset, "input, select"));
    this.feedback = byId(this.id + "-feedback");
    find(fieldset, ".key").hidden = true;
    const chosen = kept.answers.get(this.id) || [];
    for (const control of this.controls) {
      if (!isSelect(control)) control.checked = chosen.includes(control.value);
      else control.value = this.pairIn(chosen, control);
    }
    this.mark();
    listen(fieldset, "change", () => {
      this.change();
      changed();
    });
    this.wait();
  }

  /** The right side that a kept answer gives to a left one. @param {string[]} chosen @param {HTMLSelectElement} select */
  pairIn(chosen, select) {
    const start = select.dataset.left + ".";
    return (chosen.find((pair) => pair.startsWith(start)) || start).slice(start.length);
  }

  /** @returns {string[]} a pair as its two sides with a full stop between */
  get chosen() {
    return this.controls
      .filter((control) => (isSelect(control) ? control.value : control.checked))
      .map((control) => valueOf(control, control.value));
  }

  /** @returns {string[]} the right ones */
  get answer() {
    return this.controls
      .filter((control) => "right" in control.dataset)
      .map((control) => valueOf(control, control.dataset.right));
  }

  get right() {
    return this.chosen.join() === this.answer.join();
  }

  get answered() {
    const { length } = this.chosen;
    return this.type === "matching" ? length === this.controls.length : length > 0;
  }

  /** The chosen answers stand out by more than their small round or square. */
  mark() {
    for (const control of this.controls) {
      const isChosen = !isSelect(control) && control.checked;
      control.closest("label")?.classList.toggle("is-chosen", isChosen);
    }
  }

  /** Measure from when the question is first seen to the first answer (RTE 4.2.9, latency). */
  wait() {
    this.began = 0;
    /** @type {number | null} */
    this.latency = null;
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.began = Date.now();
      watch.disconnect();
    });
    watch.observe(this.fieldset);
  }

  change() {
    if (this.began && this.latency === null) this.latency = Date.now() - this.began;
    this.mark();
    kept.answers.set(this.id, this.chosen);
    kept.checked.delete(this.id);
    this.quiet();
  }

  quiet() {
    this.feedback.replaceChildren();
    this.feedback.className = "feedback";
    findAll(this.fieldset, "label .verdict").forEach((sign) => sign.remove());
  }

  /** @param {string} words in place of the feedback */
  tell(words) {
    this.quiet();
    this.feedback.append(makeSigned("p", "!", words, "problem"));
  }

  clear() {
    for (const control of this.controls) {
      if (isSelect(control)) control.value = "";
      else control.checked = false;
    }
    kept.answers.delete(this.id);
    kept.checked.delete(this.id);
    this.mark();
    this.quiet();
    this.wait();
  }

  /** @param {boolean} disabled */
  lock(disabled) {
    this.controls.forEach((control) => (control.disabled = disabled));
  }

  /** Say whether it is right, what the chosen answers say, and why. @param {boolean} [over] whether no other try at it follows */
  show(over = false) {
    const { right, chosen, answer } = this;
    this.quiet();
    const picked = answer.filter((value) => chosen.includes(value)).length;
    const told = [makeVerdict("p", right)];
    if (this.type === "matching") {
      this.showPairs();
      if (!right) told.push(make("p", say("pairs_right", { right: picked, count: answer.length })));
    } else {
      for (const value of chosen) {
        told.push(this.toldOf(value));
      }
      if (right || over) this.showAnswers();
      if (picked > 0 && picked < answer.length) told.push(make("p", say("missed")));
    }
    told.push(copyOf(find(this.fieldset, ".explanation")));
    this.feedback.classList.add(right ? "is-right" : "is-wrong");
    this.feedback.append(...told.filter((paragraph) => paragraph.childNodes.length > 0));
    kept.checked.add(this.id);
  }

  /** Each pair says for itself whether it is right, also to who comes back to its box. */
  showPairs() {
    const { answer, chosen } = this;
    this.controls.forEach((control, at) => {
      control.closest("label")?.append(makeVerdict("span", chosen[at] === answer[at]));
    });
  }

  /** What is said of a chosen answer, and of which one where there may be several. @param {string} value */
  toldOf(value) {
    const told = copyOf(find(this.fieldset, `li[data-choice="${value}"] .told`));
    const box = find(this.fieldset, `input[value="${value}"]`);
    if (box.matches("[type=checkbox]") && told.hasChildNodes()) {
      told.prepend(make("strong", plain(box.nextElementSibling)), " ");
    }
    return told;
  }

  /** Beside each answer that is right, or was chosen: which of it is so. */
  showAnswers() {
    const { answer, chosen } = this;
    for (const control of this.controls) {
      const right = answer.includes(control.value);
      const isChosen = chosen.includes(control.value);
      const name = isChosen ? (right ? "chosen_right" : "chosen_wrong") : "right_missed";
      if (right || isChosen) control.closest("label")?.append(" ", makeVerdict("span", right, name));
    }
  }

  report() {
    reportAnswer(this.fieldset, find(this.fieldset, ".asked"), {
      type: this.type,
      right: this.answer,
      chosen: this.chosen,
      result: this.right ? "correct" : "wrong",
      latency: this.latency ?? null,
    });
  }
}

/**
 * @param {HTMLElement} place what has the interaction's name @param {Element | null} asked
 * @param {Pick<import("./interactions.js").Answered, "type" | "right" | "chosen" | "result" | "latency">} answered
 */
export function reportAnswer(place, asked, answered) {
  const words = plain(asked);
  const original = place.dataset.original || words;
  // A page may hold questions that are not translated yet.
  const language = /** @type {HTMLElement} */ (place.closest("[lang]")).lang;
  const more = { id: place.id, asked: words, original, language, at: new Date() };
  report(session, { ...more, ...answered });
}

/** A paragraph of what stands elsewhere, with its marks. @param {Element | null} element */
function copyOf(element) {
  const paragraph = make("p");
  if (element) paragraph.append(...element.cloneNode(true).childNodes);
  return paragraph;
}
