// The run-time log of a preview: what it keeps of every call, and how much. No page is needed.

import assert from "node:assert/strict";
import test from "node:test";

import { Journal } from "../../../scorm/static/player/log.js";

const ERRORS = { 406: "Data Model Element Type Mismatch", 407: "Data Model Element Value Out Of Range" };
const ALL = { errorsOnly: false, search: "" };

function journal() {
  const clock = { now: 1000 };
  return { clock, log: new Journal(() => clock.now) };
}

function call(name, given, result = "true", error = "0", diagnostic = "") {
  return { name, arguments: given, result, error, diagnostic };
}

test("a call is kept with its element, value, answer and time since the launch", () => {
  const { clock, log } = journal();
  clock.now = 1250;
  log.add(call("SetValue", ["cmi.location", "3"]), "One", ERRORS);
  const [line] = log.matching(ALL);
  assert.deepEqual(
    [line.at, line.part, line.call, line.element, line.value, line.result, line.failed],
    [250, "One", "SetValue", "cmi.location", "3", "true", false],
  );
});

test("a call in error has the code, its name and the words", () => {
  const { log } = journal();
  log.add(call("SetValue", ["cmi.score.scaled", "7"], "false", "407", "Too much."), "One", ERRORS);
  const [line] = log.matching({ errorsOnly: true, search: "" });
  assert.deepEqual([line.error, line.name, line.words], ["407", ERRORS[407], "Too much."]);
  assert.equal(log.errors, 1);
});

test("to ask for the last error is no error", () => {
  const { log } = journal();
  for (const prefix of ["", "LMS"]) {
    log.add(call(`${prefix}GetLastError`, [], "407", "407"), "One", ERRORS);
    log.add(call(`${prefix}GetErrorString`, ["407"], "x", "407"), "One", ERRORS);
  }
  assert.equal(log.errors, 0);
  assert.equal(log.matching({ errorsOnly: true, search: "" }).length, 0);
});

test("a value that the site refused is said once", () => {
  const { log } = journal();
  const refused = { number: 4, element: "cmi.location", error: "406" };
  const words = { site: "Site", refused: "refused" };
  log.refuse(refused, ERRORS, words);
  log.refuse(refused, ERRORS, words);
  const [line, ...more] = log.matching(ALL);
  assert.deepEqual(more, []);
  assert.deepEqual([line.call, line.element, line.result, line.name], ["Site", "cmi.location", "refused", ERRORS[406]]);
});

test("what the player does by itself is in it, and is no call and no error", () => {
  const { log } = journal();
  log.note("One", "Time limit passed", { element: "cmi.max_time_allowed", value: "PT10M", result: "exit,message" });
  log.note("One", "Part closed", { result: "exit" });
  const [first, second] = log.matching(ALL);
  assert.deepEqual(
    [first.part, first.call, first.element, first.value, first.result],
    ["One", "Time limit passed", "cmi.max_time_allowed", "PT10M", "exit,message"],
  );
  assert.deepEqual([second.element, second.value, second.failed], ["", "", false]);
  assert.deepEqual([log.calls, log.errors], [0, 0]);
});

test("a search finds any text of a call, whatever its case", () => {
  const { log } = journal();
  log.add(call("SetValue", ["cmi.location", "Page Three"]), "One", ERRORS);
  log.add(call("GetValue", ["cmi.entry"], "resume"), "One", ERRORS);
  assert.equal(log.matching({ errorsOnly: false, search: "page three" }).length, 1);
  assert.equal(log.matching({ errorsOnly: false, search: "CMI.ENTRY" }).length, 1);
  assert.equal(log.matching({ errorsOnly: true, search: "entry" }).length, 0);
});

test("the newest calls are kept, and how many are gone is known", () => {
  const { log } = journal();
  for (let n = 0; n < 12000; n += 1) log.add(call("GetValue", ["cmi.location"], String(n)), "One", ERRORS);
  const kept = log.matching(ALL);
  assert.ok(kept.length >= 5000 && kept.length <= 5100);
  assert.equal(kept[kept.length - 1].result, "11999");
  assert.equal(log.dropped + kept.length, 12000);
});

test("long values do not fill the memory", () => {
  const { log } = journal();
  for (let n = 0; n < 30; n += 1) {
    log.add(call("SetValue", ["cmi.suspend_data", String(n).padEnd(1000000, "x")]), "One", ERRORS);
  }
  const kept = log.matching(ALL);
  assert.ok(kept.length <= 8);
  assert.ok(kept[kept.length - 1].value.startsWith("29"));
});

test("the file has every call that is kept, with what is wrong where something is", () => {
  const { clock, log } = journal();
  clock.now = 2500;
  log.add(call("Initialize", [""]), "One", ERRORS);
  log.add(call("SetValue", ["cmi.score.scaled", "7"], "false", "407", "Too much."), "One", ERRORS);
  const { calls, dropped } = JSON.parse(JSON.stringify(log));
  assert.equal(dropped, 0);
  assert.deepEqual(calls[0], {
    seconds: 1.5, part: "One", call: "Initialize", element: "", value: "", result: "true", error: "0",
  });
  assert.equal(calls[1].diagnostic, "Too much.");
  assert.equal(calls[1].error_name, ERRORS[407]);
});

test("cleared, it begins anew and still knows later calls from earlier ones", () => {
  const { log } = journal();
  log.add(call("Initialize", [""]), "One", ERRORS);
  log.clear();
  log.add(call("Terminate", [""]), "One", ERRORS);
  const [line] = log.matching(ALL, 1);
  assert.equal(line.call, "Terminate");
  assert.equal(log.errors, 0);
});

test("an element's name is cut, and counts among the characters that are kept", () => {
  const { log } = journal();
  log.add(call("GetValue", ["x".repeat(100000)], "", "401"), "One", ERRORS);
  log.refuse({ number: 1, element: "y".repeat(100000), error: "401" }, ERRORS, { site: "Site", refused: "no" });
  for (const line of log.matching(ALL)) assert.equal(line.element.length, 501);
  assert.ok(log.characters >= 1002);
  while (log.lines.length) log.forget(log.lines.pop());
  assert.equal(log.characters, 0);
});

test("what the site refuses is no call of the content's", () => {
  const { log } = journal();
  log.add(call("SetValue", ["cmi.location", "3"]), "One", ERRORS);
  log.refuse({ number: 1, element: "cmi.location", error: "406" }, ERRORS, { site: "Site", refused: "no" });
  assert.equal(log.calls, 1);
  assert.equal(log.matching(ALL).length, 2);
  log.clear();
  assert.equal(log.calls, 0);
});
