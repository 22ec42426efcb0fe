// One activity's time in the frame: what the API of its content asks of the player, from hello to
// goodbye.

/** @typedef {import("./player.js").Player} Player */

export class Session {
  /** @param {Player} player @param {string} activity */
  constructor(player, activity) {
    this.player = player;
    this.activity = activity;
    /** Whether content has said hello and not yet goodbye. */
    this.running = false;
    /** Whether it has said goodbye, and not hello again. */
    this.ended = false;
    /** Whether it has gone; what a stray script of it still says is not listened to. */
    this.closed = false;
    /** @type {((call: import("./api.js").Call) => void) | undefined} */
    this.log = undefined;
  }

  initialize() {
    if (this.closed) return false;
    this.running = true;
    this.ended = false;
    this.player.outbox.add("initialize", this.activity);
    this.player.line.changed();
    return true;
  }

  /** @param {string} element @param {string} value */
  set(element, value) {
    if (this.closed) return;
    this.running = true;
    this.player.outbox.set(this.activity, element, value);
    this.player.line.changed();
  }

  commit() {
    if (this.closed) return false;
    const { line } = this.player;
    line.now();
    return line.honest();
  }

  /** @param {string} request adl.nav.request */
  terminate(request) {
    if (this.closed) return false;
    const { line, moving, outbox } = this.player;
    // Content that was told that its data are not kept asks again.
    if (!this.running) return line.honest();
    const wish = moving ? "_none_" : request;
    const number = outbox.add("terminate", this.activity, wish);
    this.running = false;
    this.ended = true;
    line.now();
    if (wish !== "_none_") this.player.asked(number);
    return line.honest();
  }
}
