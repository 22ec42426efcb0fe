// A choice can be taken back once there is one.
document.addEventListener("change", (event) => {
  const input = /** @type {HTMLElement} */ (event.target);
  const back = input.closest("[role=radiogroup]")?.querySelector(".back[hidden]");
  back?.removeAttribute("hidden");
});
