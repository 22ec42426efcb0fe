// A pointer that is down, until it is lifted.

/**
 * @param {object} told
 * @param {(event: PointerEvent) => void} told.moved
 * @param {(event: Event, kept: boolean) => void} told.ended with whether the movement counts: not
 *   when Escape was pressed or the browser took the pointer for something else
 */
export function follow_pointer({ moved, ended }) {
  /** @type {[string, (event: any) => void][]} */
  const listeners = [
    ["pointermove", moved],
    ["pointerup", (event) => end(event, true)],
    ["pointercancel", (event) => end(event, false)],
    ["keydown", (event) => event.key === "Escape" && end(event, false)],
  ];
  for (const [name, listener] of listeners) window.addEventListener(name, listener);

  /**
   * @param {Event} event
   * @param {boolean} kept
   */
  function end(event, kept) {
    for (const [name, listener] of listeners) window.removeEventListener(name, listener);
    ended(event, kept);
  }
}
