// Places in a picture: a click there is a click on the control in the list that stands for it.

/** Characters that are written on a picture; rendering.py has the same number. */
const LONGEST = 16;

class PicturePlaces extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const place = /** @type {Element} */ (event.target).closest("[data-for]");
      const control = place && control_of(place);
      if (control instanceof HTMLInputElement) control.click();
      else control?.focus();
    });
    this.closest("fieldset")?.addEventListener("change", () => this.show());
    this.show();
  }

  /** The picture shows what the list holds. */
  show() {
    for (const place of this.querySelectorAll("[data-for]")) {
      const control = control_of(place);
      const chosen = control instanceof HTMLInputElement ? control.checked : control?.value !== "";
      place.toggleAttribute("data-chosen", chosen);
      const put = place.querySelector(".put");
      if (put && control instanceof HTMLSelectElement) put.textContent = begin(control);
    }
  }
}

/** @param {Element} place */
function control_of(place) {
  const found = document.getElementById(place.getAttribute("data-for") ?? "");
  return /** @type {HTMLInputElement | HTMLSelectElement | null} */ (found);
}

/**
 * The beginning of what was put into a gap.
 *
 * @param {HTMLSelectElement} select
 */
function begin(select) {
  const text = select.value && select.options[select.selectedIndex].text;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

customElements.define("picture-places", PicturePlaces);
