// The time that a package allows for an attempt at a part, and what is to be done when it is up
// (SCORM 2004 RTE 4.2.14, 4.2.26; SCORM 1.2 RTE 3.4.4).

/**
 * `element` and `allowed`: what says so; `left`: milliseconds; `action`: as the package has it
 * @typedef {{element: string, allowed: string, left: number, action: string, exit: boolean,
 *   message: boolean}} Allowance
 */

const INTERVAL =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SPAN = /^(\d{2,4}):(\d\d):(\d\d(?:\.\d+)?)$/;
/** Seconds in a year, month and so on, the same as in scorm/cmi/time.py. */
const SCALES = [31536000, 2628029, 86400, 3600, 60, 1];
const NAMES = {
  "1.2": ["cmi.student_data.max_time_allowed", "cmi.student_data.time_limit_action", "cmi.core.total_time", "cmi.core.lesson_mode"],
  2004: ["cmi.max_time_allowed", "cmi.time_limit_action", "cmi.total_time", "cmi.mode"],
}; // prettier-ignore

/** Milliseconds that content has to go by itself. */
export const GRACE = 10000;
/** Milliseconds between two looks at the clock: timers stand still while a device sleeps, and none
 * takes more than 24 days. And between two tries to leave, while something else is going on. */
const SELDOM = 15000;
const SOON = 250;

/**
 * @param {string} time a duration of either standard: `PT1H30M`, `01:30:00`
 * @returns {number} seconds; 0 for none, and for what is none
 */
export function seconds(time) {
  const found = INTERVAL.exec(time);
  const parts = found ? found.slice(1) : ["", "", "", ...(SPAN.exec(time) || []).slice(1)];
  return parts.reduce((sum, digits, at) => sum + Number(digits || 0) * SCALES[at], 0);
}

/**
 * @param {{standard: "1.2" | "2004", data: {[element: string]: string}}} delivery
 * @returns {Allowance | null} null when there is no limit; a look back at a part has none
 */
export function allowance({ standard, data }) {
  const [element, how, spent, mode] = NAMES[standard];
  const allowed = data[element] || "";
  const whole = seconds(allowed);
  if (!whole || (data[mode] || "normal") !== "normal") return null;
  const action = data[how] || "continue,no message";
  const [end, word] = action.toLowerCase().split(",");
  return {
    element,
    allowed,
    left: (whole - seconds(data[spent] || "")) * 1000,
    action,
    exit: end.trim() === "exit",
    message: String(word).trim() === "message",
  };
}

/** Watches the clock for one delivery. */
export class Limit {
  /**
   * @param {Allowance} allowance
   * @param {{now: () => number, setTimeout: (run: () => void, wait: number) => any,
   *   clearTimeout: (timer: any) => void, rests: () => boolean, up: () => void,
   *   leave: () => boolean}} options
   *   now: the time of day in milliseconds, since others stand still while a device sleeps;
   *   rests: whether content has said goodbye, so that its time does not pass;
   *   leave: whether that could be begun
   */
  constructor({ left, exit }, options) {
    this.options = options;
    this.exit = exit;
    this.due = options.now() + left;
    this.up = false;
    this.over = false;
    /** @type {any} */
    this.timer = null;
    this.look();
  }

  /** What is due is done; the rest is waited for. */
  look() {
    const { now, setTimeout, clearTimeout, rests, up, leave } = this.options;
    clearTimeout(this.timer);
    if (!this.over && now() >= this.due) {
      if (this.up) this.over = leave();
      else if (!rests()) {
        this.up = true;
        this.over = !this.exit;
        this.due = now() + GRACE;
        up();
      }
    }
    if (this.over) return;
    const wait = this.due - now();
    const late = this.up ? SOON : SELDOM;
    this.timer = setTimeout(() => this.look(), wait > 0 ? Math.min(wait, SELDOM) : late);
  }

  stop() {
    this.over = true;
    this.options.clearTimeout(this.timer);
  }
}
