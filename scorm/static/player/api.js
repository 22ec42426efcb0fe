// The two API objects that content finds: API_1484_11 (SCORM 2004 RTE 3) and API (1.2 RTE 3.1).

/**
 * @typedef {{initialize: () => boolean, set: (element: string, value: string) => void,
 *   commit: () => boolean, terminate: (request: string) => boolean}} Host
 * @typedef {import("./datamodel.js").DataModel} DataModel
 */

/** @param {unknown} value what content handed in, as the string it stands for */
function text(value) {
  return value === null || value === undefined ? "" : String(value);
}

/**
 * What the two versions share: the last error and its words.
 * @param {DataModel} model
 */
function errors(model) {
  const texts = new Map(Object.entries(model.table.errors));
  let last = "0";
  let about = "";
  return {
    /** @param {number} code @param {string} [words] */
    say(code, words) {
      last = String(code);
      about = words || "";
    },
    last: () => last,
    /** @param {unknown} code */
    string: (code) => texts.get(text(code)) || "",
    /** @param {unknown} code */
    diagnostic(code) {
      const asked = text(code);
      if (asked === "" || asked === last) return (about || texts.get(last) || "").slice(0, 254);
      return texts.get(asked) || "";
    },
  };
}

/**
 * @param {{model: DataModel, host: Host}} parts
 * @returns the object for `window.API_1484_11`
 */
export function createApi2004({ model, host }) {
  let state = "not initialized";
  const error = errors(model);

  /** @param {number} code @param {string} words @param {string} [answer] */
  function refuse(code, words, answer) {
    error.say(code, words);
    return answer === undefined ? "false" : answer;
  }

  function done() {
    error.say(0);
    return "true";
  }

  return Object.freeze({
    version: "1.0",

    Initialize(/** @type {unknown} */ parameter) {
      if (state === "terminated") return refuse(104, "Initialize was called after Terminate.");
      if (text(parameter) !== "") return refuse(201, 'Initialize takes "" and nothing else.');
      if (state === "running") return refuse(103, "Initialize was called twice.");
      if (!host.initialize()) return refuse(102, "The learner's data could not be opened.");
      state = "running";
      return done();
    },

    Terminate(/** @type {unknown} */ parameter) {
      if (state === "terminated") return refuse(113, "Terminate was called twice.");
      if (state !== "running") return refuse(112, "Terminate was called before Initialize.");
      if (text(parameter) !== "") return refuse(201, 'Terminate takes "" and nothing else.');
      const request = model.get("adl.nav.request")[0];
      if (!host.terminate(request)) return refuse(111, "The data could not be kept.");
      state = "terminated";
      return done();
    },

    GetValue(/** @type {unknown} */ element) {
      if (state === "terminated") return refuse(123, "GetValue was called after Terminate.", "");
      if (text(element) === "") return refuse(301, "GetValue needs an element.", "");
      if (state !== "running") return refuse(122, "GetValue was called before Initialize.", "");
      const [value, code] = model.get(text(element));
      error.say(code, code ? `${text(element)} cannot be read (${error.string(code)}).` : "");
      return value;
    },

    SetValue(/** @type {unknown} */ element, /** @type {unknown} */ value) {
      if (state === "terminated") return refuse(133, "SetValue was called after Terminate.");
      if (state !== "running") return refuse(132, "SetValue was called before Initialize.");
      if (text(element) === "") return refuse(351, "SetValue needs an element.");
      const code = model.set(text(element), text(value));
      if (code) {
        const shown = text(value).slice(0, 60);
        return refuse(code, `${text(element)} did not take “${shown}” (${error.string(code)}).`);
      }
      host.set(text(element), text(value));
      return done();
    },

    Commit(/** @type {unknown} */ parameter) {
      if (state === "terminated") return refuse(143, "Commit was called after Terminate.");
      if (text(parameter) !== "") return refuse(201, 'Commit takes "" and nothing else.');
      if (state !== "running") return refuse(142, "Commit was called before Initialize.");
      if (!host.commit()) return refuse(391, "The data could not be kept on this device.");
      return done();
    },

    GetLastError: () => error.last(),
    GetErrorString: (/** @type {unknown} */ code) => error.string(code),
    GetDiagnostic: (/** @type {unknown} */ code) => error.diagnostic(code),
  });
}

/**
 * @param {{model: DataModel, host: Host}} parts
 * @returns the object for `window.API`
 */
export function createApi12({ model, host }) {
  let state = "not initialized";
  const error = errors(model);

  /** @param {number} code @param {string} words @param {string} [answer] */
  function refuse(code, words, answer) {
    error.say(code, words);
    return answer === undefined ? "false" : answer;
  }

  function done() {
    error.say(0);
    return "true";
  }

  return Object.freeze({
    LMSInitialize(/** @type {unknown} */ parameter) {
      if (text(parameter) !== "") return refuse(201, 'LMSInitialize takes "" and nothing else.');
      if (state === "running") return refuse(101, "LMSInitialize was called twice.");
      if (!host.initialize()) return refuse(101, "The learner's data could not be opened.");
      state = "running";
      return done();
    },

    LMSFinish(/** @type {unknown} */ parameter) {
      if (state !== "running") return refuse(301, "LMSFinish was called before LMSInitialize.");
      if (text(parameter) !== "") return refuse(201, 'LMSFinish takes "" and nothing else.');
      if (!host.terminate("_none_")) return refuse(101, "The data could not be kept.");
      state = "finished";
      return done();
    },

    LMSGetValue(/** @type {unknown} */ element) {
      if (state !== "running") return refuse(301, "LMSGetValue needs LMSInitialize first.", "");
      const [value, code] = model.get(text(element));
      error.say(code, code ? `${text(element)} cannot be read (${error.string(code)}).` : "");
      return value;
    },

    LMSSetValue(/** @type {unknown} */ element, /** @type {unknown} */ value) {
      if (state !== "running") return refuse(301, "LMSSetValue needs LMSInitialize first.");
      const code = model.set(text(element), text(value));
      if (code) {
        const shown = text(value).slice(0, 60);
        return refuse(code, `${text(element)} did not take “${shown}” (${error.string(code)}).`);
      }
      host.set(text(element), text(value));
      return done();
    },

    LMSCommit(/** @type {unknown} */ parameter) {
      if (state !== "running") return refuse(301, "LMSCommit needs LMSInitialize first.");
      if (text(parameter) !== "") return refuse(201, 'LMSCommit takes "" and nothing else.');
      if (!host.commit()) return refuse(101, "The data could not be kept on this device.");
      return done();
    },

    LMSGetLastError: () => error.last(),
    LMSGetErrorString: (/** @type {unknown} */ code) => error.string(code),
    LMSGetDiagnostic: (/** @type {unknown} */ code) => error.diagnostic(code),
  });
}
