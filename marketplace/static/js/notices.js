// Notices that answer an act: they leave by themselves, and a failed request says so.

(() => {
  const place = document.getElementById("notices");
  const SHOWN_MS = 6000;
  let leaving;

  function keepForAWhile() {
    clearTimeout(leaving);
    leaving = setTimeout(() => place.replaceChildren(), SHOWN_MS);
  }

  function sayItFailed() {
    const notice = document.createElement("p");
    notice.className = "notice notice--problem";
    notice.textContent = place.dataset.offline;
    place.replaceChildren(notice);
    keepForAWhile();
  }

  // The round button of the card that was just put in the basket turns into a tick.
  function tick(form) {
    if (!place.querySelector('[data-result="added"]')) return;
    form.querySelector(".add-button")?.classList.add("is-added");
  }

  place.addEventListener("htmx:afterSwap", keepForAWhile);
  place.addEventListener("mouseenter", () => clearTimeout(leaving));
  place.addEventListener("mouseleave", keepForAWhile);
  place.addEventListener("focusin", () => clearTimeout(leaving));
  document.addEventListener("htmx:sendError", sayItFailed);
  document.addEventListener("htmx:responseError", sayItFailed);
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.elt.matches("[data-add]")) tick(event.detail.elt);
  });
})();
