// The search box: opens on the phone, and moves through suggestions by arrow keys.
// Without this file the box is a plain form and its icon a link to it.

(() => {
  const form = document.getElementById("search");
  const input = document.getElementById("search-input");
  const list = document.getElementById("suggestions");
  const opener = document.querySelector("[data-search-open]");
  // The back office has no box.
  if (!form) return;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const current = () => list.querySelector('[aria-selected="true"]');

  function select(option) {
    current()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(open) {
    const shown = open && options().length > 0;
    list.classList.toggle("is-closed", !shown);
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) select(null);
  }

  function move(step) {
    const all = options();
    show(true);
    if (all.length === 0) return;
    const from = all.indexOf(current());
    select(from < 0 && step < 0 ? all.at(-1) : all[(from + step + all.length) % all.length]);
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && input.getAttribute("aria-expanded") === "true") {
      event.preventDefault();
      show(false);
    } else if (event.key === "Enter" && current()) {
      event.preventDefault();
      current().click();
    }
  });

  list.addEventListener("htmx:afterSwap", () => show(document.activeElement === input));
  input.addEventListener("focus", () => show(input.value.trim() !== ""));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show(false);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());

  opener?.addEventListener("click", (event) => {
    event.preventDefault();
    const open = form.classList.toggle("is-open");
    opener.setAttribute("aria-expanded", String(open));
    if (open) input.focus();
  });
})();
