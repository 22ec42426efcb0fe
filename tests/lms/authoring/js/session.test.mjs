// The session with a learning site: what it says, what it survives.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Session, findApi } from "../../../../lms/authoring/content/session.js";
import { StrictHost } from "./strict_host.mjs";

const API = { "2004": "API_1484_11", "1.2": "API" };
const STATUS = { "2004": "cmi.completion_status", "1.2": "cmi.core.lesson_status" };

function begun(standard, values) {
  const host = new StrictHost(standard, values);
  const told = [];
  const session = new Session(standard, host.api, (saved) => told.push(saved));
  return { host, session, told };
}

for (const standard of ["2004", "1.2"]) {
  test(`in ${standard} a value is kept, stored and read again`, () => {
    const { host, session, told } = begun(standard);
    session.keep(STATUS[standard], "incomplete");
    session.commit();
    assert.equal(session.get(STATUS[standard]), "incomplete");
    assert.deepEqual([told, host.commits, host.refusals], [[true], 1, []]);
  });

  test(`in ${standard} a value that cannot be kept is tried again with each commit`, () => {
    const { host, session, told } = begun(standard);
    host.full.add("cmi.suspend_data");
    session.keep("cmi.suspend_data", "2;d;");
    session.commit();
    host.full.clear();
    session.commit();
    assert.deepEqual(told, [false, true]);
    assert.equal(host.values["cmi.suspend_data"], "2;d;");
  });

  test(`in ${standard} the session ends once and says nothing after`, () => {
    const { host, session } = begun(standard);
    session.end(false);
    session.end(true);
    session.set(STATUS[standard], "completed");
    session.commit();
    assert.equal(session.get(STATUS[standard]), "");
    assert.deepEqual([host.state, host.refusals], ["over", []]);
  });

  test(`in ${standard} nothing is set in review`, () => {
    const mode = standard === "2004" ? "cmi.mode" : "cmi.core.lesson_mode";
    const { host, session } = begun(standard, { [mode]: "review" });
    session.keep(STATUS[standard], "completed");
    session.commit();
    session.end(true);
    assert.deepEqual([host.sets, host.commits, host.state], [[], 0, "over"]);
  });
}

test("a part that is done leaves 2004 with suspend, and 1.2 with nothing", () => {
  const exits = ["2004", "1.2"].map((standard) => {
    const { host, session } = begun(standard);
    session.end(true);
    return host.sets.filter(([name]) => name.endsWith("exit"));
  });
  assert.deepEqual(exits, [[["cmi.exit", "suspend"]], [["cmi.core.exit", ""]]]);
});

test("a site that throws is a site that keeps nothing", () => {
  const throws = () => {
    throw new Error("broken");
  };
  const api = { Initialize: () => true, GetValue: throws, SetValue: throws, Commit: throws, Terminate: throws };
  const told = [];
  const session = new Session("2004", api, (saved) => told.push(saved));
  session.keep("cmi.location", "h1");
  session.commit();
  assert.equal(session.get("cmi.location"), "");
  session.end(true);
  assert.deepEqual(told, [false]);
});

test("a site that answers with nothing answers with an empty text", () => {
  const api = { Initialize: () => "true", GetValue: () => null, SetValue: () => "true", Commit: () => "true" };
  const session = new Session("2004", api, () => {});
  assert.equal(session.get("cmi.location"), "");
  assert.equal(session.recording, true);
});

test("without a site, or one that does not begin, nothing is recorded", () => {
  const refuses = { LMSInitialize: () => "false" };
  for (const api of [null, refuses]) {
    const session = new Session("1.2", api, () => assert.fail("nothing to tell"));
    session.keep("cmi.suspend_data", "2;");
    session.commit();
    session.end(true);
    assert.deepEqual([session.running, session.recording, session.get("cmi.comments")], [false, false, ""]);
  }
});

/** A window below others; the topmost is its own parent. */
function under(parent, more = {}) {
  const made = { opener: null, ...more };
  made.parent = parent || made;
  made.top = parent ? parent.top : made;
  return made;
}

test("the API is found several parents up", () => {
  const top = under(null, { API: "here" });
  assert.equal(findApi(under(under(under(top))), API["1.2"]), "here");
});

test("the API is found in the opener, above it, and in the opener of the top window", () => {
  const site = under(null, { API_1484_11: "here" });
  const popup = under(null, { opener: under(site) });
  for (const here of [popup, under(popup)]) assert.equal(findApi(here, API["2004"]), "here");
});

test("a parent of another origin is no reason to fail", () => {
  const foreign = new Proxy({}, {
    get: (_target, name) => {
      if (name === "API") throw new Error("SecurityError");
      return name === "opener" ? null : undefined;
    },
  });
  assert.equal(findApi({ opener: null, parent: foreign, top: foreign }, API["1.2"]), null);
  assert.equal(findApi(under(null), API["1.2"]), null);
});
