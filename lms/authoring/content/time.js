// Lengths of time and moments, as the two standards write them (RTE 4.1.1.6; 1.2 RTE 3.4.2.1.1).

/**
 * A length of time in whole seconds.
 * @param {number} milliseconds @param {boolean} is2004
 */
export function duration(milliseconds, is2004) {
  const all = Math.max(0, Math.round(milliseconds / 1000));
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor(all / 60) % 60;
  const seconds = all % 60;
  if (is2004) return `PT${hours}H${minutes}M${seconds}S`;
  return [Math.min(hours, 9999), minutes, seconds].map(twoDigits).join(":");
}

/** A moment: UTC with hundredths, or the local time of day in 1.2. @param {Date} at @param {boolean} is2004 */
export function timestamp(at, is2004) {
  if (is2004) return at.toISOString().replace(/(\.\d\d)\dZ$/, "$1Z");
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(":");
}

/** @param {number} number */
function twoDigits(number) {
  return String(number).padStart(2, "0");
}
