// Stripe's Payment Element on the pay page: mounted in our colours, confirmed by our one button,
// and what went wrong said beside it. When Stripe's form does not come, the page's own form goes
// the redirect way, as it does without script.

(() => {
  const form = document.getElementById("pay-form");
  if (!form) return;
  const { script, key, account, secret, locale, methods, back, busy, failed } = form.dataset;
  const button = document.querySelector('button[form="pay-form"]');
  const label = button.textContent;
  const problem = document.getElementById("pay-problem");
  const PATIENCE_MS = 15000;
  // What Stripe says in these cases is written for the person, in the language of the page.
  const TOLD_BY_STRIPE = ["card_error", "validation_error"];
  const PAYABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];
  let stripe;
  let elements;

  // "loading", "element", "paying", or "away" once Stripe's form is not to be had.
  function become(state) {
    form.dataset.state = state;
    button.disabled = state === "loading" || state === "paying";
    button.textContent = state === "paying" ? busy : label;
  }

  function say(words) {
    problem.hidden = !words;
    document.getElementById("pay-words").textContent = words;
    if (words) problem.scrollIntoView({ block: "nearest" });
  }

  function loadStripe() {
    return new Promise((resolve, reject) => {
      const tag = document.createElement("script");
      Object.assign(tag, { src: script, onload: resolve, onerror: reject });
      document.head.append(tag);
    });
  }

  function appearance() {
    const styles = getComputedStyle(document.documentElement);
    const token = (name) => styles.getPropertyValue(`--${name}`).trim();
    const line = `1.5px solid ${token("line-strong")}`;
    const chosen = { borderColor: token("grass"), boxShadow: `inset 0 0 0 1px ${token("grass")}` };
    return {
      theme: "stripe",
      variables: {
        colorPrimary: token("grass"),
        colorBackground: token("surface"),
        colorText: token("ink"),
        colorTextSecondary: token("muted"),
        colorTextPlaceholder: token("muted"),
        colorDanger: token("clay-deep"),
        fontFamily: token("sans"),
        fontSizeBase: getComputedStyle(document.body).fontSize,
        borderRadius: token("radius"),
        spacingUnit: "4px",
      },
      rules: {
        ".AccordionItem": { border: line, boxShadow: "none" },
        ".AccordionItem--selected": chosen,
        ".Input": { border: `1.5px solid ${token("field-line")}`, boxShadow: "none" },
        ".Input:focus": chosen,
        ".Error": { color: token("clay-deep") },
      },
    };
  }

  function mount() {
    stripe = window.Stripe(key, { locale, ...(account && { stripeAccount: account }) });
    elements = stripe.elements({ clientSecret: secret, appearance: appearance() });
    const element = elements.create("payment", {
      layout: { type: "accordion", radios: "always", spacedAccordionItems: true },
      paymentMethodOrder: methods.split(" "),
    });
    return new Promise((resolve, reject) => {
      element.on("ready", resolve);
      element.on("loaderror", reject);
      element.mount("#pay-element");
    });
  }

  async function open() {
    become("loading");
    const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
    try {
      await Promise.race([loadStripe().then(mount), late]);
      become("element");
    } catch {
      become("away");
    }
  }

  // Without an error Stripe is leaving for the return page. Where the money is on its way, or the
  // order given up, that page knows more than we do.
  async function confirm() {
    const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: back } });
    if (!error) return;
    const { status } = error.payment_intent ?? {};
    if (status && !PAYABLE.includes(status)) {
      location.assign(back);
      return;
    }
    become("element");
    say(TOLD_BY_STRIPE.includes(error.type) && error.message ? error.message : failed);
  }

  form.addEventListener("submit", (event) => {
    if (form.dataset.state === "away") return;
    event.preventDefault();
    if (form.dataset.state !== "element") return;
    say("");
    become("paying");
    confirm().catch(() => {
      become("element");
      say(failed);
    });
  });

  // Back from the bank by the browser's button: what was known is old.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  open();
})();
