// Says anew with each minute how long it is until a fair opens; at the end the page is asked for
// again, because then it says something else.

(() => {
  const MINUTE = 60000;

  function start(place) {
    const until = Date.parse(place.dataset.until);

    function say() {
      const left = Math.floor((until - Date.now()) / MINUTE);
      if (left < 0) {
        location.reload();
        return;
      }
      const parts = { days: Math.floor(left / 1440), hours: Math.floor(left / 60) % 24, minutes: left % 60 };
      for (const [name, number] of Object.entries(parts)) {
        place.querySelector(`[data-part="${name}"]`).textContent = number;
      }
      setTimeout(say, (until - Date.now()) % MINUTE || MINUTE);
    }

    if (until > Date.now()) say();
  }

  document.querySelectorAll("[data-until]").forEach(start);
})();
