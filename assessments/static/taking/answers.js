// The fields of one question in the page: read, filled in, and said in words.

/** @typedef {import("./outbox.js").Given} Given */

export class Question {
  /** @param {HTMLElement} task the element around a question that can be answered */
  constructor(task) {
    this.task = task;
    this.position = Number(task.dataset.position);
    this.prefix = `q${this.position + 1}-`;
    this.fieldset = /** @type {HTMLFieldSetElement} */ (task.querySelector(".question"));
    this.before = this.text();
  }

  /** @returns {HTMLInputElement} what holds the revision that the page was made from */
  get revision_field() {
    return /** @type {any} */ (this.task.querySelector("input[name^=revision-]"));
  }

  get revision() {
    return Number(this.revision_field.value);
  }

  set revision(number) {
    this.revision_field.value = String(number);
  }

  /** How often the flag had been changed when the page was made. */
  get flags() {
    return Number(this.flags_field?.value ?? 0);
  }

  /** @returns {HTMLInputElement | null} */
  get flags_field() {
    return this.task.querySelector("input[name^=flags-]");
  }

  /** @returns {HTMLInputElement | null} */
  get flag() {
    return this.task.querySelector("input[name^=flag-]");
  }

  /**
   * What the server has of the flag; one that was touched since it was sent stays.
   *
   * @param {Given} given what was sent
   * @param {{flagged: boolean, flags: number}} outcome
   */
  hear_flag(given, { flagged, flags }) {
    if (this.flags_field) this.flags_field.value = String(flags);
    if (!this.flag || this.flag.checked !== given.flagged || flagged === given.flagged) return;
    const changed = this.text() !== this.before;
    this.flag.checked = flagged;
    if (!changed) this.before = this.text();
  }

  /** @returns {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]} */
  get controls() {
    const found = this.task.querySelectorAll(`[name^="${this.prefix}"]`);
    return /** @type {any} */ (
      Array.from(found).filter((each) => each.getAttribute("type") !== "file")
    );
  }

  /** Whether a file is chosen that was not sent. */
  get has_file() {
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (
      this.task.querySelectorAll("input[type=file]")
    );
    return Array.from(inputs).some((input) => input.files?.length);
  }

  /** @returns {Given} */
  read() {
    /** @type {{[name: string]: string[]}} */
    const fields = {};
    for (const each of this.controls) {
      if (is_choice(each) && !each.checked) continue;
      (fields[each.name.slice(this.prefix.length)] ??= []).push(each.value);
    }
    const certainty = /** @type {HTMLInputElement | null} */ (
      this.task.querySelector("input[name^=certainty-]:checked")
    );
    return {
      fields,
      certainty: certainty ? Number(certainty.value) : null,
      flagged: this.flag?.checked ?? false,
    };
  }

  text() {
    return JSON.stringify(this.read());
  }

  /** Whether something was changed since it was last looked at. */
  changed() {
    const now = this.text();
    const changed = now !== this.before;
    this.before = now;
    return changed;
  }

  /** Whether anything is answered. */
  get answered() {
    return Object.values(this.read().fields).some((values) => values.some((each) => each.trim()));
  }

  /** @param {Partial<Given>} given */
  fill({ fields = {}, certainty, flagged }) {
    const left = structuredClone(fields);
    for (const each of this.controls) {
      const values = left[each.name.slice(this.prefix.length)] ?? [];
      if (is_choice(each)) each.checked = values.includes(each.value);
      else each.value = values.shift() ?? "";
    }
    /** @type {NodeListOf<HTMLInputElement>} */ (
      this.task.querySelectorAll("input[name^=certainty-]")
    ).forEach((each) => {
      if (certainty !== undefined) each.checked = Number(each.value) === certainty;
    });
    if (this.flag && flagged !== undefined) this.flag.checked = flagged;
    this.before = this.text();
    for (const each of this.controls) {
      // What draws the question anew listens to these.
      for (const name of ["input", "change"]) each.dispatchEvent(new Event(name, { bubbles: true }));
    }
  }

  /**
   * What is answered, for people: a line for each thing.
   *
   * @param {{[name: string]: string[]}} fields
   * @returns {string[]}
   */
  said(fields) {
    /** @type {string[]} */
    const lines = [];
    const left = structuredClone(fields);
    for (const each of this.controls) {
      const values = left[each.name.slice(this.prefix.length)] ?? [];
      if (is_choice(each)) {
        if (each.value && values.includes(each.value)) lines.push(label(each));
        continue;
      }
      const value = values.shift() ?? "";
      if (!value.trim()) continue;
      const option =
        each instanceof HTMLSelectElement
          ? Array.from(each.options).find((one) => one.value === value)?.text
          : value;
      lines.push(`${label(each)}: ${option ?? value}`);
    }
    return lines;
  }

  /** Nothing can be changed any more, and the form does not send the question either. */
  close() {
    for (const each of this.task.querySelectorAll("input, select, textarea, button")) {
      each.setAttribute("disabled", "");
    }
  }
}

/**
 * @param {HTMLElement} control
 * @returns {control is HTMLInputElement}
 */
function is_choice(control) {
  return control instanceof HTMLInputElement && ["radio", "checkbox"].includes(control.type);
}

/** @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control */
function label(control) {
  return (control.labels?.[0]?.textContent ?? "").replace(/\s+/g, " ").trim();
}
