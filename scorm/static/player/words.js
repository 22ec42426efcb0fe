// What the learner reads about where they stand.

/**
 * @typedef {{[key: string]: string}} Words
 * @typedef {import("./line.js").Entry} Entry
 */

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;

/**
 * @param {string} pattern words with `{name}` places
 * @param {{[name: string]: string | number}} values
 */
export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (place, name) =>
    values[name] === undefined ? place : String(values[name]),
  );
}

/**
 * @param {Words} words
 * @param {string} time a duration of ISO 8601: `PT12M3S`
 * @returns {string} `12 min 3 s`; "" for none
 */
export function duration(words, time) {
  const found = DURATION.exec(time);
  if (!found) return "";
  const [days, hours, minutes, seconds] = found.slice(1).map((digits) => Number(digits || 0));
  const whole = days * 86400 + hours * 3600 + minutes * 60 + seconds;
  if (!whole) return "";
  const values = {
    hours: Math.floor(whole / 3600),
    minutes: Math.floor(whole / 60) % 60,
    seconds: whole % 60,
  };
  if (whole >= 3600) return fill(words.hours, values);
  return fill(whole >= 60 ? words.minutes : words.seconds, values);
}

/**
 * What is wrong, and where the answers are meanwhile.
 * @param {Words} words
 * @param {string} trouble
 * @param {boolean} kept whether this device has all answers
 * @param {string} [message] the server's own words
 */
export function told(words, trouble, kept, message) {
  const where = kept ? words.kept : words.storage;
  if (trouble === "storage") return where;
  const what = trouble === "closed" ? message || words.site : words[trouble];
  return `${what} ${where}`;
}

/**
 * @param {Words} words
 * @param {import("./line.js").Result} result
 * @returns {[string, string][]} what is known, each with its name
 */
export function facts(words, result) {
  /** @type {[string, string][]} */
  const found = [];
  const states = [result.completion, result.success].filter(
    (state) => state !== "unknown" && words[state],
  );
  if (states.length) found.push([words.result, states.map((state) => words[state]).join(", ")]);
  if (result.score) found.push([words.score, result.score]);
  const spent = duration(words, result.time);
  if (spent) found.push([words.time, spent]);
  return found;
}

/** @param {Entry[]} entries @returns {boolean} whether anything in the contents can be chosen */
export function choosable(entries) {
  return entries.some((entry) => entry.enabled || choosable(entry.children));
}

/**
 * What is said where nothing is open: every way on that there is.
 * @param {Words} words
 * @param {{navigation: {[name: string]: boolean}, toc: Entry[]}} view
 * @returns {import("./sheet.js").Page}
 */
export function ways(words, { navigation, toc }) {
  const choose = choosable(toc);
  const paragraphs = [];
  if (choose) paragraphs.push(words.choose_how);
  if (navigation.continue) paragraphs.push(words.go_on);
  if (navigation.previous) paragraphs.push(words.go_back);
  if (!paragraphs.length) paragraphs.push(words.only_exit);
  return { heading: choose ? words.choose : words.part_over, paragraphs };
}

/**
 * What is said when the session is over, or could not begin.
 * @param {Words} words
 * @param {import("./line.js").Outcome} outcome
 * @param {boolean} choose whether something can be chosen all the same
 * @returns {import("./sheet.js").Page}
 */
export function ending(words, { state, message, result }, choose) {
  const completed = result.completion === "completed";
  const heading = completed && state === "ended" ? words.finished : words[state];
  const paragraphs = message.startsWith(heading) ? [] : [message];
  if (choose) paragraphs.push(words.choose_how);
  else if (state === "blocked") paragraphs.push(completed ? words.look : words.ask);
  return { heading, paragraphs, facts: facts(words, result) };
}
