// An attempt that has ended: what this device still holds of it is sent, so that it is kept, and
// then nothing of it stays on the device.

import { post } from "./line.js";
import { Outbox } from "./outbox.js";

const page = /** @type {HTMLElement} */ (document.querySelector("[data-attempt]"));
const outbox = new Outbox({
  attempt: page.dataset.attempt ?? "",
  tab: "",
  storage: localStorage,
  send: (body, leaving) => post(page.dataset.saveUrl ?? "", body, leaving),
  heard: () => {},
});
outbox.flush().then(
  () => outbox.clear(),
  () => {},
);
