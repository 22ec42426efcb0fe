// What moving things with a pointer needs: the pointer while it is down, and fields that are told.

/**
 * Gives a field a value; nothing happens where it has it already.
 *
 * @param {HTMLSelectElement} select
 * @param {string} value
 */
export function give(select, value) {
  if (select.value === value) return;
  select.value = value;
  for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
}

/**
 * Follows a pointer that is down, until it is lifted.
 *
 * @param {object} told
 * @param {(event: PointerEvent) => void} told.moved
 * @param {(kept: boolean) => void} told.ended with whether the movement counts: not
 *   when Escape was pressed or the browser took the pointer for something else
 */
export function follow_pointer({ moved, ended }) {
  /** @type {[string, (event: any) => void][]} */
  const listeners = [
    ["pointermove", moved],
    ["pointerup", () => end(true)],
    ["pointercancel", () => end(false)],
    ["keydown", (event) => event.key === "Escape" && end(false)],
  ];
  for (const [name, listener] of listeners) window.addEventListener(name, listener);

  /** @param {boolean} kept */
  function end(kept) {
    for (const [name, listener] of listeners) window.removeEventListener(name, listener);
    ended(kept);
  }
}
