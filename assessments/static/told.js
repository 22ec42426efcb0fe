// Changes of native controls, told as a person's are.

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
 * A sentence with its places filled in.
 *
 * @param {string | undefined} words such as "Words: {count}"
 * @param {{[name: string]: string | number}} values
 */
export function fill(words, values) {
  return (words ?? "").replace(/\{(\w+)\}/g, (_all, name) => String(values[name]));
}
