// Plus and minus beside a number field, by its step; the field alone works without them.

(() => {
  // What may be asked for: the least, and whole steps on top of it up to the most.
  function bounds(input) {
    const least = Number(input.min || 1);
    const step = Number(input.step || 1);
    const most = input.max ? Number(input.max) : Infinity;
    return { least, step, most: Number.isFinite(most) ? most - ((most - least) % step) : most };
  }

  // The next number up or down from whatever stands in the field.
  function next(value, direction, { least, step, most }) {
    const steps = (value - least) / step;
    const whole = direction > 0 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1;
    return Math.min(most, Math.max(least, least + whole * step || least));
  }

  function refresh(stepper) {
    const input = stepper.querySelector("input");
    const { least, most } = bounds(input);
    const value = Number(input.value);
    stepper.querySelector('[data-step="-1"]').disabled = value <= least;
    stepper.querySelector('[data-step="1"]').disabled = value >= most;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const stepper = button.closest("[data-stepper]");
    const input = stepper.querySelector("input");
    input.value = next(Number(input.value), Number(button.dataset.step), bounds(input));
    refresh(stepper);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  function refreshAll() {
    document.querySelectorAll("[data-stepper]").forEach(refresh);
  }

  document.addEventListener("input", (event) => {
    const stepper = event.target.closest("[data-stepper]");
    if (stepper) refresh(stepper);
  });
  document.addEventListener("htmx:afterSettle", refreshAll);
  document.addEventListener("stepper-bounds", refreshAll);
  refreshAll();
})();
