import assert from "node:assert/strict";
import { test } from "node:test";

import { duration, facts, fill, told } from "../../../scorm/static/player/words.js";

const words = {
  hours: "{hours} h {minutes} min",
  minutes: "{minutes} min {seconds} s",
  seconds: "{seconds} s",
  result: "Result",
  score: "Score",
  time: "Time",
  completed: "Completed",
  incomplete: "Not completed yet",
  passed: "Passed",
  line: "No line.",
  site: "The site cannot.",
  "sign-in": "Sign in.",
  kept: "Kept here.",
  storage: "No room.",
};

for (const [trouble, kept, message, expected] of [
  ["line", true, "", "No line. Kept here."],
  ["site", false, "", "The site cannot. No room."],
  ["storage", false, "", "No room."],
  ["sign-in", true, "This page has rested.", "Sign in. Kept here."],
  ["closed", true, "The account is closed.", "The account is closed. Kept here."],
  ["closed", true, "", "The site cannot. Kept here."],
]) {
  const said = message ? ` and the server said "${message}"` : "";
  test(`with trouble "${trouble}"${said}, the learner reads: ${expected}`, () => {
    assert.equal(told(words, trouble, kept, message), expected);
  });
}

for (const [time, expected] of [
  ["PT0S", ""],
  ["PT3.5S", "3 s"],
  ["PT12M3S", "12 min 3 s"],
  ["PT1H", "1 h 0 min"],
  ["P1DT2H30M", "26 h 30 min"],
  ["PT90M", "1 h 30 min"],
  ["nonsense", ""],
]) {
  test(`${time} reads “${expected}”`, () => assert.equal(duration(words, time), expected));
}

test("a place without a value stays as it is", () => {
  assert.equal(fill("{count} of {all}", { count: 2 }), "2 of {all}");
});

test("only what is known is listed", () => {
  const result = { completion: "completed", success: "passed", score: "80 %", time: "PT2M0S" };
  assert.deepEqual(facts(words, result), [
    ["Result", "Completed, Passed"],
    ["Score", "80 %"],
    ["Time", "2 min 0 s"],
  ]);
  const unknown = { completion: "unknown", success: "unknown", score: null, time: "PT0S" };
  assert.deepEqual(facts(words, unknown), []);
});
