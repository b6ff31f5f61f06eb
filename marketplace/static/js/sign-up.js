// Of what one may sign up for besides entry, only that of the chosen day is shown.

(() => {
  for (const form of document.querySelectorAll("[data-sign-up]")) {
    const day = form.elements.day;

    function show() {
      for (const group of form.querySelectorAll("[data-day]")) {
        group.hidden = group.dataset.day !== day.value;
        if (!group.hidden) continue;
        for (const box of group.querySelectorAll("input")) box.checked = false;
      }
      const sessions = form.querySelector("[data-sessions]");
      if (sessions) sessions.hidden = !sessions.querySelector("[data-day]:not([hidden]), .field__error");
    }

    day.addEventListener("change", show);
    show();
  }
})();
