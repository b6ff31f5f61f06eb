// Choosing a pack changes price, price per unit, stock and bounds of the quantity at once.
// Without this file a button asks the server for the chosen pack's price.

(() => {
  const form = document.getElementById("buy");
  if (!form) return;

  function say(name, words) {
    document.querySelectorAll(`[data-pack-${name}]`).forEach((place) => {
      place.textContent = words;
    });
  }

  // The price keeps its mark-up (sign, size): only the digits change.
  function sayPrice(digits) {
    document.querySelectorAll("[data-pack-price] .price").forEach((price) => {
      price.lastChild.textContent = digits;
    });
  }

  function boundQuantity({ minimum, free, by }) {
    const input = form.elements.quantity;
    input.min = minimum;
    input.max = free;
    input.step = by;
    const wanted = Math.min(Number(free), Math.max(Number(minimum), Number(input.value)));
    input.value = wanted - ((wanted - Number(minimum)) % Number(by));
    document.dispatchEvent(new Event("stepper-bounds"));
  }

  form.addEventListener("change", (event) => {
    const pack = event.target;
    if (pack.name !== "pack") return;
    sayPrice(pack.dataset.price);
    say("unit", pack.dataset.unit);
    say("name", pack.dataset.name);
    say("stock", pack.dataset.stock);
    say("rule", pack.dataset.rule);
    boundQuantity(pack.dataset);
  });
})();
