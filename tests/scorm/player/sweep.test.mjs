// What the content of a preview has stored goes at its end.

import assert from "node:assert/strict";
import test from "node:test";

import { sweep } from "../../../scorm/static/player/sweep.js";

/** A store whose keys are its own properties, as the browser's is. */
function storage(values) {
  const found = { ...values };
  Object.defineProperty(found, "removeItem", { value: (key) => delete found[key] });
  return found;
}

function page(more = {}) {
  const gone = [];
  return {
    gone,
    localStorage: storage({ bookmark: "3" }),
    sessionStorage: storage({ seen: "1", "outbox/r/s/00000001": "{}" }),
    indexedDB: {
      databases: async () => [{ name: "course" }, {}],
      deleteDatabase: (name) => gone.push(name),
    },
    caches: { keys: async () => ["pages"], delete: async (name) => gone.push(name) },
    ...more,
  };
}

test("content's storage is emptied, and what waits to be sent stays", async () => {
  const found = page();
  await sweep(found);
  assert.deepEqual(Object.keys(found.localStorage), []);
  assert.deepEqual(Object.keys(found.sessionStorage), ["outbox/r/s/00000001"]);
  assert.deepEqual(found.gone, ["course", "pages"]);
});

test("what the browser does not have, or does not tell, is passed over", async () => {
  const found = page({ caches: undefined, indexedDB: {} });
  await sweep(found);
  assert.deepEqual(found.gone, []);
});

test("storage that the browser keeps shut holds nothing", async () => {
  const shut = {
    get localStorage() {
      throw new DOMException("shut", "SecurityError");
    },
  };
  await sweep(shut);
});

test("anything else that goes wrong is not hidden", async () => {
  await assert.rejects(sweep(page({ localStorage: null })), TypeError);
});
