// The final quiz and the pre-test: some questions of a pool, handed in together. Of the final quiz
// the best result counts; the pre-test is taken once, says a number, and changes nothing.

import { draw, seenAfter, stillFits } from "./draw.js";
import { kept, save, session } from "./launch.js";
import { byId, make, plain, say, showActions } from "./page.js";
import { Question } from "./question.js";

const PRETEST = "pre-test";

export class CourseQuiz extends HTMLElement {
  connectedCallback() {
    new Quiz(this).begin();
  }
}

class Quiz {
  /** @param {HTMLElement} element */
  constructor(element) {
    const { kind, mastery, draw: count } = element.dataset;
    this.kind = kind || "final";
    this.isFinal = this.kind === "final";
    this.mastery = Number(mastery);
    this.form = /** @type {HTMLFormElement} */ (element.querySelector("form"));
    this.result = /** @type {HTMLElement} */ (element.querySelector("#result"));
    this.open = /** @type {HTMLElement} */ (element.querySelector("#open"));
    this.handIn = /** @type {HTMLElement} */ (byId("hand-in").parentElement);
    this.groups = /** @type {HTMLElement[]} */ (
      Array.from(element.querySelectorAll("div[data-group]"))
    );
    this.pool = this.groups.map((each) => ({
      id: /** @type {HTMLElement} */ (each.querySelector("fieldset")).id,
      group: String(each.dataset.group),
    }));
    this.count = Number(count) || this.pool.length;
    /** @type {Map<string, Question>} */
    this.made = new Map();
    /** @type {Question[]} */
    this.questions = [];
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    element.querySelector("#again")?.addEventListener("click", () => this.again());
  }

  /** The questions of the last visit, or new ones. */
  begin() {
    const drawn = kept.draws.get(this.kind) || [];
    if (stillFits(this.pool, this.count, drawn)) this.ask(drawn);
    else this.drawAnew();
    showActions(this.form);
    const checked = this.questions.every((question) => kept.checked.has(question.id));
    const best = kept.best.get(this.kind);
    if (!this.isFinal && best !== undefined) this.showNumber(best);
    else if (checked) this.showResult();
  }

  drawAnew() {
    const seen = kept.seen.get(this.kind) || [];
    const drawn = draw(this.pool, this.count, seen, Math.random);
    for (const { id } of this.pool) {
      kept.answers.delete(id);
      kept.checked.delete(id);
    }
    kept.draws.set(this.kind, drawn);
    kept.seen.set(this.kind, seenAfter(this.pool, seen, drawn));
    this.ask(drawn);
    save();
  }

  /** @param {string[]} drawn */
  ask(drawn) {
    this.groups.forEach((group, at) => (group.hidden = !drawn.includes(this.pool[at].id)));
    this.questions = drawn.map((id) => {
      const question = this.made.get(id) || new Question(byId(id), save);
      this.made.set(id, question);
      return question;
    });
    this.questions.forEach((question, at) => {
      const label = /** @type {HTMLElement} */ (question.fieldset.querySelector(".label"));
      label.textContent = say("question", { number: at + 1 });
    });
  }

  submit() {
    const unanswered = this.questions.filter((question) => !question.answered);
    this.open.hidden = unanswered.length === 0;
    if (unanswered.length > 0) {
      this.pointOut(unanswered);
      return;
    }
    const percent = this.percent();
    kept.best.set(this.kind, Math.max(percent, kept.best.get(this.kind) || 0));
    this.questions.forEach((question) => question.report());
    if (this.isFinal) {
      kept.done = true;
      this.showResult();
      this.reportBest();
    } else {
      this.showNumber(percent);
      reportObjective(percent);
    }
    save();
    byId("result-heading").focus();
  }

  /** @returns {number} of this try, two decimals at most */
  percent() {
    const right = this.questions.filter((question) => question.right).length;
    return Math.round((10000 * right) / this.questions.length) / 100;
  }

  again() {
    this.drawAnew();
    for (const question of this.questions) {
      question.clear();
      question.lock(false);
    }
    this.result.hidden = true;
    this.handIn.hidden = false;
    this.questions[0].controls[0].focus();
  }

  /** @param {Question[]} unanswered */
  pointOut(unanswered) {
    const list = /** @type {HTMLElement} */ (this.open.querySelector("ul"));
    list.replaceChildren(
      ...unanswered.map((question) => {
        const item = make("li");
        const link = make("a", plain(question.fieldset.querySelector(".label")));
        link.setAttribute("href", "#" + question.id);
        link.addEventListener("click", (event) => {
          event.preventDefault();
          question.controls[0].focus();
        });
        item.append(link);
        return item;
      })
    );
    this.open.focus();
  }

  showResult() {
    const { mastery } = this;
    const percent = this.percent();
    const best = kept.best.get(this.kind) || 0;
    const passed = percent >= mastery;
    this.questions.forEach((question) => question.show());
    this.tell(percent, [make("p", say(passed ? "passed" : "failed", { mastery }), "verdict")]);
    if (best > percent) byId("result-words").append(make("p", say("best_words", { percent: best })));
    this.result.className = passed ? "result is-right" : "result is-wrong";
  }

  /** All that a pre-test tells. @param {number} percent */
  showNumber(percent) {
    const count = this.questions.length;
    const right = this.right(percent);
    this.tell(percent, [make("p", say("pretest_result", { right, count }))]);
    this.form.hidden = true;
  }

  /** @param {number} percent */
  right(percent) {
    return Math.round((percent * this.questions.length) / 100);
  }

  /** @param {number} percent @param {HTMLElement[]} more */
  tell(percent, more) {
    const count = this.questions.length;
    const words = make("p", say("result_words", { right: this.right(percent), count, percent }));
    byId("result-words").replaceChildren(...(this.isFinal ? [words] : []), ...more);
    this.result.hidden = false;
    this.handIn.hidden = true;
    this.questions.forEach((question) => question.lock(true));
  }

  /** Score and status of the best try so far, so that trying again can never lose a pass. */
  reportBest() {
    const { names } = session;
    const best = kept.best.get(this.kind) || 0;
    const status = best >= this.mastery ? "passed" : "failed";
    session.set(names.score + ".min", 0);
    session.set(names.score + ".max", 100);
    session.keep(names.score + ".raw", best);
    if (session.is2004) {
      session.keep("cmi.score.scaled", scaled(best));
      session.keep("cmi.success_status", status);
      session.keep("cmi.completion_status", "completed");
      session.set("cmi.progress_measure", 1);
    } else {
      session.keep(names.status, status);
    }
  }
}

/** @param {number} percent */
function scaled(percent) {
  return Math.round(percent * 100) / 10000;
}

/** The pre-test's result as an objective of its own; the part's score is left alone. @param {number} percent */
function reportObjective(percent) {
  const count = Number(session.get("cmi.objectives._count")) || 0;
  let at = 0;
  while (at < count && session.get(`cmi.objectives.${at}.id`) !== PRETEST) at += 1;
  const record = `cmi.objectives.${at}.`;
  if (at === count && !session.set(record + "id", PRETEST)) return;
  session.set(record + "score.min", 0);
  session.set(record + "score.max", 100);
  session.set(record + "score.raw", percent);
  if (session.is2004) session.set(record + "score.scaled", scaled(percent));
  session.set(record + (session.is2004 ? "completion_status" : "status"), "completed");
}
