// The player page: holds the API, frames the content, follows the server.

import { createApi12, createApi2004 } from "./api.js";
import { Contents } from "./contents.js";
import { DataModel } from "./datamodel.js";
import { ContentFrame } from "./frame.js";
import { guard, reporter } from "./guard.js";
import { GRACE, Limit, allowance } from "./limit.js";
import { Line } from "./line.js";
import { Outbox, deviceStorage } from "./outbox.js";
import { isKept } from "./places.js";
import { Session } from "./session.js";
import { Sheet, control } from "./sheet.js";
import { choosable, ending, fill, told, ways } from "./words.js";

/**
 * @typedef {import("./line.js").View} View
 * @typedef {import("./line.js").Delivery} Delivery
 * @typedef {import("./line.js").Outcome} Outcome
 * @typedef {import("./line.js").Standing} Standing
 * @typedef {{registration: string, session: string, title: string, course_url: string,
 *   start_url: string, commit_url: string, report_url: string, page?: string, preview: boolean,
 *   sweeps: boolean, shared: boolean, keep: {url?: string, words?: string} | null,
 *   strings: {[key: string]: string}, log?: {[key: string]: string}}} Settings
 */

/** Each button: what it asks for, and the hideLMSUI name by which a package hides it. */
const CONTROLS = {
  previous: { request: "previous", hides: "previous" },
  continue: { request: "continue", hides: "continue" },
  suspend: { request: "suspendAll", hides: "suspendAll" },
  exit: { request: "exitAll", hides: "exitAll" },
};
/** Milliseconds before "Saving…" is said: most savings are over before anybody could read it. */
const UNSAID = 400;
/** Milliseconds before somebody who waits is told what for. */
const SLOW = 1000;
/** Milliseconds of silence after which a page that comes back asks whether it still counts. */
const SILENCE = 600000;
/** Milliseconds between two tries to fetch an element table. */
const AGAIN = 3000;

/** @param {string} id @returns {HTMLElement} */
function by(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {Window & typeof globalThis} page
 * @returns {Promise<boolean>} whether this device keeps files of the course */
async function keepsSome({ caches }) {
  try {
    return Boolean(caches) && (await caches.keys()).some(isKept);
  } catch (problem) {
    if (!(problem instanceof DOMException)) throw problem; // this browser keeps its storage shut
    return false;
  }
}

/** @param {BeforeUnloadEvent} event */
function holdBack(event) {
  event.preventDefault();
  event.returnValue = "";
}

export class Player {
  /** @param {Settings} settings */
  constructor(settings) {
    this.settings = settings;
    this.words = settings.strings;
    this.main = by("player");
    this.save = by("save");
    this.notice = by("notice");
    /** Where it is said that a part may take no longer, or why a request was refused. */
    this.told = by("told");
    this.sheet = new Sheet(by("sheet"));
    this.frame = new ContentFrame(/** @type {HTMLIFrameElement} */ (by("sco")));
    this.contents = new Contents({
      drawer: by("contents"),
      toggle: by("toggle"),
      shade: by("shade"),
      words: this.words,
      choose: (id) => this.choose(id),
    });
    /** What is in the frame, or on its way there. @type {Delivery | null} */
    this.current = null;
    /** What was put there last: its data are old once content has run. @type {Delivery | null} */
    this.delivered = null;
    /** The host callbacks of what is in the frame. @type {Session | null} */
    this.session = null;
    /** How long it may stay there. @type {Limit | null} */
    this.limit = null;
    /** Whether a navigation request is on its way; the learner's wins over the content's. */
    this.moving = false;
    /** The entry that asks for it. */
    this.going = 0;
    this.over = false;
    /** @type {View | null} */
    this.view = null;
    /** A button that lost the focus while it could not be used. @type {HTMLButtonElement | null} */
    this.focusLater = null;
    /** Whether the page says that it waits for the line. */
    this.waiting = false;
    /** @type {Standing} */
    this.standing = { save: "saving", trouble: null };
    /** Whether leaving now would lose something. */
    this.risky = false;
    /** @type {number | undefined} */
    this.unsaid = undefined;
    /** What was last said about saving, once it was over. */
    this.said = "";
    /** @type {Map<string, Promise<any>>} */
    this.assets = new Map();
    /** In a preview, what shows every call. @type {import("./log.js").CallLog | null} */
    this.log = null;
    /** What goes on without a line. @type {import("./kept.js").Kept | null} */
    this.kept = null;
    /** @type {(element: string) => boolean} */
    this.replaces = () => false;
    this.outbox = new Outbox({
      storage: deviceStorage(settings.preview, settings.shared),
      registration: settings.registration,
      session: settings.session,
      replaces: (element) => this.replaces(element),
    });
    this.line = new Line({
      outbox: this.outbox,
      startUrl: settings.start_url,
      commitUrl: settings.commit_url,
      page: settings.page,
      fetch: (url, options) => window.fetch(url, options),
      beacon: "keepalive" in Request.prototype ? null : (url, body) => navigator.sendBeacon(url, body),
      now: () => performance.now(),
      setTimeout: (run, wait) => window.setTimeout(run, wait),
      clearTimeout: (timer) => window.clearTimeout(timer),
      random: Math.random,
      onView: (view) => this.follow(view),
      onStanding: (standing) => this.say(standing),
    });
  }

  async run() {
    window.history.replaceState(null, "", "/");
    this.stay();
    this.listen();
    this.sheet.show({ heading: this.words.opening, paragraphs: [] });
    if (this.settings.log) {
      const { CallLog } = await import("./log.js");
      this.log = new CallLog(this.settings.log, this.main, this.settings.sweeps);
    }
    this.offerKeeping();
    if (await keepsSome(window)) await (await this.keeping()).open();
    await this.line.start();
    if (this.log && this.view?.declined) this.log.past(this.told, this.view.declined);
    if (this.line.stopped === null) this.outbox.announce();
  }

  /* Without a line ------------------------------------------------------------------------- */

  /** @param {boolean} [focus] whether the focus comes back here */
  offerKeeping(focus = false) {
    const { foot } = this.contents;
    const { keep } = this.settings;
    if (!keep || !keep.words || !this.outbox.storage || !navigator.serviceWorker) return;
    const press = async () => (await this.keeping()).ask();
    const button = control({ words: keep.words, press });
    foot.replaceChildren(button);
    foot.hidden = false;
    if (focus) button.focus();
  }

  async keeping() {
    if (!this.kept) {
      const { Kept } = await import("./kept.js");
      this.kept = new Kept(this);
    }
    return this.kept;
  }

  /** Only the player leads this window elsewhere, and only back to where it came from. */
  stay() {
    const { course_url, report_url } = this.settings;
    guard(window, new URL(course_url).href, reporter(report_url, navigator));
  }

  listen() {
    for (const name of /** @type {(keyof typeof CONTROLS)[]} */ (Object.keys(CONTROLS))) {
      by(name).addEventListener("click", () => this.ask(CONTROLS[name].request));
    }
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.line.hide();
      else this.back();
    });
    window.addEventListener("pagehide", () => this.line.hide());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.back();
    });
    window.addEventListener("focus", () => {
      if (this.standing.trouble) this.line.retry();
    });
    window.addEventListener("online", () => this.line.retry());
    window.addEventListener("storage", (event) => {
      if (event.key === this.outbox.leaseKey && event.newValue !== this.settings.session) this.line.ask();
    });
  }

  back() {
    if (this.limit) this.limit.look();
    this.line.retry();
    this.line.ask(SILENCE);
  }

  /* What the server says ------------------------------------------------------------------- */

  /** @param {View} view */
  follow(view) {
    if (!this.kept || !this.kept.ahead(view)) this.show(view);
  }

  /** @param {View} view */
  show(view) {
    this.view = view;
    if (!this.over) this.contents.draw(view.toc);
    this.drawControls();
    if (!this.moving) this.arrive(view);
  }

  /** Put on the page what the view says is there now. @param {View} view */
  arrive(view) {
    const { delivery, outcome } = view;
    if (outcome) this.end(outcome);
    else if (!delivery) this.offer(view);
    else if (this.current && this.current.number === delivery.number) this.sheet.hide();
    else if ("url" in delivery && delivery !== this.delivered) this.deliver(delivery);
    else this.line.start(); // the frame is empty, and this view took it for granted that it is not
  }

  drawControls() {
    if (!this.view) return;
    const { navigation, hidden, toc } = this.view;
    const focused = document.activeElement;
    // In a course of a single part they would never be of use.
    const single = !toc.length && !navigation.continue && !navigation.previous;
    for (const name of /** @type {(keyof typeof CONTROLS)[]} */ (Object.keys(CONTROLS))) {
      const button = /** @type {HTMLButtonElement} */ (by(name));
      const moves = name === "previous" || name === "continue";
      const valid = Boolean(navigation[name]);
      button.hidden =
        this.over || hidden.includes(CONTROLS[name].hides) || (single && moves);
      button.disabled = this.moving || !valid;
      if (button === focused && button.disabled) this.focusLater = button;
    }
    const { focusLater } = this;
    if (focusLater && !focusLater.disabled && !focusLater.hidden) {
      if (document.activeElement === document.body) focusLater.focus();
      this.focusLater = null;
    }
  }

  /** Nothing is delivered: the learner chooses how to go on. @param {View} view */
  async offer(view) {
    await this.clear();
    this.sheet.show(ways(this.words, view), true);
    if (choosable(view.toc)) this.contents.show(true, true);
  }

  /** @param {Outcome} outcome */
  async end(outcome) {
    const blocked = outcome.state === "blocked";
    const choose = blocked && this.view !== null && choosable(this.view.toc);
    this.over = !choose;
    await this.clear();
    this.close(blocked ? "blocked" : "ended", ending(this.words, outcome, choose));
    this.notice.hidden = this.over || this.notice.hidden;
  }

  /**
   * @param {"ended" | "blocked"} session
   * @param {import("./sheet.js").Page} page
   */
  close(session, page) {
    this.main.dataset.session = session;
    if (this.over) {
      this.contents.toggle.hidden = true;
      this.contents.show(false);
      // On a phone it would hide the way on.
      if (this.log && this.contents.narrow.matches) this.log.show(false);
    }
    // Another window that goes on with it uses what content has stored.
    if (this.log && session === "ended") this.log.over();
    this.drawControls();
    const { course_url, log } = this.settings;
    const actions = [{ words: this.words.back, href: course_url }];
    if (log) {
      const { record, sequencing } = log;
      actions.unshift(
        { words: record, href: `${course_url}preview-record` },
        { words: sequencing, href: `${course_url}preview-sequencing` },
      );
    }
    this.sheet.show({ ...page, actions }, true);
  }

  /* What is in the frame ------------------------------------------------------------------- */

  /** @param {Delivery} delivery */
  async deliver(delivery) {
    this.current = delivery;
    this.delivered = delivery;
    await this.clear(delivery);
    const name = delivery.standard === "1.2" ? "elements_12.json" : "elements_2004.json";
    const table = await this.asset(name);
    if (this.current !== delivery) return;
    delete this.main.dataset.session;
    this.replaces = (element) => {
      const known = table.elements[element];
      return Boolean(known) && !known.appends;
    };
    const model = new DataModel({
      table,
      languages: table.languages,
      values: delivery.data,
      stores: delivery.stores,
      edition: delivery.edition,
      valid: () => /** @type {View} */ (this.view).request_valid,
    });
    this.session = new Session(this, delivery.activity);
    if (this.log) this.session.log = this.log.of(delivery.title, table.errors);
    const parts = { model, host: this.session };
    const page = /** @type {any} */ (window);
    if (delivery.standard === "1.2") page.API = createApi12(parts);
    else page.API_1484_11 = createApi2004(parts);
    this.sheet.hide();
    this.contents.chosen();
    this.frame.open(delivery.url);
    this.watch(delivery, this.session);
  }

  /** Mind how long the part may take. @param {Delivery} delivery @param {Session} session */
  watch(delivery, session) {
    const allowed = allowance(delivery);
    if (!allowed) return;
    const { log, words } = this;
    this.limit = new Limit(allowed, {
      now: () => Date.now(),
      setTimeout: (run, wait) => window.setTimeout(run, wait),
      clearTimeout: (timer) => window.clearTimeout(timer),
      rests: () => session.ended,
      up: () => {
        if (log) log.limit(delivery.title, allowed);
        if (!allowed.message) return;
        this.tell(
          allowed.exit ? fill(words.time_ends, { seconds: GRACE / 1000 }) : words.time_up,
        );
      },
      leave: () => {
        if (this.moving) return false;
        if (log) log.limit(delivery.title, allowed, true);
        this.ask("time-out");
        if (allowed.message) this.tell(words.time_over);
        return true;
      },
    });
  }

  /** Let content say goodbye into the living API, then take both away.
   * @param {Delivery | null} [next] what comes in its place */
  async clear(next = null) {
    this.current = next;
    if (this.limit) {
      this.limit.stop();
      this.limit = null;
      this.tell();
    }
    await this.frame.blank();
    if (this.current !== next) return;
    if (this.session) this.session.closed = true;
    this.session = null;
    const page = /** @type {any} */ (window);
    delete page.API;
    delete page.API_1484_11;
  }

  /** @param {string} name @returns {Promise<any>} */
  asset(name) {
    const present = this.assets.get(name) || this.fetchAsset(new URL(name, import.meta.url).href);
    this.assets.set(name, present);
    return present;
  }

  /** @param {string} url @returns {Promise<any>} however long it takes */
  async fetchAsset(url) {
    for (;;) {
      try {
        const response = await fetch(url);
        if (response.ok) return await response.json();
      } catch (problem) {
        if (!(problem instanceof TypeError) && !(problem instanceof SyntaxError)) throw problem;
      }
      this.sheet.show({ heading: this.words.opening, paragraphs: [this.words.line] });
      await new Promise((resolve) => {
        window.setTimeout(resolve, AGAIN);
      });
    }
  }

  /* Moving on ------------------------------------------------------------------------------ */

  /** @param {string} id what the learner chose from the contents */
  choose(id) {
    const { current, session } = this;
    // Choosing what is on the screen already would end and begin it anew: only when it has ended.
    if (current && current.activity === id && session && session.running) this.contents.chosen();
    else this.ask(`{target=${id}}choice`);
  }

  /** The learner's own request. @param {string} request */
  async ask(request) {
    if (this.moving || this.over) return;
    this.moving = true;
    this.tell();
    this.drawControls();
    const activity = this.current && this.current.activity;
    await this.clear();
    if (this.over) return;
    await this.move(this.outbox.add("navigate", activity, request));
  }

  /** Content's request, made by its Terminate: what it led to comes after the call has returned.
   * @param {number} number the entry's */
  async asked(number) {
    if (this.moving) return;
    this.moving = true;
    this.tell();
    this.drawControls();
    await this.move(number);
  }

  /** @param {number} number of the entry to wait for */
  async move(number) {
    const slow = window.setTimeout(() => this.wait(), SLOW);
    this.going = number;
    this.line.now();
    const view = await this.line.settled(number);
    window.clearTimeout(slow);
    this.moving = false;
    this.waiting = false;
    this.view = view;
    this.contents.draw(view.toc);
    this.warn(this.standing.trouble);
    this.drawControls();
    if (view.declined) this.tell(view.declined, "en"); // the server's sentences are English
    this.arrive(view);
  }

  /** Nobody leaves before everything is saved, unless they choose to. */
  wait() {
    if (!this.moving || this.over || (this.kept && this.kept.goOn(this.going))) return;
    this.waiting = true;
    this.notice.hidden = true;
    const { words } = this;
    const { trouble } = this.standing;
    if (!trouble || trouble === "refused") {
      this.sheet.show({ heading: words.saving, paragraphs: [] });
      return;
    }
    /** @type {import("./sheet.js").Action[]} */
    const actions = [{ words: words.retry, press: () => this.line.retry() }];
    const { refusal } = this.line;
    if (refusal && refusal.signInUrl) {
      actions.unshift({ words: words.sign_in, href: refusal.signInUrl, apart: true });
    }
    const leave = { words: words.leave, href: this.settings.course_url };
    this.sheet.show({
      heading: words.waiting,
      paragraphs: [this.troubleWords(trouble)],
      actions: this.safe ? actions.concat(leave) : actions,
    });
  }

  /* What the learner is told ---------------------------------------------------------------- */

  /** One line above the content, until they go on. @param {string} [words] @param {string} [lang] */
  tell(words = "", lang = document.documentElement.lang) {
    this.told.lang = lang;
    this.told.textContent = words;
  }

  /** @param {Standing} standing */
  say(standing) {
    if (this.log) this.log.answered(this.line.acknowledged, this.line.refused);
    const { save, trouble } = standing;
    const before = this.standing;
    this.standing = standing;
    const news = this.weigh(trouble) || trouble !== before.trouble;
    if (save === before.save && !news && trouble !== "refused") return;
    this.save.dataset.save = save;
    window.clearTimeout(this.unsaid);
    const { words } = this;
    if (save === "saving") {
      this.unsaid = window.setTimeout(() => this.write(words.saving), UNSAID);
    } else if (trouble === "refused") {
      this.write(fill(words.except, { count: this.line.refused.size }));
    } else {
      this.write(words[save]);
    }
    if (news) this.warn(trouble);
  }

  /** Nobody leaves by mistake while only this page's memory holds what they did.
   * @param {import("./line.js").Trouble} trouble
   * @returns {boolean} whether that has changed */
  weigh(trouble) {
    const unsafe = !this.outbox.kept || (!this.safe && this.outbox.entries.length > 0);
    const risky = unsafe && (trouble !== "elsewhere" || this.line.handing);
    if (risky === this.risky) return false;
    this.risky = risky;
    if (risky) window.addEventListener("beforeunload", holdBack);
    else window.removeEventListener("beforeunload", holdBack);
    return true;
  }

  /** Every saving may be seen; a screen reader speaks of one only when it ended in another way than
   * the one before. @param {string} words */
  write(words) {
    if (this.save.textContent === words) return;
    const over = words !== this.words.saving;
    const news = over && words !== this.said;
    this.save.setAttribute("aria-live", news ? "polite" : "off");
    this.save.textContent = words;
    if (over) this.said = words;
  }

  /** @param {import("./line.js").Trouble} trouble */
  warn(trouble) {
    if (trouble === "elsewhere") {
      this.elsewhere();
      return;
    }
    if (this.kept && (trouble === "line" || trouble === "site")) this.kept.begin();
    if (this.moving && (this.waiting || (trouble && trouble !== "refused"))) {
      this.wait();
      return;
    }
    const said = trouble !== null && trouble !== "refused" && !this.over;
    this.notice.hidden = !said;
    this.notice.textContent = "";
    if (!said) return;
    const line = document.createElement("span");
    line.dir = "auto";
    line.textContent = this.troubleWords(trouble);
    this.notice.append(line);
    const { refusal } = this.line;
    if (trouble === "sign-in" && refusal && refusal.signInUrl) {
      this.notice.append(
        control({ words: this.words.sign_in, href: refusal.signInUrl, apart: true }),
      );
    }
    if (trouble !== "storage") {
      this.notice.append(control({ words: this.words.retry, press: () => this.line.retry() }));
    }
  }

  /** @param {string} trouble */
  troubleWords(trouble) {
    const { refusal } = this.line;
    return told(this.words, trouble, this.safe, refusal ? refusal.message : "");
  }

  /** Whether this page can be closed and the device still has what is not sent. */
  get safe() {
    return this.outbox.kept && !this.settings.shared;
  }

  /** Another window or device goes on with the course: this page stops and says so. */
  async elsewhere() {
    this.over = true;
    this.notice.hidden = true;
    await this.clear();
    const { refusal } = this.line;
    this.close("blocked", {
      heading: this.words.elsewhere,
      paragraphs: [(refusal && refusal.message) || this.words.elsewhere_how],
    });
  }
}

const settings = JSON.parse(String(by("player-settings").textContent));
new Player(settings).run();
