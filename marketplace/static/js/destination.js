// The choice of a district opens as a dialog over the page and leaves with the choice.

(() => {
  const place = document.getElementById("destination");
  if (!place) return;
  let opener;

  place.addEventListener("htmx:afterSwap", () => {
    const dialog = place.querySelector("dialog");
    if (!dialog) {
      document.getElementById(opener)?.focus();
      return;
    }
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target } = event.detail;
    if (target === place && !place.contains(elt)) opener = elt.id;
  });
})();
