import assert from "node:assert/strict";
import { test } from "node:test";
import { launched, remembering, tables } from "./ground.mjs";

/** An API object in one of its states. */
function inState(state, options) {
  const made = launched("1.2", options);
  if (state !== "new") made.api.LMSInitialize("");
  if (state === "over") made.api.LMSFinish("");
  return made.api;
}

const CALLS = [
  ["new", "LMSInitialize", [""], "true", "0"],
  ["new", "LMSInitialize", ["x"], "false", "201"],
  ["running", "LMSInitialize", [""], "false", "101"],
  ["running", "LMSInitialize", ["x"], "false", "201"],
  ["over", "LMSInitialize", [""], "true", "0"],
  ["new", "LMSFinish", [""], "false", "301"],
  ["running", "LMSFinish", ["x"], "false", "201"],
  ["running", "LMSFinish", [""], "true", "0"],
  ["over", "LMSFinish", [""], "false", "301"],
  ["new", "LMSGetValue", ["cmi.core.credit"], "", "301"],
  ["running", "LMSGetValue", ["cmi.core.credit"], "credit", "0"],
  ["running", "LMSGetValue", [""], "", "401"],
  ["over", "LMSGetValue", ["cmi.core.credit"], "", "301"],
  ["new", "LMSSetValue", ["cmi.suspend_data", "x"], "false", "301"],
  ["running", "LMSSetValue", ["cmi.suspend_data", "x"], "true", "0"],
  ["running", "LMSSetValue", ["cmi.core.credit", "x"], "false", "403"],
  ["over", "LMSSetValue", ["cmi.suspend_data", "x"], "false", "301"],
  ["new", "LMSCommit", [""], "false", "301"],
  ["running", "LMSCommit", ["x"], "false", "201"],
  ["running", "LMSCommit", [""], "true", "0"],
  ["over", "LMSCommit", [""], "false", "301"],
];

for (const [state, name, given, result, error] of CALLS) {
  test(`${name}(${given.join(", ")}) while ${state} answers ${result || '""'} and ${error}`, () => {
    const api = inState(state);
    assert.equal(api[name](...given), result);
    assert.equal(api.LMSGetLastError(), error);
  });
}

const FAILURES = [
  ["initialize", "LMSInitialize"],
  ["commit", "LMSCommit"],
  ["terminate", "LMSFinish"],
];
for (const [name, call] of FAILURES) {
  test(`a host that cannot ${name} makes the call fail with 101`, () => {
    const { host } = remembering({ [name]: false });
    const api = inState(name === "initialize" ? "new" : "running", { host });
    assert.equal(api[call](""), "false");
    assert.equal(api.LMSGetLastError(), "101");
  });
}

test("LMSFinish with an argument leaves the session running", () => {
  const api = inState("running");
  api.LMSFinish("x");
  assert.equal(api.LMSFinish(""), "true");
});

test("before LMSInitialize there is no error", () => {
  assert.equal(inState("new").LMSGetLastError(), "0");
});

test("the host hears what was added to the comments, not the whole", () => {
  const { host, asked } = remembering();
  const api = inState("running", { host });
  api.LMSSetValue("cmi.comments", "A");
  api.LMSSetValue("cmi.comments", " A again");
  assert.equal(api.LMSGetValue("cmi.comments"), "A A again");
  assert.deepEqual(asked.pop(), ["set", "cmi.comments", " A again"]);
});

test("LMSFinish asks for no navigation", () => {
  const { host, asked } = remembering();
  inState("over", { host });
  assert.deepEqual(asked.pop(), ["terminate", "_none_"]);
});

test("every code has words, and 407 is none of them", () => {
  const api = inState("new");
  for (const [code, words] of Object.entries(tables["1.2"].errors)) {
    assert.equal(api.LMSGetErrorString(code), words);
  }
  assert.equal(api.LMSGetErrorString("407"), "");
  assert.equal(api.LMSGetErrorString(""), "");
});

test("the object has eight functions and cannot be changed", () => {
  const api = inState("new");
  assert.equal(Object.keys(api).length, 8);
  assert.ok(Object.keys(api).every((name) => name.startsWith("LMS")));
  assert.ok(Object.isFrozen(api));
});

test("the log hears the calls under their own names", () => {
  const { host } = remembering();
  const calls = [];
  host.log = (call) => calls.push(call.name);
  inState("over", { host }).LMSGetLastError();
  assert.deepEqual(calls, ["LMSInitialize", "LMSFinish", "LMSGetLastError"]);
});
