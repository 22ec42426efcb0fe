// The page of a certificate as it will look, drawn anew while its template is edited.

/** Milliseconds without a change after which the page is drawn. */
const REST = 500;

/**
 * @typedef {{picture: string | null, remarks: string[],
 *   kept: Record<string, {digest: string, address: string}>, refused: string[]}} Drawn
 */

class PagePreview extends HTMLElement {
  #timer = 0;
  /** @type {AbortController | null} */
  #asking = null;

  connectedCallback() {
    const form = /** @type {HTMLFormElement} */ (document.getElementById(this.dataset.form ?? ""));
    const later = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#draw(form), REST);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    this.addEventListener("change", later); // the language, which stands here
    this.querySelector("button")?.addEventListener("click", (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      this.#draw(form);
    });
  }

  /** @param {HTMLFormElement} form */
  async #draw(form) {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#say("working");
    this.setAttribute("aria-busy", "true");
    const sent = files(form);
    try {
      const answer = await fetch(this.dataset.address ?? "", {
        method: "POST",
        body: new FormData(form),
        signal: asking.signal,
      });
      this.#show(/** @type {Drawn} */ (await answer.json()), form, sent);
    } catch {
      if (asking.signal.aborted) return; // a later one is on its way
      this.#say("failed");
    }
    this.removeAttribute("aria-busy");
  }

  /** @param {Drawn} drawn @param {HTMLFormElement} form @param {Map<string, File>} sent */
  #show(drawn, form, sent) {
    const image = /** @type {HTMLImageElement} */ (this.querySelector("img"));
    if (drawn.picture) image.src = drawn.picture;
    const remarks = /** @type {HTMLElement} */ (this.querySelector("[data-remarks]"));
    remarks.replaceChildren(
      ...drawn.remarks.map((words) => {
        const item = document.createElement("li");
        item.dataset.kind = "attention";
        item.textContent = words;
        return item;
      }),
    );
    for (const slot of drawn.refused) sent.delete(slot); // it stays chosen, beside what is wrong
    for (const [slot, { digest, address }] of Object.entries(drawn.kept)) {
      keep(form, slot, digest, address, sent.get(slot));
    }
    if (drawn.picture) this.#say("done");
    else this.#status.textContent = "";
  }

  get #status() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-status]"));
  }

  /** @param {"working" | "done" | "failed"} what */
  #say(what) {
    this.#status.textContent = this.dataset[what] ?? "";
  }
}

/** @param {HTMLElement} place @returns {HTMLInputElement} */
const chooser = (place) =>
  /** @type {HTMLInputElement} */ (place.querySelector("input[type=file]"));

/** The files that are chosen, by the places they are for. @param {HTMLFormElement} form */
function files(form) {
  /** @type {Map<string, File>} */
  const found = new Map();
  for (const each of form.querySelectorAll("[data-slot]")) {
    const place = /** @type {HTMLElement} */ (each);
    const file = chooser(place).files?.[0];
    if (file) found.set(place.dataset.slot ?? "", file);
  }
  return found;
}

/**
 * A picture that the site keeps is not sent again.
 * @param {HTMLFormElement} form @param {string} slot @param {string} digest
 * @param {string} address @param {File | undefined} sent
 */
function keep(form, slot, digest, address, sent) {
  const place = /** @type {HTMLElement} */ (form.querySelector(`[data-slot="${slot}"]`));
  const field = /** @type {HTMLInputElement} */ (place.querySelector("input[type=hidden]"));
  const without = /** @type {HTMLInputElement} */ (place.querySelector("input[type=checkbox]"));
  const shown = /** @type {HTMLElement} */ (place.querySelector(".kept"));
  if (field.value === digest && !shown.hidden && !sent) return;
  field.value = digest;
  shown.hidden = false;
  /** @type {HTMLImageElement} */ (shown.querySelector("img")).src = address;
  if (sent && chooser(place).files?.[0] === sent) {
    chooser(place).value = "";
    without.checked = false;
  }
}

customElements.define("page-preview", PagePreview);
