// An attempt's page saves by itself, says so, and counts the time. The form works without it.

import { Question } from "./answers.js";
import { Countdown, figures } from "./countdown.js";
import { get, NoAnswer, post } from "./line.js";
import { Outbox, unique } from "./outbox.js";

/**
 * @typedef {import("./outbox.js").Item} Item
 * @typedef {import("./outbox.js").Given} Given
 * @typedef {import("./outbox.js").Outcome} Outcome
 * @typedef {import("./outbox.js").Told} Told
 */

/** Milliseconds between a change and its saving; by chance up to half as much more. */
const QUIET = 1000;
/** Milliseconds between two tries to reach the server: more each time. */
const TRIES = [2000, 4000, 8000, 15_000, 30_000];
/** Seconds between two questions to the server's clock; the latter in the last minute. */
const CLOCK = [30, 10];
/** Seconds from which on the time is shown to the second. */
const NEAR = 300;

const form = /** @type {HTMLFormElement} */ (document.getElementById("answers"));
const spoken = /** @type {HTMLElement} */ (document.getElementById("words")).dataset;
const status = /** @type {HTMLElement} */ (document.querySelector("[data-save]"));
const told = /** @type {HTMLElement} */ (document.querySelector("[data-told]"));
const notices = /** @type {HTMLElement} */ (document.querySelector("[data-notices]"));
const time = /** @type {HTMLElement | null} */ (document.querySelector("[data-left]"));
const urls = form.dataset;

/** @type {Map<number, Question>} */
const questions = new Map();
for (const task of form.querySelectorAll("[data-position]")) {
  const question = new Question(/** @type {HTMLElement} */ (task));
  questions.set(question.position, question);
}

/** @param {string | undefined} text @param {{[name: string]: string | number}} values */
function say(text, values = {}) {
  return (text ?? "").replace(/\{(\w+)\}/g, (_all, name) => String(values[name]));
}

// What the device keeps

function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function this_tab() {
  try {
    return (sessionStorage["quiz-tab"] ??= unique());
  } catch {
    return unique();
  }
}

const outbox = new Outbox({
  attempt: urls.attempt ?? "",
  tab: this_tab(),
  storage: storage(),
  send: async (body, leaving) => {
    const found = /** @type {Told} */ (await post(urls.saveUrl ?? "", body, leaving));
    hear_clock(found);
    return found;
  },
  heard: (kind, item, given, outcome) => heard[kind](item, given, outcome),
});

// What is said about saving

let ended = false;
let up = false;
/** @type {NoAnswer["why"] | null} */
let trouble = null;
let failures = 0;
let retry = 0;
/** @type {string | null} */
let saved_at = null;

/** Whether something of this page, or that can be sent from it, has not arrived. */
const unsaved = () =>
  [...outbox.items.values()].some((item) => !item.held || questions.has(item.position));
const has_file = () => [...questions.values()].some((question) => question.has_file);

/** @param {"saved" | "saving" | "unsaved"} state @param {string} text */
function show(state, text) {
  status.dataset.save = state;
  if (text && status.textContent !== text) status.textContent = text;
}

function show_state() {
  const why = trouble === "signed-out" ? spoken.signedOut : trouble === "busy" ? spoken.busy : null;
  if (trouble && unsaved()) {
    show("unsaved", say(why ?? (outbox.kept ? spoken.offline : spoken.unkept)));
  } else if (outbox.held) show("unsaved", say(spoken.choose));
  else if (unsaved()) show("saving", say(spoken.saving));
  else if (has_file()) show("unsaved", say(spoken.file));
  else show("saved", saved_at ? say(spoken.saved, { time: clock_time(saved_at) }) : first_words);
}
const first_words = status.textContent ?? "";

/** @param {string} moment as the server says it */
function clock_time(moment) {
  /** @type {Intl.DateTimeFormatOptions} */
  const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Date(moment).toLocaleTimeString(document.documentElement.lang, hour);
}

/**
 * Something to be read, once for each kind.
 *
 * @param {string} kind
 * @param {string} text
 * @param {{href: string, text: string, apart?: boolean}} [link]
 */
function notice(kind, text, link) {
  const made = notices.querySelector(`[data-of="${kind}"]`) ?? document.createElement("p");
  made.className = "notice";
  made.setAttribute("data-kind", "attention");
  made.setAttribute("data-of", kind);
  made.setAttribute("role", "alert");
  if (!made.isConnected) notices.append(made);
  made.textContent = `${text} `;
  if (!link) return;
  const leads = document.createElement("a");
  leads.href = link.href;
  leads.textContent = link.text;
  if (link.apart) leads.target = "_blank";
  made.append(leads);
}

/** @param {string} kind */
function take_away(kind) {
  notices.querySelector(`[data-of="${kind}"]`)?.remove();
}

// Saving

/** What was changed in the page goes into the outbox. */
function collect() {
  for (const [position, question] of questions) {
    if (!question.changed()) continue;
    outbox.put(position, question.read(), question.revision, question.flags);
  }
}

let waiting = 0;

/** @param {number} delay milliseconds */
function save_in(delay) {
  clearTimeout(waiting);
  waiting = window.setTimeout(() => void save(), delay);
}

/** @returns {Promise<boolean>} whether everything of this page has arrived */
async function save() {
  clearTimeout(waiting);
  clearTimeout(retry);
  collect();
  show_state();
  try {
    await outbox.flush();
    trouble = null;
    failures = 0;
    take_away("sign-in");
  } catch (error) {
    trouble = error instanceof NoAnswer ? error.why : "busy";
    const wait = TRIES[Math.min(failures, TRIES.length - 1)];
    failures += 1;
    retry = window.setTimeout(() => void save(), wait * (1 + Math.random() / 2));
    if (trouble === "signed-out") {
      const link = { href: location.href, text: say(spoken.signInLink), apart: true };
      if (!notices.querySelector("[data-of=sign-in]")) notice("sign-in", say(spoken.signIn), link);
    }
  }
  show_state();
  return !unsaved();
}

const heard = {
  /** @param {Item} item @param {Given} given @param {Outcome} outcome */
  saved(item, given, outcome) {
    const question = questions.get(item.position);
    saved_at = outcome.at;
    if (!question) return;
    if (!item.own && !outbox.own(item.position)) question.fill(given);
    if (item.own || !outbox.own(item.position)) question.revision = outcome.revision;
    question.hear_flag(given, outcome);
    show_in_list(question);
  },
  /** @param {Item} item @param {Given} given @param {Outcome} outcome */
  conflict(item, given, outcome) {
    const question = questions.get(item.position);
    question?.hear_flag(given, outcome);
    if (question) show_versions(question, item, given, outcome);
    else {
      const number = line_of(item.position)?.querySelector(".count")?.textContent ?? "";
      notice(`versions-${item.position}`, say(spoken.elsewhere, { number }));
    }
  },
  /** @param {Item} _item @param {Given} _given @param {Outcome} outcome */
  late(_item, _given, { why = "late" }) {
    notice(`not-counted-${why}`, say(spoken[why]));
  },
};

/** @param {number} position */
const line_of = (position) => document.querySelector(`.questions [data-of="${position}"]`);

/** @param {Question} question */
function show_in_list(question) {
  const line = line_of(question.position);
  const state = /** @type {HTMLElement | null | undefined} */ (line?.querySelector(".state"));
  if (state && ["answered", "unanswered"].includes(state.dataset.state ?? "")) {
    state.dataset.state = question.answered ? "answered" : "unanswered";
    state.textContent = say(spoken[state.dataset.state]);
  }
  line?.querySelector(".later")?.toggleAttribute("hidden", !question.read().flagged);
}

// Two versions of one question

/** @param {Question} question @param {Item} item @param {Given} given @param {Outcome} outcome */
function show_versions(question, item, given, { theirs = {}, revision }) {
  question.task.querySelector(".two")?.remove();
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("two-versions"));
  const made = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const box = /** @type {HTMLElement} */ (made.firstElementChild);
  for (const [name, fields] of Object.entries({ saved: theirs, here: given.fields })) {
    const said = question.said(fields);
    for (const text of said.length ? said : [say(spoken.none)]) {
      const line = document.createElement("li");
      line.dir = "auto";
      line.textContent = text;
      box.querySelector(`[data-${name}]`)?.append(line);
    }
  }
  box.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-choose]");
    if (!button) return;
    const here = button.getAttribute("data-choose") === "here";
    outbox.choose(item, revision, here);
    // What is typed meanwhile in this window is the newer of its versions.
    if (!here) question.fill({ fields: theirs });
    else if (!item.own) question.fill(given);
    question.revision = revision;
    box.remove();
    question.controls[0]?.focus();
    void save();
  });
  question.task.prepend(box);
  box.focus();
}

// Time

const countdown = time ? new Countdown(Number(time.dataset.left), 0) : null;
let asked_at = performance.now();

/** @param {number} left seconds */
function time_words(left) {
  if (left < NEAR) return figures(left);
  const minutes = Math.ceil(left / 60);
  return minutes < 100 ? say(spoken.minutes, { minutes }) : figures(left).replace(/:\d\d$/, " h");
}

/** @param {{left: number | null, state: string}} found what the server says of the attempt */
function hear_clock({ left, state }) {
  asked_at = performance.now();
  if (state === "finished" || state === "abandoned") return end();
  if (countdown && left !== null && countdown.heard(left)) {
    told.textContent = say(spoken.moreTime, { time: time_words(left) });
    reopen();
  }
  if (state === "overdue" && urls.handsIn === undefined) {
    time_is_up();
    notice("up", say(spoken.upGrace));
  }
}

/** @returns {Promise<boolean>} whether the server could be asked */
async function ask_clock() {
  asked_at = performance.now();
  try {
    hear_clock(await get(urls.clockUrl ?? ""));
    return true;
  } catch {
    return false;
  }
}

function tick() {
  if (!countdown || !time || ended) return;
  const left = countdown.left;
  time.textContent = time_words(left);
  const minutes = countdown.due();
  if (minutes) told.textContent = say(spoken.time, { time: say(spoken.minutes, { minutes }) });
  if (left === 0) void at_zero();
  const pause = CLOCK[left < 60 ? 1 : 0] * 1000;
  if (!document.hidden && left > 0 && performance.now() - asked_at > pause) void ask_clock();
}

let at_the_end = 0;

/** The page's own count has come to its end; only the server knows whether that is so. */
async function at_zero() {
  if (performance.now() < at_the_end) return;
  at_the_end = performance.now() + TRIES[1];
  await save();
  const reached = await ask_clock();
  if (ended || !countdown || countdown.left > 0) return;
  time_is_up();
  if (!reached) notice("up", say(spoken.upOffline));
  else if (urls.handsIn === undefined) notice("up", say(spoken.upGrace));
  else {
    notice("up", say(spoken.up));
    hand_in();
  }
}

function time_is_up() {
  if (up) return;
  up = true;
  collect();
  for (const question of questions.values()) question.close();
}

/** More time was given when it seemed to be up: the page is read anew. */
function reopen() {
  if (up) location.reload();
}

function hand_in() {
  ended = true;
  const last = /** @type {HTMLFormElement} */ (document.getElementById("hand-in"));
  last.submit();
}

/** It was handed in elsewhere, or the server closed it. */
function end() {
  if (ended) return;
  ended = true;
  for (const question of questions.values()) question.close();
  notice("ended", say(spoken.ended), { href: urls.reviewUrl ?? "", text: say(spoken.endedLink) });
}

// Events

/** @param {Event} event */
function changed(event) {
  if (!(/** @type {Element} */ (event.target).closest("[data-position]"))) return;
  collect();
  show_state();
  if (unsaved()) save_in(QUIET * (1 + Math.random() / 2));
}

for (const name of ["input", "change"]) form.addEventListener(name, changed);

/** @type {HTMLFormElement | null} */
let passing = null;

// Everything is saved first: then the form and the page before it say the same.
document.addEventListener(
  "submit",
  (event) => {
    const sent = /** @type {HTMLFormElement} */ (event.target);
    collect();
    if (sent === form && !navigator.onLine && !unsaved()) {
      notice("no-line", say(spoken.noLine));
      event.preventDefault();
      return;
    }
    if (passing === sent || ended || !unsaved()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    void save().then((arrived) => {
      if (!arrived && sent === form) return;
      passing = sent;
      sent.requestSubmit(button);
      passing = null;
    });
  },
  true,
);

let leaving = false;
form.addEventListener("submit", (event) => {
  leaving = !event.defaultPrevented;
});

window.addEventListener("beforeunload", (event) => {
  collect();
  if (!ended && (unsaved() || (has_file() && !leaving))) event.preventDefault();
});
window.addEventListener("pagehide", () => {
  collect();
  outbox.leave();
});
window.addEventListener("pageshow", (event) => {
  // Kept by the browser as it was: what it shows may be long past.
  if (event.persisted) location.reload();
});
window.addEventListener("online", () => {
  take_away("no-line");
  void save();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (countdown) void ask_clock();
  if (unsaved()) void save();
});

// What an earlier page of this tab left unsaved is put back where it was.
for (const item of outbox.items.values()) {
  const given = item.next ?? item.sending?.given;
  if (item.own && given) questions.get(item.position)?.fill(given);
}
if (!outbox.empty) void save();
if (countdown) {
  tick();
  setInterval(tick, 1000);
}
