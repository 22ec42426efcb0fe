// Shows how far the upload is. Without this script the form works just the same.

for (const form of document.querySelectorAll("form[data-upload]")) {
  watch(/** @type {HTMLFormElement} */ (form));
}

/** @param {HTMLFormElement} form */
function watch(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") send(form);
  });
}

/** @param {HTMLFormElement} form */
function send(form) {
  const state = /** @type {HTMLElement} */ (form.querySelector("[data-upload-state]"));
  const bar = /** @type {HTMLProgressElement} */ (state.querySelector("progress"));
  const words = /** @type {HTMLElement} */ (state.querySelector("span"));
  const chosen = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]")).files;
  state.hidden = false;
  if (chosen && chosen[0] && chosen[0].size > Number(form.dataset.upload)) {
    bar.hidden = true;
    words.textContent = form.dataset.large || "";
    return;
  }
  bar.hidden = false;
  form.setAttribute("aria-busy", "true");
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = (100 * event.loaded) / event.total;
    words.textContent = `${Math.floor(bar.value)} %`;
  });
  const failed = () => {
    form.removeAttribute("aria-busy");
    words.textContent = form.dataset.failed || "";
  };
  request.addEventListener("load", () => {
    if (request.status < 300) window.location.assign(request.responseURL);
    else if (!show(request.responseText)) failed();
  });
  request.addEventListener("error", failed);
  request.open("POST", form.action);
  request.send(new FormData(form));
}

/**
 * @param {string} html the page that says why the package was refused
 * @returns {boolean} whether it is such a page
 */
function show(html) {
  const answer = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  const here = document.querySelector("main");
  if (answer === null || here === null) return false;
  here.replaceWith(answer);
  window.scrollTo(0, 0);
  for (const form of answer.querySelectorAll("form[data-upload]")) {
    watch(/** @type {HTMLFormElement} */ (form));
  }
  return true;
}
