// Asks the page's data model what the test asks the server's, and prints the answers as JSON.
import { readFile } from "node:fs/promises";
import { DataModel } from "../../../scorm/static/player/datamodel.js";

const { table, languages, values, calls } = JSON.parse(await readFile(process.argv[2], "utf8"));
const model = new DataModel({ table, languages, values });
const answers = calls.map(([setting, name, value]) =>
  setting ? model.set(name, value) : model.get(name),
);
process.stdout.write(JSON.stringify(answers));
