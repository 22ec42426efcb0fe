// Puts the same calls to the page's side that a Python test puts to the server's, and prints the
// answers as JSON. A file of {launches: [{table, languages, values, stores, valid, edition, calls}]}
// comes in; a call is [function, …arguments] of the API object, or of the model when it is "get"
// or "set".
import { readFile } from "node:fs/promises";
import { play } from "../../conformance/content.mjs";
import { createApi12, createApi2004 } from "../../../scorm/static/player/api.js";
import { createDataModel } from "../../../scorm/static/player/datamodel.js";

const { tables, languages, launches } = JSON.parse(await readFile(process.argv[2], "utf8"));
const host = { initialize: () => true, set: () => {}, commit: () => true, terminate: () => true };

const answers = launches.map(({ standard, values, stores, valid, edition, calls }) => {
  const table = tables[standard];
  const options = { table, languages, values, stores, edition, valid: () => valid || {} };
  const model = createDataModel(options);
  const api = standard === "1.2" ? createApi12({ model, host }) : createApi2004({ model, host });
  const given = calls.map(([name, ...rest]) => {
    if (name === "get") return model.get(rest[0]);
    if (name === "set") return model.set(rest[0], rest[1]);
    if (standard === "2004") return play(api, [[name, ...rest]])[0];
    return [api[name](...rest), api.LMSGetLastError()];
  });
  return { given, values: model.values(), warnings: model.warnings };
});
process.stdout.write(JSON.stringify(answers));
