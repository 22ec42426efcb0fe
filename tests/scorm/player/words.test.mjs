import assert from "node:assert/strict";
import { test } from "node:test";

import { choosable, duration, ending, facts, fill, told, ways } from "../../../scorm/static/player/words.js";

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
  choose: "Choose a part",
  choose_how: "In the contents.",
  part_over: "Part over",
  go_on: "Continue.",
  go_back: "Previous.",
  only_exit: "Exit.",
  ended: "Left",
  finished: "Finished",
  suspended: "Kept",
  blocked: "Closed",
  ask: "Ask.",
  look: "Only look.",
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

const closed = { id: "a", enabled: false, children: [] };
const open = { id: "b", enabled: true, children: [] };

test("what is below an entry can be chosen too", () => {
  assert.equal(choosable([]), false);
  assert.equal(choosable([closed, { ...closed, children: [closed] }]), false);
  assert.equal(choosable([closed, { ...closed, children: [closed, open] }]), true);
});

for (const [navigation, toc, heading, paragraphs] of [
  [{}, [open], "Choose a part", ["In the contents."]],
  [{ continue: true }, [open], "Choose a part", ["In the contents.", "Continue."]],
  [{ continue: true }, [closed], "Part over", ["Continue."]],
  [{ continue: true, previous: true }, [closed], "Part over", ["Continue.", "Previous."]],
  [{ previous: true }, [], "Part over", ["Previous."]],
  [{ suspend: true, exit: true }, [closed], "Part over", ["Exit."]],
]) {
  const valid = Object.keys(navigation).concat(toc[0] === open ? "choice" : []).join(", ");
  test(`where nothing is open and there is ${valid}, it says ${paragraphs.join(" ")}`, () => {
    assert.deepEqual(ways(words, { navigation, toc }), { heading, paragraphs });
  });
}

const unknown = { completion: "unknown", success: "unknown", score: null, time: "PT0S" };
const completed = { ...unknown, completion: "completed" };

for (const [state, message, result, choose, heading, paragraphs] of [
  ["ended", "Left the course.", unknown, false, "Left", []],
  ["ended", "The last part.", completed, false, "Finished", ["The last part."]],
  ["suspended", "You can resume.", completed, false, "Kept", ["You can resume."]],
  ["blocked", "No way in.", unknown, false, "Closed", ["No way in.", "Ask."]],
  ["blocked", "No way in.", completed, false, "Closed", ["No way in.", "Only look."]],
  ["blocked", "No way in.", unknown, true, "Closed", ["No way in.", "In the contents."]],
]) {
  const known = `${result.completion}${choose ? ", with something to choose" : ""}`;
  test(`a course that is ${state}, its result ${known}, says ${paragraphs.join(" ")}`, () => {
    const page = ending(words, { state, message, result }, choose);
    assert.deepEqual([page.heading, page.paragraphs], [heading, paragraphs]);
  });
}
