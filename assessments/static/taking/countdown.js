// The time that is left, as the server says it, counted with a clock that nobody can turn.

/** Minutes at which it is said how much is left. */
export const SAID_AT = [10, 5, 1];

export class Countdown {
  /**
   * @param {number} left seconds, as the server said
   * @param {number} then when it was said, on the page's own clock, in milliseconds
   * @param {() => number} [clock] milliseconds; it never jumps
   */
  constructor(left, then, clock = () => performance.now()) {
    this.clock = clock;
    this.end = then + left * 1000;
    this.last = this.left;
  }

  /** Seconds, never below 0. */
  get left() {
    return Math.max(0, Math.ceil((this.end - this.clock()) / 1000));
  }

  /**
   * The server has said it again.
   *
   * @param {number} left seconds
   * @returns {boolean} whether that is so much more that somebody gave it
   */
  heard(left) {
    const more = left - this.left;
    this.end = this.clock() + left * 1000;
    if (more > 5) this.last = this.left;
    return more > 5;
  }

  /** @returns {number | null} minutes that are to be said now, each once */
  due() {
    const now = this.left;
    const found = SAID_AT.filter((each) => this.last > each * 60 && now <= each * 60);
    this.last = now;
    return found.length ? Math.min(...found) : null;
  }
}

/**
 * As 4:05 or 1:04:05.
 *
 * @param {number} seconds
 */
export function figures(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((each, at) => (at ? String(each).padStart(2, "0") : each)).join(":");
}
