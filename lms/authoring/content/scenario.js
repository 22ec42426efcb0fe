// A story in steps: one is shown at a time, each decision is reported and none is graded.

import { report } from "./interactions.js";
import { kept, save, session } from "./launch.js";
import { make, makeButton, plain, say } from "./page.js";

export class CourseScenario extends HTMLElement {
  connectedCallback() {
    new Scenario(this);
  }
}

class Scenario {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.id = element.id;
    this.steps = /** @type {HTMLElement[]} */ (
      Array.from(element.querySelectorAll("section.step"))
    );
    element.querySelectorAll(".choices a").forEach((link) =>
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.decide(link);
      })
    );
    const [first, ...others] = this.steps;
    for (const step of others) {
      if (step.querySelector(".choices")) continue;
      const again = make("p", "", "actions");
      again.append(makeButton(say("scenario_again"), () => this.go(first)));
      step.append(again);
    }
    const name = kept.places.get(this.id);
    this.show(this.steps.find((step) => this.nameOf(step.id) === name) || first);
  }

  /** A step's name without the scenario's. @param {string} id */
  nameOf(id) {
    return id.slice(this.id.length + 1);
  }

  /** @param {Element} link one of the choices of a step */
  decide(link) {
    const step = /** @type {HTMLElement} */ (link.closest("section.step"));
    const choices = /** @type {HTMLElement} */ (step.querySelector(".choices"));
    const target = String(link.getAttribute("href")).slice(1);
    const letter = Array.from(choices.querySelectorAll("a")).indexOf(
      /** @type {HTMLAnchorElement} */ (link)
    );
    const asked = plain(choices.previousElementSibling);
    report(session, {
      id: step.id,
      type: "choice",
      asked,
      original: step.dataset.original || asked,
      language: document.documentElement.lang,
      right: null,
      // In 1.2 an answer is one character; in 2004 it can say where it leads.
      chosen: [session.is2004 ? this.nameOf(target) : String.fromCharCode(97 + letter)],
      result: "neutral",
      latency: null,
      at: new Date(),
    });
    const next = this.steps.find((each) => each.id === target);
    if (next) this.go(next);
  }

  /** @param {HTMLElement} step */
  go(step) {
    this.show(step);
    kept.places.set(this.id, this.nameOf(step.id));
    save();
    step.querySelector("h3")?.focus();
  }

  /** @param {HTMLElement} shown */
  show(shown) {
    this.steps.forEach((step) => (step.hidden = step !== shown));
  }
}
