// The final quiz and the pre-test: some questions of a pool, handed in together. Of the final quiz
// the best result counts; the pre-test is taken once, says a number, and changes nothing.

import { draw, seenAfter, stillFits } from "./draw.js";
import { kept, save, session } from "./launch.js";
import { byId, find, findAll, listen, make, plain, say, showActions } from "./page.js";
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
    this.form = find(element, "form");
    this.result = find(element, "#result");
    this.open = find(element, "#open");
    this.handIn = /** @type {HTMLElement} */ (byId("hand-in").parentElement);
    this.groups = findAll(element, "div[data-group]");
    this.all = this.groups.map((group) => new Question(find(group, "fieldset"), save));
    this.pool = this.all.map(({ id }, at) => ({ id, group: String(this.groups[at].dataset.group) }));
    this.count = Number(count) || this.all.length;
    this.questions = this.all;
    listen(this.form, "submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    for (const button of findAll(element, "#again")) listen(button, "click", () => this.again());
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
    this.all.forEach((question) => question.clear());
    kept.draws.set(this.kind, drawn);
    kept.seen.set(this.kind, seenAfter(this.pool, seen, drawn));
    this.ask(drawn);
    save();
  }

  /** @param {string[]} drawn */
  ask(drawn) {
    this.questions = this.all.filter(({ id }) => drawn.includes(id));
    this.groups.forEach((group, at) => (group.hidden = !this.questions.includes(this.all[at])));
    this.questions.forEach((question, at) => {
      find(question.fieldset, ".label").textContent = say("question", { number: at + 1 });
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
    this.showEnd(false);
    this.questions[0].controls[0].focus();
  }

  /** @param {Question[]} unanswered */
  pointOut(unanswered) {
    find(this.open, "ul").replaceChildren(
      ...unanswered.map((question) => {
        const item = make("li");
        const link = make("a", plain(find(question.fieldset, ".label")));
        link.setAttribute("href", "#" + question.id);
        listen(link, "click", (event) => {
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
    const passed = Math.max(percent, best) >= mastery; // the best result counts
    this.questions.forEach((question) => question.show(true));
    const verdict = make("p", say(passed ? "passed" : "failed", { mastery }), "verdict");
    this.tell("result_words", percent, verdict);
    if (best > percent) {
      byId("result-words").append(make("p", say("best_words", { percent: Math.floor(best) })));
    }
    this.result.className = passed ? "result is-right" : "result is-wrong";
  }

  /** All that a pre-test tells. @param {number} percent */
  showNumber(percent) {
    this.tell("pretest_result", percent);
    this.form.hidden = true;
  }

  /** @param {string} name of words @param {number} percent @param {...HTMLElement} more */
  tell(name, percent, ...more) {
    const count = this.questions.length;
    const right = Math.round((percent * count) / 100);
    const gaps = { right, count, percent: Math.floor(percent) };
    byId("result-words").replaceChildren(make("p", say(name, gaps)), ...more);
    this.showEnd(true);
  }

  /** @param {boolean} ended whether there is a result, and nothing more to answer */
  showEnd(ended) {
    this.result.hidden = !ended;
    this.handIn.hidden = ended;
    this.questions.forEach((question) => question.lock(ended));
  }

  /** Score and status of the best try so far, so that trying again can never lose a pass. */
  reportBest() {
    const { names } = session;
    const best = kept.best.get(this.kind) || 0;
    const status = best >= this.mastery ? "passed" : "failed";
    setScore(names.score, best);
    if (session.is2004) {
      session.keep("cmi.success_status", status);
      session.keep("cmi.completion_status", "completed");
      session.set("cmi.progress_measure", 1);
    } else {
      session.keep(names.status, status);
    }
  }
}

/** @param {string} record @param {number} percent */
function setScore(record, percent) {
  session.set(record + ".min", 0);
  session.set(record + ".max", 100);
  session.keep(record + ".raw", percent);
  if (session.is2004) session.keep(record + ".scaled", Math.round(percent * 100) / 10000);
}

/** The pre-test's result as an objective of its own; the part's score is left alone. @param {number} percent */
function reportObjective(percent) {
  const count = Number(session.get("cmi.objectives._count")) || 0;
  let at = 0;
  while (at < count && session.get(`cmi.objectives.${at}.id`) !== PRETEST) at += 1;
  const record = `cmi.objectives.${at}.`;
  if (at === count && !session.set(record + "id", PRETEST)) return;
  setScore(record + "score", percent);
  session.set(record + (session.is2004 ? "completion_status" : "status"), "completed");
}
