// Places in a picture: a click there is a click on the control in the list that stands for it.

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
    }
  }
}

/** @param {Element} place */
function control_of(place) {
  const found = document.getElementById(place.getAttribute("data-for") ?? "");
  return /** @type {HTMLInputElement | HTMLSelectElement | null} */ (found);
}

customElements.define("picture-places", PicturePlaces);
