// How long the goods are still held, said anew with each minute; at the end the page is asked for
// again, because then it says something else.

(() => {
  const place = document.querySelector("[data-hold]");
  if (!place) return;
  const { hold, one, many } = place.dataset;
  const end = Date.now() + Number(hold) * 1000;
  const WHILE_PAYING_MS = 5000;
  let next;

  // Somebody may have the bank's window open over this page: it is not taken from under them.
  function over() {
    if (!document.querySelector('[data-state="paying"]')) location.reload();
    else next = setTimeout(say, WHILE_PAYING_MS);
  }

  function say() {
    clearTimeout(next);
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds <= 0) {
      over();
      return;
    }
    const minutes = Math.ceil(seconds / 60);
    place.querySelector("[data-hold-left]").textContent = minutes === 1 ? one : many.replace("#", minutes);
    next = setTimeout(say, (seconds % 60 || 60) * 1000);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) say();
  });
  say();
})();
