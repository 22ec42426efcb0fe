// What the tests of the API stand on: the tables, a model, and a host that remembers.
import { readFile } from "node:fs/promises";
import { createApi12, createApi2004 } from "../../../scorm/static/player/api.js";
import { createDataModel } from "../../../scorm/static/player/datamodel.js";

const read = async (name) =>
  JSON.parse(await readFile(new URL(`../../../scorm/cmi/${name}`, import.meta.url), "utf8"));

export const tables = {
  1.2: await read("elements_12.json"),
  2004: await read("elements_2004.json"),
};
export const languages = await read("languages.json");

/** A host whose answers a test may change, and the list of what it was asked. */
export function remembering(answers = {}) {
  const asked = [];
  const answer = (name) => (...rest) => {
    asked.push([name, ...rest]);
    return name in answers ? answers[name] : true;
  };
  const host = {};
  for (const name of ["initialize", "set", "commit", "terminate"]) host[name] = answer(name);
  return { host, asked };
}

/** An API object of a standard, on a model of its own. */
export function launched(standard, { values = {}, host = remembering().host, ...more } = {}) {
  const model = createDataModel({ table: tables[standard], languages, values, ...more });
  const create = standard === "1.2" ? createApi12 : createApi2004;
  return { api: create({ model, host }), model };
}
