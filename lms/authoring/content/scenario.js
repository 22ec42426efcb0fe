// A story in steps: one is shown at a time, each decision is reported and none is graded.

import { kept, save, session } from "./launch.js";
import { find, findAll, listen, make, say } from "./page.js";
import { reportAnswer } from "./question.js";

export class CourseScenario extends HTMLElement {
  connectedCallback() {
    new Scenario(this);
  }
}

class Scenario {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.id = element.id;
    this.steps = findAll(element, "section.step");
    findAll(element, ".choices a").forEach((link) =>
      listen(link, "click", (event) => {
        event.preventDefault();
        this.decide(link);
      })
    );
    const [first, ...others] = this.steps;
    for (const step of others) {
      if (step.querySelector(".choices")) continue;
      const again = make("p", "", "actions");
      const button = make("button", say("scenario_again"));
      listen(button, "click", () => this.go(first));
      again.append(button);
      step.append(again);
    }
    const name = kept.places.get(this.id);
    this.show(this.steps.find((step) => this.nameOf(step.id) === name) || first);
  }

  /** A step's name without the scenario's. @param {string} id */
  nameOf(id) {
    return id.slice(this.id.length + 1);
  }

  /** @param {HTMLElement} link one of the choices of a step */
  decide(link) {
    const step = /** @type {HTMLElement} */ (link.closest("section.step"));
    const choices = find(step, ".choices");
    const target = String(link.getAttribute("href")).slice(1);
    const letter = String.fromCharCode(97 + findAll(choices, "a").indexOf(link));
    reportAnswer(step, choices.previousElementSibling, {
      type: "choice",
      right: null,
      // In 1.2 an answer is one character; in 2004 it can say where it leads.
      chosen: [session.is2004 ? this.nameOf(target) : letter],
      result: "neutral",
      latency: null,
    });
    const next = this.steps.find((each) => each.id === target);
    if (next) this.go(next);
  }

  /** @param {HTMLElement} step */
  go(step) {
    this.show(step);
    kept.places.set(this.id, this.nameOf(step.id));
    save();
    find(step, "[tabindex]").focus();
  }

  /** @param {HTMLElement} shown */
  show(shown) {
    this.steps.forEach((step) => (step.hidden = step !== shown));
  }
}
