// The one content frame: it is emptied before anything else is put in, so that what content does
// when it goes still finds the API that it came with.

/** Milliseconds that content may take to go. */
const GOODBYE = 3000;

export class ContentFrame {
  /** @param {HTMLIFrameElement} element */
  constructor(element) {
    this.element = element;
    this.empty = true;
  }

  /** @param {string} url */
  open(url) {
    this.empty = false;
    this.element.hidden = false;
    this.go(url);
  }

  /** @returns {Promise<void>} when the content has gone, its unload code included */
  async blank() {
    if (this.empty) return;
    const gone = await this.leave();
    // Content that will not go (a question of its own that was answered with "stay") is taken away.
    if (!gone) {
      const fresh = /** @type {HTMLIFrameElement} */ (this.element.cloneNode(false));
      this.element.replaceWith(fresh);
      this.element = fresh;
    }
    this.empty = true;
    this.element.hidden = true;
  }

  /** @returns {Promise<boolean>} */
  leave() {
    const { element } = this;
    return new Promise((resolve) => {
      /** @param {boolean} gone */
      const finish = (gone) => {
        window.clearTimeout(timer);
        element.removeEventListener("load", look);
        resolve(gone);
      };
      const look = () => {
        if (this.isBlank()) finish(true);
      };
      const timer = window.setTimeout(() => finish(false), GOODBYE);
      element.addEventListener("load", look);
      this.go("about:blank");
    });
  }

  isBlank() {
    try {
      return /** @type {Window} */ (this.element.contentWindow).location.href === "about:blank";
    } catch (problem) {
      if (problem instanceof DOMException) return false; // content has gone to another origin
      throw problem;
    }
  }

  /** Without an entry in the browser's history: its Back button leads out of the course.
   * @param {string} url */
  go(url) {
    /** @type {Window} */ (this.element.contentWindow).location.replace(url);
  }
}
