// Shows how far the upload is. Without this script the form works just the same.

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(/** @type {HTMLFormElement} */ (form));
  });
}

/** @param {HTMLFormElement} form */
function send(form) {
  const state = /** @type {HTMLElement} */ (form.querySelector("[data-upload-state]"));
  const bar = /** @type {HTMLProgressElement} */ (state.querySelector("progress"));
  const words = /** @type {HTMLElement} */ (state.querySelector("span"));
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = (100 * event.loaded) / event.total;
    words.textContent = `${Math.floor(bar.value)} %`;
  });
  request.addEventListener("load", () => {
    if (request.status < 300) window.location.assign(request.responseURL);
    else show(request.responseText);
  });
  request.addEventListener("error", () => {
    words.textContent = form.dataset.failed || "";
  });
  state.hidden = false;
  request.open("POST", form.action);
  request.send(new FormData(form));
}

/** @param {string} html the page that says why the package was refused */
function show(html) {
  const answer = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  const here = document.querySelector("main");
  if (answer === null || here === null) return;
  here.replaceWith(answer);
  window.scrollTo(0, 0);
  for (const form of answer.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(/** @type {HTMLFormElement} */ (form));
    });
  }
}
