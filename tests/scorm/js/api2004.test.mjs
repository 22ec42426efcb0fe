import assert from "node:assert/strict";
import { test } from "node:test";
import { launched, remembering, tables } from "./ground.mjs";

/** An API object in one of its states. */
function inState(state, options) {
  const made = launched("2004", options);
  if (state !== "new") made.api.Initialize("");
  if (state === "over") made.api.Terminate("");
  return made.api;
}

const CALLS = [
  ["new", "Initialize", [""], "true", "0"],
  ["new", "Initialize", ["x"], "false", "201"],
  ["running", "Initialize", [""], "false", "103"],
  ["running", "Initialize", ["x"], "false", "201"],
  ["over", "Initialize", [""], "false", "104"],
  ["over", "Initialize", ["x"], "false", "104"],
  ["new", "Terminate", [""], "false", "112"],
  ["new", "Terminate", ["x"], "false", "112"],
  ["running", "Terminate", ["x"], "false", "201"],
  ["running", "Terminate", [""], "true", "0"],
  ["over", "Terminate", [""], "false", "113"],
  ["new", "GetValue", ["cmi.mode"], "", "122"],
  ["new", "GetValue", [""], "", "301"],
  ["running", "GetValue", [""], "", "301"],
  ["running", "GetValue", ["cmi.mode"], "normal", "0"],
  ["over", "GetValue", ["cmi.mode"], "", "123"],
  ["over", "GetValue", [""], "", "123"],
  ["new", "SetValue", ["cmi.location", "1"], "false", "132"],
  ["new", "SetValue", ["", "1"], "false", "132"],
  ["running", "SetValue", ["", "1"], "false", "351"],
  ["running", "SetValue", ["cmi.location", "1"], "true", "0"],
  ["over", "SetValue", ["cmi.location", "1"], "false", "133"],
  ["new", "Commit", [""], "false", "142"],
  ["new", "Commit", ["x"], "false", "201"],
  ["running", "Commit", ["x"], "false", "201"],
  ["running", "Commit", [""], "true", "0"],
  ["over", "Commit", [""], "false", "143"],
  ["over", "Commit", ["x"], "false", "143"],
];

for (const [state, name, given, result, error] of CALLS) {
  test(`${name}(${given.join(", ")}) while ${state} answers ${result || '""'} and ${error}`, () => {
    const api = inState(state);
    assert.equal(api[name](...given), result);
    assert.equal(api.GetLastError(), error);
  });
}

for (const [name, error] of [["initialize", "102"], ["commit", "391"], ["terminate", "111"]]) {
  test(`a host that cannot ${name} makes the call fail with ${error}`, () => {
    const { host } = remembering({ [name]: false });
    const api = inState(name === "initialize" ? "new" : "running", { host });
    const call = name.charAt(0).toUpperCase() + name.slice(1);
    assert.equal(api[call](""), "false");
    assert.equal(api.GetLastError(), error);
  });
}

test("a refused Terminate leaves the session running", () => {
  const answers = { terminate: false };
  const api = inState("running", { host: remembering(answers).host });
  api.Terminate("");
  assert.equal(api.GetValue("cmi.mode"), "normal");
  answers.terminate = true;
  assert.equal(api.Terminate(""), "true");
});

test("an Initialize with an argument may be tried again", () => {
  const api = inState("new");
  api.Initialize("x");
  assert.equal(api.Initialize(""), "true");
});

test("the host hears of each value that was taken, and of none that was not", () => {
  const { host, asked } = remembering();
  const api = inState("running", { host });
  api.SetValue("cmi.location", "page 1");
  api.SetValue("cmi.score.scaled", "7");
  api.SetValue("cmi.score.scaled", 0.5);
  assert.deepEqual(asked, [
    ["initialize"],
    ["set", "cmi.location", "page 1"],
    ["set", "cmi.score.scaled", "0.5"],
  ]);
});

test("Terminate hands over the navigation request that was set last", () => {
  const { host, asked } = remembering();
  const api = inState("running", { host });
  api.SetValue("adl.nav.request", "previous");
  api.SetValue("adl.nav.request", "{target=a.b}choice");
  api.Terminate("");
  assert.deepEqual(asked.pop(), ["terminate", "{target=a.b}choice"]);
});

test("without a navigation request Terminate hands over none", () => {
  const { host, asked } = remembering();
  inState("over", { host });
  assert.deepEqual(asked.pop(), ["terminate", "_none_"]);
});

test("content hears which navigation requests are valid now", () => {
  let now = { continue: "false", choice: { "a.1": "true" } };
  const api = inState("running", { valid: () => now });
  assert.equal(api.GetValue("adl.nav.request_valid.continue"), "false");
  assert.equal(api.GetValue("adl.nav.request_valid.choice.{target=a.1}"), "true");
  now = { continue: "true" };
  assert.equal(api.GetValue("adl.nav.request_valid.continue"), "true");
  assert.equal(api.GetValue("adl.nav.request_valid.choice.{target=a.1}"), "false");
});

test("the host's log hears every call with its answer", () => {
  const { host } = remembering();
  const calls = [];
  host.log = (call) => calls.push([call.name, call.arguments, call.result, call.error]);
  const api = inState("running", { host });
  api.SetValue("cmi.mode", "review");
  api.GetLastError();
  api.GetErrorString("404");
  assert.deepEqual(calls, [
    ["Initialize", [""], "true", "0"],
    ["SetValue", ["cmi.mode", "review"], "false", "404"],
    ["GetLastError", [], "404", "404"],
    ["GetErrorString", ["404"], "Data Model Element Is Read Only", "404"],
  ]);
});

const throws = {
  toString() {
    throw new Error("mine");
  },
};
for (const [value, kept] of [
  [null, ""],
  [undefined, ""],
  [0.5, "0.5"],
  [-0, "0"],
  [true, "true"],
  [["a", "b"], "a,b"],
  [Object.create(null), ""],
  [throws, ""],
]) {
  test(`a value that is no string is kept as ${JSON.stringify(kept)}`, () => {
    const api = inState("running");
    assert.equal(api.SetValue("cmi.location", value), "true");
    assert.equal(api.GetValue("cmi.location"), kept);
  });
}

test("calls without an argument count as with an empty one", () => {
  const api = inState("new");
  assert.equal(api.Initialize(), "true");
  assert.equal(api.Commit(null), "true");
  assert.equal(api.GetValue(), "");
  assert.equal(api.GetLastError(), "301");
});

const NAMES = ["settings", "constructor", "prototype", "__proto__", "cmi.__proto__.x", "toString"];
NAMES.push("cmi.constructor.prototype.x", "cmi", "adl", "host", "model", "cmi.objectives");

for (const name of NAMES) {
  test(`${name} reaches nothing inside the API`, () => {
    const { api, model } = launched("2004");
    api.Initialize("");
    assert.equal(api.SetValue(name, "polluted"), "false");
    assert.equal(api.GetLastError(), "401");
    assert.equal(api.GetValue(name), "");
    assert.equal(api.GetLastError(), "401");
    assert.equal({}.x, undefined);
    assert.deepEqual(Object.keys(model.values()), []);
  });
}

test("a name that objects have by themselves is no activity that may be chosen", () => {
  const api = inState("running", { valid: () => ({ choice: {} }) });
  const name = "adl.nav.request_valid.choice.{target=constructor}";
  assert.equal(api.GetValue(name), "false");
});

test("the object has eight functions and a version, and cannot be changed", () => {
  const api = inState("new");
  assert.deepEqual(Object.keys(api).sort(), [
    "Commit",
    "GetDiagnostic",
    "GetErrorString",
    "GetLastError",
    "GetValue",
    "Initialize",
    "SetValue",
    "Terminate",
    "version",
  ]);
  assert.equal(api.version, "1.0");
  assert.throws(() => {
    api.GetValue = () => "mine";
  }, TypeError);
});

test("every code has words and what is none has not", () => {
  const api = inState("new");
  for (const [code, words] of Object.entries(tables[2004].errors)) {
    assert.equal(api.GetErrorString(code), words);
    assert.ok(words.length > 0 && words.length < 255);
  }
  for (const code of ["", "001", "1444", "constructor", "__proto__", null]) {
    assert.equal(api.GetErrorString(code), "");
  }
  assert.equal(api.GetErrorString(402), "Unimplemented Data Model Element");
});

test("functions that tell of errors leave the last one as it is", () => {
  const api = inState("running");
  api.GetValue("cmi.nothing");
  api.GetErrorString("0");
  api.GetDiagnostic("");
  assert.equal(api.GetLastError(), "401");
});

test("a call that goes well clears the last error", () => {
  const api = inState("running");
  api.GetValue("cmi.nothing");
  api.GetValue("cmi.mode");
  assert.equal(api.GetLastError(), "0");
  assert.equal(api.GetDiagnostic(""), "No Error");
});
