// The two API objects that content finds: API_1484_11 (SCORM 2004 RTE 3) and API (1.2 RTE 3.1).
// Both are closed: what they know is out of reach of the names that content hands in.

import { diagnose, shortened } from "./diagnostics.js";

/**
 * @typedef {import("./datamodel.js").DataModel} DataModel
 * @typedef {{name: string, arguments: string[], result: string, error: string,
 *   diagnostic: string}} Call what was asked and answered
 * @typedef {{initialize: () => boolean, set: (element: string, value: string) => void,
 *   commit: () => boolean, terminate: (request: string) => boolean,
 *   log?: (call: Call) => void}} Host
 */

/** @param {unknown} value what content handed in, as the string it stands for */
function text(value) {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  try {
    return String(value);
  } catch {
    // An object that has no string, or throws instead of giving one: content's own code.
    return "";
  }
}

/** What the two versions share: the state, the last error and its words, the journal of calls. */
class Conversation {
  /** @param {DataModel} model @param {Host} host */
  constructor(model, host) {
    this.model = model;
    this.host = host;
    this.texts = new Map(Object.entries(model.table.errors));
    /** @type {"new" | "running" | "over"} */
    this.state = "new";
    this.error = "0";
    this.words = "";
  }

  /**
   * Answer a call.
   * @param {string} name
   * @param {string[]} given
   * @param {string} result
   * @param {number} code
   * @param {string} [words] what GetDiagnostic says about it
   */
  answer(name, given, result, code, words) {
    this.error = String(code);
    this.words = shortened(words || "");
    this.log(name, given, result);
    return result;
  }

  /** @param {string} name @param {string[]} given @param {string} result */
  log(name, given, result) {
    if (!this.host.log) return;
    const { error, words } = this;
    this.host.log({ name, arguments: given, result, error, diagnostic: words });
  }

  /** @param {string} name @param {string} element */
  read(name, element) {
    const [value, code] = this.model.get(element);
    return this.answer(name, [element], value, code, code ? diagnose(this.model, element) : "");
  }

  /** @param {string} name @param {string} element @param {string} value */
  write(name, element, value) {
    const code = this.model.set(element, value);
    if (code) {
      const words = diagnose(this.model, element, value);
      return this.answer(name, [element, value], "false", code, words);
    }
    this.host.set(element, value);
    return this.answer(name, [element, value], "true", 0);
  }

  /** The three functions that tell of errors and never change them.
   * @param {string} prefix */
  errorFunctions(prefix) {
    const say = (/** @type {string} */ name, /** @type {string[]} */ given, result = "") => {
      this.log(prefix + name, given, result);
      return result;
    };
    return {
      last: () => say("GetLastError", [], this.error),
      string: (/** @type {unknown} */ code) => {
        const asked = text(code);
        return say("GetErrorString", [asked], this.texts.get(asked));
      },
      diagnostic: (/** @type {unknown} */ code) => {
        const asked = text(code);
        const about = asked === "" || asked === this.error ? this.words : "";
        return say("GetDiagnostic", [asked], about || this.texts.get(asked || this.error));
      },
    };
  }
}

/**
 * @param {{model: DataModel, host: Host}} parts
 * @returns the object for `window.API_1484_11`
 */
export function createApi2004({ model, host }) {
  const talk = new Conversation(model, host);
  const errors = talk.errorFunctions("");

  return Object.freeze({
    version: "1.0",

    Initialize(/** @type {unknown} */ parameter) {
      const given = text(parameter);
      const refuse = (/** @type {number} */ code, /** @type {string} */ words) =>
        talk.answer("Initialize", [given], "false", code, words);
      if (talk.state === "over") return refuse(104, "Initialize was called after Terminate.");
      if (given !== "") return refuse(201, 'Initialize takes "" and nothing else.');
      if (talk.state === "running") return refuse(103, "Initialize was called twice.");
      if (!host.initialize()) return refuse(102, "The learner's data could not be opened.");
      talk.state = "running";
      return talk.answer("Initialize", [given], "true", 0);
    },

    Terminate(/** @type {unknown} */ parameter) {
      const given = text(parameter);
      const refuse = (/** @type {number} */ code, /** @type {string} */ words) =>
        talk.answer("Terminate", [given], "false", code, words);
      if (talk.state === "over") return refuse(113, "Terminate was called twice.");
      if (talk.state === "new") return refuse(112, "Terminate was called before Initialize.");
      if (given !== "") return refuse(201, 'Terminate takes "" and nothing else.');
      const request = model.get("adl.nav.request")[0];
      if (!host.terminate(request)) return refuse(111, "The data could not be kept.");
      talk.state = "over";
      return talk.answer("Terminate", [given], "true", 0);
    },

    GetValue(/** @type {unknown} */ element) {
      const name = text(element);
      const refuse = (/** @type {number} */ code, /** @type {string} */ words) =>
        talk.answer("GetValue", [name], "", code, words);
      if (talk.state === "over") return refuse(123, "GetValue was called after Terminate.");
      if (name === "") return refuse(301, "GetValue needs the name of an element.");
      if (talk.state === "new") return refuse(122, "GetValue was called before Initialize.");
      return talk.read("GetValue", name);
    },

    SetValue(/** @type {unknown} */ element, /** @type {unknown} */ value) {
      const name = text(element);
      const given = text(value);
      const refuse = (/** @type {number} */ code, /** @type {string} */ words) =>
        talk.answer("SetValue", [name, given], "false", code, words);
      if (talk.state === "over") return refuse(133, "SetValue was called after Terminate.");
      if (talk.state === "new") return refuse(132, "SetValue was called before Initialize.");
      if (name === "") return refuse(351, "SetValue needs the name of an element.");
      return talk.write("SetValue", name, given);
    },

    Commit(/** @type {unknown} */ parameter) {
      const given = text(parameter);
      const refuse = (/** @type {number} */ code, /** @type {string} */ words) =>
        talk.answer("Commit", [given], "false", code, words);
      if (talk.state === "over") return refuse(143, "Commit was called after Terminate.");
      if (given !== "") return refuse(201, 'Commit takes "" and nothing else.');
      if (talk.state === "new") return refuse(142, "Commit was called before Initialize.");
      if (!host.commit()) return refuse(391, "The data could not be kept.");
      return talk.answer("Commit", [given], "true", 0);
    },

    GetLastError: errors.last,
    GetErrorString: errors.string,
    GetDiagnostic: errors.diagnostic,
  });
}

/**
 * @param {{model: DataModel, host: Host}} parts
 * @returns the object for `window.API`
 */
export function createApi12({ model, host }) {
  const talk = new Conversation(model, host);
  const errors = talk.errorFunctions("LMS");

  return Object.freeze({
    LMSInitialize(/** @type {unknown} */ parameter) {
      const given = text(parameter);
      const refuse = (/** @type {number} */ code, /** @type {string} */ words) =>
        talk.answer("LMSInitialize", [given], "false", code, words);
      if (given !== "") return refuse(201, 'LMSInitialize takes "" and nothing else.');
      if (talk.state === "running") return refuse(101, "LMSInitialize was called twice.");
      if (!host.initialize()) return refuse(101, "The learner's data could not be opened.");
      talk.state = "running";
      return talk.answer("LMSInitialize", [given], "true", 0);
    },

    LMSFinish(/** @type {unknown} */ parameter) {
      const given = text(parameter);
      const refuse = (/** @type {number} */ code, /** @type {string} */ words) =>
        talk.answer("LMSFinish", [given], "false", code, words);
      if (talk.state !== "running") return refuse(301, "LMSFinish needs LMSInitialize first.");
      if (given !== "") return refuse(201, 'LMSFinish takes "" and nothing else.');
      if (!host.terminate("_none_")) return refuse(101, "The data could not be kept.");
      talk.state = "over";
      return talk.answer("LMSFinish", [given], "true", 0);
    },

    LMSGetValue(/** @type {unknown} */ element) {
      const name = text(element);
      if (talk.state === "running") return talk.read("LMSGetValue", name);
      return talk.answer("LMSGetValue", [name], "", 301, "LMSGetValue needs LMSInitialize first.");
    },

    LMSSetValue(/** @type {unknown} */ element, /** @type {unknown} */ value) {
      const name = text(element);
      const given = text(value);
      if (talk.state === "running") return talk.write("LMSSetValue", name, given);
      const words = "LMSSetValue needs LMSInitialize first.";
      return talk.answer("LMSSetValue", [name, given], "false", 301, words);
    },

    LMSCommit(/** @type {unknown} */ parameter) {
      const given = text(parameter);
      const refuse = (/** @type {number} */ code, /** @type {string} */ words) =>
        talk.answer("LMSCommit", [given], "false", code, words);
      if (talk.state !== "running") return refuse(301, "LMSCommit needs LMSInitialize first.");
      if (given !== "") return refuse(201, 'LMSCommit takes "" and nothing else.');
      if (!host.commit()) return refuse(101, "The data could not be kept.");
      return talk.answer("LMSCommit", [given], "true", 0);
    },

    LMSGetLastError: errors.last,
    LMSGetErrorString: errors.string,
    LMSGetDiagnostic: errors.diagnostic,
  });
}
