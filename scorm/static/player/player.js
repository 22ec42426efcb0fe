// The player page: holds the API, frames the content, keeps the outbox, follows the server.

import { createApi12, createApi2004 } from "./api.js";
import { renderContents } from "./contents.js";
import { DataModel } from "./datamodel.js";
import { Line } from "./line.js";
import { Outbox, PageStorage } from "./outbox.js";

const UNLOAD = 3000;

/** @param {string} id @returns {HTMLElement} */
function by(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @returns {Storage} */
function deviceStorage() {
  try {
    window.localStorage.setItem("outbox?", "");
    window.localStorage.removeItem("outbox?");
    return window.localStorage;
  } catch (error) {
    return /** @type {any} */ (new PageStorage());
  }
}

class Player {
  /** @param {any} settings what the page says of this launch */
  constructor(settings) {
    this.settings = settings;
    this.words = settings.strings;
    this.main = by("player");
    this.state = by("save");
    /** @type {HTMLIFrameElement} */
    this.frame = /** @type {HTMLIFrameElement} */ (by("sco"));
    this.delivery = 0;
    /** @type {string | null} */
    this.activity = null;
    this.initialized = false;
    this.terminated = false;
    this.busy = false;
    /** @type {any} */
    this.view = null;
    /** @type {object[]} */
    this.refused = [];
    this.assets = new URL(".", import.meta.url);
    this.outbox = new Outbox({
      storage: deviceStorage(),
      registration: settings.registration,
      session: settings.session,
    });
    this.line = new Line({
      outbox: this.outbox,
      startUrl: settings.start_url,
      commitUrl: settings.commit_url,
      fetch: window.fetch.bind(window),
      setTimeout: window.setTimeout.bind(window),
      clearTimeout: window.clearTimeout.bind(window),
      onView: (view) => this.follow(view),
      onState: (state) => this.show(state),
      onRefused: (refused) => this.turnedAway(refused),
    });
  }

  async run() {
    window.history.replaceState(null, "", "/");
    this.listen();
    try {
      this.follow(await this.line.start());
      this.line.now();
    } catch (/** @type {any} */ error) {
      if (error.status) this.turnedAway(error);
      else this.offline();
    }
  }

  listen() {
    by("previous").addEventListener("click", () => this.ask("previous"));
    by("continue").addEventListener("click", () => this.ask("continue"));
    by("suspend").addEventListener("click", () => this.ask("suspendAll"));
    by("exit").addEventListener("click", () => this.ask("exitAll"));
    by("toggle").addEventListener("click", () => this.toggle());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.main.dataset.contents === "open") this.toggle();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.line.leaving();
    });
    window.addEventListener("pagehide", () => this.line.leaving());
    window.addEventListener("online", () => this.line.now());
    window.addEventListener("beforeunload", (event) => {
      if (this.outbox.entries.length && !this.outbox.kept) event.preventDefault();
    });
  }

  toggle() {
    const open = this.main.dataset.contents !== "open";
    this.main.dataset.contents = open ? "open" : "closed";
    by("toggle").setAttribute("aria-expanded", String(open));
  }

  /** @param {string} state saved, saving or unsaved */
  show(state) {
    if (state === "saved" && this.refused.length) state = "unsaved";
    if (this.state.dataset.save === state) return;
    this.state.dataset.save = state;
    this.state.textContent = this.words[state];
  }

  /** What the server says is so. @param {any} view */
  follow(view) {
    this.view = view;
    this.refused.push(...view.refused);
    if (view.outcome) {
      this.end(view.outcome);
      return;
    }
    this.drawControls();
    const delivery = view.delivery;
    if (delivery === null) this.choose();
    else if (delivery.number !== this.delivery && delivery.url) this.deliver(delivery);
  }

  drawControls() {
    const { navigation, hidden, toc } = this.view;
    for (const name of ["previous", "continue", "suspend", "exit"]) {
      const button = /** @type {HTMLButtonElement} */ (by(name));
      const hides = { suspend: ["suspendAll"], exit: ["exit", "exitAll"] };
      const absent = (hides[/** @type {"exit"} */ (name)] || [name]).some((word) =>
        hidden.includes(word),
      );
      button.hidden = absent;
      button.disabled = this.busy || !navigation[name];
    }
    by("toggle").hidden = !toc.length;
    if (!toc.length) this.main.dataset.contents = "none";
    else if (this.main.dataset.contents === "none") this.main.dataset.contents = "closed";
    renderContents(by("contents"), toc, this.words, (id) => this.ask(`{target=${id}}choice`));
  }

  /** Nothing is delivered: the learner chooses from the contents. */
  choose() {
    this.frame.hidden = true;
    by("choose").hidden = false;
    if (this.main.dataset.contents === "closed") this.toggle();
  }

  /** @param {any} delivery */
  async deliver(delivery) {
    this.delivery = delivery.number;
    await this.blank();
    const folder = delivery.standard === "1.2" ? "elements_12.json" : "elements_2004.json";
    const [table, languages] = await Promise.all([this.asset(folder), this.asset("languages.json")]);
    this.activity = delivery.activity;
    this.initialized = false;
    this.terminated = false;
    const model = new DataModel({
      table,
      languages,
      values: delivery.data,
      valid: () => this.view.request_valid,
    });
    const parts = { model, host: this.host(delivery.activity) };
    const page = /** @type {any} */ (window);
    delete page.API;
    delete page.API_1484_11;
    if (delivery.standard === "1.2") page.API = createApi12(parts);
    else page.API_1484_11 = createApi2004(parts);
    by("choose").hidden = true;
    this.frame.hidden = false;
    this.frame.src = delivery.url;
    if (window.matchMedia("(max-width: 60rem)").matches && this.main.dataset.contents === "open") {
      this.toggle();
    }
  }

  /** @param {string} name */
  async asset(name) {
    const response = await fetch(new URL(name, this.assets).href);
    if (!response.ok) throw new Error(`${name} could not be loaded.`);
    return response.json();
  }

  /** What the API asks of the player. @param {string} activity */
  host(activity) {
    return {
      initialize: () => {
        this.initialized = true;
        this.outbox.add({ kind: "initialize", activity });
        this.line.changed();
        return true;
      },
      set: (/** @type {string} */ element, /** @type {string} */ value) => {
        this.outbox.set(activity, element, value);
        this.line.changed();
      },
      commit: () => {
        if (this.outbox.entries.length) this.line.now();
        return this.outbox.kept && !this.line.stopped;
      },
      terminate: (/** @type {string} */ request) => {
        this.terminated = true;
        const kept = this.outbox.add({
          kind: "terminate",
          activity,
          request: this.busy ? "_none_" : request,
        });
        this.line.now();
        return kept && !this.line.stopped;
      },
    };
  }

  /** Let the content say goodbye into the living page, and take it away. @returns {Promise<void>} */
  blank() {
    if (!this.frame.getAttribute("src") || this.frame.src === "about:blank") {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = window.setTimeout(resolve, UNLOAD);
      this.frame.addEventListener(
        "load",
        () => {
          window.clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
      this.frame.src = "about:blank";
    });
  }

  /** The learner's own request; it wins over what content asks while it goes. @param {string} request */
  async ask(request) {
    if (this.busy || this.line.stopped) return;
    this.busy = true;
    this.drawControls();
    this.delivery = -1;
    await this.blank();
    this.outbox.add({ kind: "navigate", activity: this.activity, request });
    this.line.changed();
    const slow = window.setTimeout(() => this.waiting(true), UNLOAD);
    await this.line.drained();
    window.clearTimeout(slow);
    this.waiting(false);
    this.busy = false;
    if (!this.view.outcome) this.drawControls();
  }

  /** @param {boolean} shown */
  waiting(shown) {
    by("waiting").hidden = !shown;
  }

  /** @param {{state: string, message: string, result: any}} outcome */
  async end(outcome) {
    this.line.stop();
    this.waiting(false);
    await this.blank();
    this.main.dataset.session = outcome.state === "blocked" ? "blocked" : "ended";
    const result = outcome.result;
    by("outcome-title").textContent = this.words[outcome.state] || this.words.ended;
    by("outcome-message").textContent = outcome.message;
    by("outcome-result").textContent = [
      this.words[result.success === "unknown" ? result.completion : result.success],
      result.score ? `${this.words.score} ${result.score}` : "",
    ]
      .filter(Boolean)
      .join(" · ");
    by("outcome").hidden = false;
    by("outcome-title").focus();
  }

  /** @param {{status: number, message: string, body: any}} refused */
  turnedAway(refused) {
    const elsewhere = refused.status === 409;
    by("problem-title").textContent = this.words[elsewhere ? "elsewhere" : "refused"];
    by("problem-message").textContent = refused.message;
    const link = /** @type {HTMLAnchorElement} */ (by("problem-sign-in"));
    link.hidden = !refused.body || !refused.body.sign_in_url;
    if (!link.hidden) link.href = refused.body.sign_in_url;
    by("problem").hidden = false;
    this.main.dataset.session = "blocked";
    by("problem-title").focus();
  }

  /** The first answer did not come: try again when asked, or when the line is back. */
  offline() {
    const retry = by("retry");
    by("offline").hidden = false;
    const again = () => {
      by("offline").hidden = true;
      retry.removeEventListener("click", again);
      window.removeEventListener("online", again);
      this.run();
    };
    retry.addEventListener("click", again);
    window.addEventListener("online", again);
  }
}

const settings = JSON.parse(String(by("player-settings").textContent));
new Player(settings).run();
