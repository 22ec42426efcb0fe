// A question inside the text, checked by itself; each try is reported and changes no result.

import { kept, save } from "./launch.js";
import { find, listen, say, showActions } from "./page.js";
import { Question } from "./question.js";

export class CourseCheck extends HTMLElement {
  connectedCallback() {
    const form = find(this, "form");
    const button = find(form, "button");
    const question = new Question(find(form, "fieldset"), save);
    const show = () => {
      question.show();
      button.textContent = say("again");
    };
    showActions(form);
    if (kept.checked.has(question.id)) show();
    listen(form, "submit", (event) => {
      event.preventDefault();
      if (!question.answered) {
        question.tell(say(question.type === "matching" ? "choose_every" : "choose_first"));
        return;
      }
      show();
      question.report();
      save();
    });
  }
}
