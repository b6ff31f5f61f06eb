// On the phone the facets are a sheet over the list. Without this file the sheet opens as
// the target of its link and its button sends the form; here it also traps focus and closes.

(() => {
  const sheet = document.getElementById("filters");
  const opener = () => document.querySelector("[data-filters-open]");
  const isOpen = () => sheet.classList.contains("is-open");

  function setOpen(open) {
    sheet.classList.toggle("is-open", open);
    document.documentElement.classList.toggle("is-locked", open);
    if (open) {
      sheet.setAttribute("role", "dialog");
      sheet.setAttribute("aria-modal", "true");
      sheet.querySelector("[data-filters-close]").focus();
    } else {
      sheet.removeAttribute("role");
      sheet.removeAttribute("aria-modal");
      opener()?.focus();
    }
  }

  function keepFocusInside(event) {
    const stops = [...sheet.querySelectorAll("a[href], button, input:not(:disabled)")];
    const first = stops[0];
    const last = stops.at(-1);
    if (event.shiftKey && document.activeElement === first) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && document.activeElement === last) {
      event.preventDefault();
      first.focus();
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-filters-open]")) {
      event.preventDefault();
      setOpen(true);
    } else if (event.target.closest("[data-filters-close]")) {
      event.preventDefault();
      if (isOpen()) setOpen(false);
      else if (location.hash === "#filters") location.hash = "results";
    }
  });

  // The address keeps only what differs from the plain list.
  sheet.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.formData.get("sort") === "default") detail.formData.delete("sort");
  });

  document.addEventListener("keydown", (event) => {
    if (!isOpen()) return;
    if (event.key === "Escape") setOpen(false);
    if (event.key === "Tab") keepFocusInside(event);
  });
})();
