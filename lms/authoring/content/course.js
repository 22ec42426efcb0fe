// The script of every page of a built course: questions, place, result, and their record in SCORM.
// A classic script, since module scripts do not run from a folder on a stick (file:). Without a
// learning site the page can be read and answered all the same, and nothing is recorded.
(function () {
  "use strict";

  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const is2004 = main.dataset.standard === "2004";
  const words = JSON.parse(text(byId("words")));

  /** Most interactions that an LMS must keep (RTE 4.2.9); more are not sent. */
  const MOST_INTERACTIONS = 250;
  /** How long the reader stays at a heading before the place is stored, in milliseconds. */
  const SETTLING = 400;

  /** @param {string} id @returns {HTMLElement} */
  function byId(id) {
    return /** @type {HTMLElement} */ (document.getElementById(id));
  }

  /** @param {Element | null} element @returns {string} */
  function text(element) {
    return ((element && element.textContent) || "").trim();
  }

  /** @param {string} name @param {Object<string, string | number>} [gaps] @returns {string} */
  function say(name, gaps) {
    return words[name].replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ key) =>
      gaps && key in gaps ? String(gaps[key]) : whole
    );
  }

  /**
   * A new element.
   * @param {string} tag @param {string} [content] @param {string} [name] its class
   */
  function make(tag, content, name) {
    const element = document.createElement(tag);
    if (content) element.textContent = content;
    if (name) element.className = name;
    return element;
  }

  // --- The learning site -------------------------------------------------------------------

  const NAMES = is2004
    ? {
        api: "API_1484_11", initialize: "Initialize", terminate: "Terminate", get: "GetValue",
        set: "SetValue", commit: "Commit", mode: "cmi.mode", location: "cmi.location",
        status: "cmi.completion_status", exit: "cmi.exit", time: "cmi.session_time",
        score: "cmi.score", response: "learner_response", wrong: "incorrect",
      }
    : {
        api: "API", initialize: "LMSInitialize", terminate: "LMSFinish", get: "LMSGetValue",
        set: "LMSSetValue", commit: "LMSCommit", mode: "cmi.core.lesson_mode",
        location: "cmi.core.lesson_location", status: "cmi.core.lesson_status",
        exit: "cmi.core.exit", time: "cmi.core.session_time", score: "cmi.core.score",
        response: "student_response", wrong: "wrong",
      };

  /** The API object: up through the parents, then from the opener (RTE 3.3). */
  function findApi() {
    /** @param {any} from */
    function above(from) {
      for (let hops = 0; from && hops < 500; hops += 1) {
        try {
          if (from[NAMES.api]) return from[NAMES.api];
        } catch (anotherOrigin) {
          return null;
        }
        if (from.parent === from) return null;
        from = from.parent;
      }
      return null;
    }
    return above(window) || above(window.opener) || above(window.top && window.top.opener);
  }

  /** One launch: every value goes through here, and nothing does when there is no learning site. */
  class Session {
    constructor() {
      this.api = findApi();
      this.started = Date.now();
      this.running = this.api !== null && this.call(NAMES.initialize, "");
      this.recording = this.running && ["", "normal"].includes(this.get(NAMES.mode));
      this.complete = true;
    }

    /** @param {string} name @param {...string} values @returns {boolean} */
    call(name, ...values) {
      return String(this.api[name](...values)) === "true";
    }

    /** @param {string} element @returns {string} */
    get(element) {
      return this.running ? String(this.api[NAMES.get](element)) : "";
    }

    /** @param {string} element @param {string | number} value @returns {boolean} */
    set(element, value) {
      return this.recording && this.call(NAMES.set, element, String(value));
    }

    /** A value whose loss the learner must be told of. @param {string} element @param {string | number} value */
    keep(element, value) {
      if (this.recording) this.complete = this.set(element, value) && this.complete;
    }

    /** Store all that was set; the page says so when it could not be. */
    commit() {
      if (!this.recording) return;
      this.set(NAMES.time, duration(Date.now() - this.started));
      const saved = this.call(NAMES.commit, "") && this.complete;
      this.complete = true;
      const saving = byId("saving");
      const told = saved ? "" : say("unsaved");
      if (text(saving) !== told) saving.textContent = told;
    }

    /**
     * Leave. In 2004 always with "suspend": any other exit makes the next visit a new attempt, in
     * which a part that was done is not, and a quiz that was passed is not (RTE 4.2.8, SN UP.4).
     * @param {boolean} finished
     */
    end(finished) {
      if (!this.running) return;
      if (this.recording) {
        this.set(NAMES.time, duration(Date.now() - this.started));
        this.set(NAMES.exit, is2004 || !finished ? "suspend" : "");
      }
      this.running = this.recording = false;
      this.call(NAMES.terminate, "");
    }
  }

  /** A length of time as the standard writes it. @param {number} milliseconds */
  function duration(milliseconds) {
    const all = Math.round(milliseconds / 1000);
    const hours = Math.floor(all / 3600);
    const minutes = Math.floor(all / 60) % 60;
    const seconds = all % 60;
    if (is2004) return `PT${hours}H${minutes}M${seconds}S`;
    return [hours, minutes, seconds].map((part) => String(part).padStart(2, "0")).join(":");
  }

  /** Now, as the standard writes it: UTC with hundredths, or the local time of day in 1.2. */
  function now() {
    if (is2004) return new Date().toISOString().replace(/(\.\d\d)\dZ$/, "$1Z");
    return new Date().toTimeString().slice(0, 8);
  }

  const session = new Session();

  // --- What is kept between visits ---------------------------------------------------------

  /**
   * @typedef {{answers: Object<string, string[]>, checked: Object<string, boolean>, done: boolean,
   *   shown: boolean, best: number | null}} Kept
   * answers: chosen values by question; checked: questions that show their feedback;
   * best: the best result so far, questions right, or null; shown: the veil was lifted
   */

  /** @returns {Kept} */
  function restore() {
    const fresh = { answers: {}, checked: {}, done: false, shown: false, best: null };
    try {
      return Object.assign(fresh, JSON.parse(session.get("cmi.suspend_data") || "{}"));
    } catch (cutShort) {
      // Some sites keep fewer characters than were sent; what is left cannot be read.
      return fresh;
    }
  }

  const kept = restore();

  function save() {
    session.keep("cmi.suspend_data", JSON.stringify(kept));
    session.commit();
  }

  // --- Questions ---------------------------------------------------------------------------

  /** One fieldset with its answers. */
  class Question {
    /** @param {HTMLElement} fieldset */
    constructor(fieldset) {
      this.fieldset = fieldset;
      this.id = fieldset.id;
      this.inputs = /** @type {HTMLInputElement[]} */ (
        Array.from(fieldset.querySelectorAll("input"))
      );
      this.feedback = byId(this.id + "-feedback");
      /** @type {HTMLElement} */ (fieldset.querySelector(".key")).hidden = true;
      const chosen = kept.answers[this.id] || [];
      this.inputs.forEach((input) => (input.checked = chosen.includes(input.value)));
      this.mark();
      fieldset.addEventListener("change", () => this.changed());
    }

    get chosen() {
      return this.inputs.filter((input) => input.checked).map((input) => input.value);
    }

    get answer() {
      return this.inputs.filter((input) => "right" in input.dataset).map((input) => input.value);
    }

    get right() {
      return this.chosen.join() === this.answer.join();
    }

    /** The chosen answers stand out by more than their small round or square. */
    mark() {
      this.inputs.forEach((input) =>
        /** @type {HTMLElement} */ (input.parentElement).classList.toggle("is-chosen", input.checked)
      );
    }

    changed() {
      this.mark();
      kept.answers[this.id] = this.chosen;
      delete kept.checked[this.id];
      this.quiet();
      save();
    }

    quiet() {
      this.feedback.textContent = "";
      this.feedback.className = "feedback";
    }

    clear() {
      this.inputs.forEach((input) => (input.checked = false));
      this.mark();
      delete kept.answers[this.id];
      delete kept.checked[this.id];
      this.quiet();
    }

    /** Say whether it is right, what the chosen answers say, and why. */
    show() {
      const { right, chosen } = this;
      this.quiet();
      this.feedback.classList.add(right ? "is-right" : "is-wrong");
      const verdict = make("p", "", "verdict");
      const sign = make("span", right ? "✓" : "✗");
      sign.setAttribute("aria-hidden", "true");
      verdict.append(sign, " ", say(right ? "right" : "wrong"));
      this.feedback.append(verdict);
      for (const value of chosen) {
        const told = text(this.fieldset.querySelector(`li[data-choice="${value}"] .told`));
        if (told) this.feedback.append(make("p", told));
      }
      const picked = this.answer.filter((value) => chosen.includes(value)).length;
      if (picked > 0 && picked < this.answer.length) {
        this.feedback.append(make("p", say("missed")));
      }
      const why = this.fieldset.querySelector(".explanation");
      if (why) {
        const copy = make("p");
        why.childNodes.forEach((node) => copy.append(node.cloneNode(true)));
        this.feedback.append(copy);
      }
      kept.checked[this.id] = true;
    }

    /** Report one try as an interaction; an LMS that keeps none refuses the id, and that is all. */
    report() {
      const count = Number(session.get("cmi.interactions._count")) || 0;
      const record = `cmi.interactions.${count}.`;
      if (count >= MOST_INTERACTIONS || !session.set(record + "id", this.id)) return;
      const type = this.fieldset.dataset.type || "choice";
      session.set(record + "type", type);
      session.set(record + (is2004 ? "timestamp" : "time"), now());
      session.set(record + "correct_responses.0.pattern", this.written(this.answer));
      session.set(record + "weighting", 1);
      session.set(record + NAMES.response, this.written(this.chosen));
      session.set(record + "result", this.right ? "correct" : NAMES.wrong);
      if (is2004) {
        const asked = text(this.fieldset.querySelector(".asked")).slice(0, 250);
        session.set(record + "description", `{lang=${document.documentElement.lang}}${asked}`);
      }
    }

    /** Answers in the standard's notation (RTE 4.2.9.1; 1.2 RTE 3.4.7). @param {string[]} values */
    written(values) {
      if (is2004) return values.join("[,]");
      if (this.fieldset.dataset.type === "true-false") return values[0].slice(0, 1);
      return values.join(",");
    }
  }

  /** A question inside the text, checked by itself. @param {HTMLFormElement} form */
  function runCheck(form) {
    const question = new Question(/** @type {HTMLElement} */ (form.querySelector("fieldset")));
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    showActions(form);
    if (kept.checked[question.id]) {
      question.show();
      button.textContent = say("again");
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (question.chosen.length === 0) {
        question.quiet();
        question.feedback.append(make("p", say("choose_first")));
        return;
      }
      question.show();
      button.textContent = say("again");
      question.report();
      save();
    });
  }

  /** @param {HTMLElement} place */
  function showActions(place) {
    /** @type {HTMLElement} */ (place.querySelector(".actions[hidden]")).hidden = false;
  }

  // --- The quiz ----------------------------------------------------------------------------

  /** @param {HTMLFormElement} form */
  function runQuiz(form) {
    const questions = Array.from(form.querySelectorAll("fieldset"), (each) => new Question(each));
    const mastery = Number(main.dataset.mastery);
    const result = byId("result");
    const open = byId("open");
    const handIn = /** @type {HTMLElement} */ (byId("hand-in").parentElement);

    /** @param {number} right @returns {number} percent, two decimals at most */
    function percent(right) {
      return Math.round((10000 * right) / questions.length) / 100;
    }

    /** @param {number} right */
    function showResult(right) {
      questions.forEach((question) => question.show());
      const place = byId("result-words");
      place.textContent = "";
      const passed = percent(right) >= mastery;
      const verdict = make("p", say(passed ? "passed" : "failed", { mastery }), "verdict");
      const count = questions.length;
      place.append(make("p", say("result_words", { right, count, percent: percent(right) })));
      place.append(verdict);
      if (kept.best !== null && kept.best > right) {
        place.append(make("p", say("best_words", { percent: percent(kept.best) })));
      }
      result.className = passed ? "result is-right" : "result is-wrong";
      result.hidden = false;
      handIn.hidden = true;
      questions.forEach((question) => question.inputs.forEach((input) => (input.disabled = true)));
    }

    /** @param {Question[]} unanswered */
    function pointOut(unanswered) {
      const list = /** @type {HTMLElement} */ (open.querySelector("ul"));
      list.textContent = "";
      for (const question of unanswered) {
        const link = /** @type {HTMLAnchorElement} */ (
          make("a", text(question.fieldset.querySelector("legend .label")))
        );
        link.href = "#" + question.id;
        link.addEventListener("click", (event) => {
          event.preventDefault();
          question.inputs[0].focus();
        });
        const item = make("li");
        item.append(link);
        list.append(item);
      }
      open.hidden = false;
      open.focus();
    }

    /** Score and status of the best try so far, so that trying again can never lose a pass. */
    function report() {
      const best = percent(Number(kept.best));
      session.keep(NAMES.score + ".min", 0);
      session.keep(NAMES.score + ".max", 100);
      session.keep(NAMES.score + ".raw", best);
      const passed = best >= mastery ? "passed" : "failed";
      if (is2004) {
        session.keep("cmi.score.scaled", Math.round(best * 100) / 10000);
        session.keep("cmi.success_status", passed);
        session.keep("cmi.completion_status", "completed");
        session.keep("cmi.progress_measure", 1);
      } else {
        session.keep(NAMES.status, passed);
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const unanswered = questions.filter((question) => question.chosen.length === 0);
      open.hidden = unanswered.length === 0;
      if (unanswered.length > 0) {
        pointOut(unanswered);
        return;
      }
      const right = questions.filter((question) => question.right).length;
      kept.best = Math.max(right, kept.best === null ? 0 : kept.best);
      kept.done = true;
      showResult(right);
      questions.forEach((question) => question.report());
      report();
      save();
      byId("result-heading").focus();
    });

    byId("again").addEventListener("click", () => {
      questions.forEach((question) => {
        question.clear();
        question.inputs.forEach((input) => (input.disabled = false));
      });
      result.hidden = true;
      handIn.hidden = false;
      save();
      questions[0].inputs[0].focus();
    });

    handIn.hidden = false;
    if (questions.every((question) => kept.checked[question.id])) {
      showResult(questions.filter((question) => question.right).length);
    }
  }

  // --- A part ------------------------------------------------------------------------------

  function runPart() {
    const headings = /** @type {HTMLElement[]} */ (
      Array.from(main.querySelectorAll(".text h2[id], .text h3[id]"))
    );
    document.querySelectorAll("form.single").forEach((form) =>
      runCheck(/** @type {HTMLFormElement} */ (form))
    );
    lift(document.querySelector("details#veil"));
    finish();
    comeBack(session.get(NAMES.location));
    follow(headings);
  }

  /** The content note's veil stays lifted once it was. @param {HTMLDetailsElement | null} veil */
  function lift(veil) {
    if (!veil) return;
    veil.open = kept.shown;
    veil.addEventListener("toggle", () => {
      if (kept.shown === veil.open) return;
      kept.shown = veil.open;
      save();
    });
  }

  /** Go where the reader stopped, and say so. @param {string} place */
  function comeBack(place) {
    const heading = place ? document.getElementById(place) : null;
    if (!heading || place === "h1" || heading.offsetParent === null) return;
    const told = make("p", "", "resumed");
    const back = /** @type {HTMLAnchorElement} */ (make("a", say("to_start")));
    back.href = "#start";
    told.append(say("resumed"), " ", back);
    heading.before(told);
    told.scrollIntoView();
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  /** Store the heading the reader has come to, and how far it is. @param {HTMLElement[]} headings */
  function follow(headings) {
    let farthest = Number(session.get("cmi.progress_measure")) || 0;
    let waiting = 0;
    const watch = new IntersectionObserver((entries) => {
      const seen = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
      const heading = headings.filter((each) => seen.includes(each)).pop();
      if (!heading) return;
      clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        session.keep(NAMES.location, heading.id);
        const share = (headings.indexOf(heading) + 1) / (headings.length + 1);
        farthest = kept.done ? 1 : Math.max(farthest, Math.round(share * 100) / 100);
        if (is2004) session.keep("cmi.progress_measure", farthest);
        session.commit();
      }, SETTLING);
    });
    headings.forEach((heading) => watch.observe(heading));
  }

  function finish() {
    const done = byId("done");
    const next = byId("next");

    function show() {
      const told = byId("done-words");
      told.textContent = "";
      told.append(make("p", say("done_words"), "finished"));
      done.hidden = true;
      next.hidden = !is2004 || session.get("adl.nav.request_valid.continue") !== "true";
    }

    byId("finish").hidden = !session.recording;
    if (kept.done) show();
    done.addEventListener("click", () => {
      kept.done = true;
      session.keep(NAMES.status, "completed");
      if (is2004) session.keep("cmi.progress_measure", 1);
      show();
      save();
      byId("done-words").focus();
    });
    next.addEventListener("click", () => {
      session.set("adl.nav.request", "continue");
      session.end(true);
      next.hidden = true;
      byId("done-words").firstElementChild?.replaceWith(make("p", say("ended"), "finished"));
    });
  }

  // --- Start and leave ---------------------------------------------------------------------

  if (session.running) {
    byId("parts").hidden = true;
    main.querySelector(".pause")?.append(" ", say("kept"));
  } else {
    byId("start").querySelector("h1")?.after(make("p", say("alone"), "hint"));
  }
  const before = session.get(NAMES.status);
  if (["", "not attempted", "unknown", "browsed"].includes(before)) {
    session.keep(NAMES.status, "incomplete");
    session.commit();
  }
  if (main.dataset.kind === "quiz") {
    runQuiz(/** @type {HTMLFormElement} */ (byId("quiz")));
  } else {
    runPart();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") session.commit();
  });
  window.addEventListener("pagehide", () => session.end(kept.done));
  window.addEventListener("pageshow", (event) => {
    // Taken back out of the browser's memory, the page's session is over: begin a new one.
    if (event.persisted) window.location.reload();
  });
})();
