// Stands where Stripe.js would: remembers what it was told, and answers as `answers` says.
window.told = {};
window.answers = [];
window.Stripe = (key, options) => {
  window.told.stripe = { key, ...options };
  const heard = {};
  const element = {
    on: (name, act) => { heard[name] = act; },
    mount: (place) => {
      window.told.place = place;
      document.querySelector(place).textContent = "Payment Element";
      setTimeout(() => heard.ready(), 50);
    },
  };
  return {
    elements: (given) => {
      window.told.elements = given;
      return {
        create: (type, chosen) => {
          window.told.element = { type, ...chosen };
          return element;
        },
      };
    },
    confirmPayment: async ({ confirmParams }) => {
      window.told.confirmed = [...(window.told.confirmed ?? []), confirmParams.return_url];
      await new Promise((done) => { window.finish = done; });
      if (window.answers.length) return { error: window.answers.shift() };
      location.assign(`${confirmParams.return_url}?redirect_status=succeeded`);
      return {};
    },
  };
};
