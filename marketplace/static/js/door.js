// The page at a door. Every reading gets an id here, and keeps it until an answer has come: what is
// sent once more is then the same reading. What did not get through is named, kept, and sent again
// until it does. The camera reads codes where the browser can.

(() => {
  const form = document.querySelector("[data-door]");
  if (!form) return;
  const input = form.elements.ticket;
  const problem = form.querySelector("[data-door-problem]");
  const again = 2500; // ms for which the camera does not read the same code again
  const pause = 5000; // ms after which what did not get through is sent again
  const unsent = []; // readings without an answer, oldest first
  let sending = null;
  let retried = null;
  let stream = null;
  let seen = { text: "", at: 0 };

  function newId() {
    if (window.crypto.randomUUID) return window.crypto.randomUUID();
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function say(words) {
    problem.textContent = words;
    problem.hidden = !words;
  }

  function shown(ticket) {
    return ticket.replace(/\/$/, "").slice(-8);
  }

  function sayUnsent() {
    const tickets = unsent.map((reading) => shown(reading.ticket)).join(", ");
    say(tickets && problem.dataset.unsent.replace("{tickets}", tickets));
  }

  function retry() {
    if (sending || !unsent.length) return;
    [retried] = unsent;
    form.requestSubmit();
  }

  // A reading leaves the field when it is sent: the next one can be typed meanwhile.
  form.noValidate = true;
  form.addEventListener("htmx:configRequest", (event) => {
    const ticket = input.value.trim();
    if (!retried && !ticket) {
      event.preventDefault();
      return;
    }
    sending = retried ?? { ticket, scan: newId() };
    if (!retried) input.value = "";
    retried = null;
    event.detail.parameters.set("scan", sending.scan);
    event.detail.parameters.set("ticket", sending.ticket);
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr } = event.detail;
    const reading = sending;
    const place = unsent.indexOf(reading);
    sending = null;
    if (!successful && xhr.status !== 409) {
      if (place < 0) unsent.push(reading);
      sayUnsent();
      window.setTimeout(retry, pause);
      return;
    }
    if (place >= 0) unsent.splice(place, 1);
    sayUnsent();
    window.setTimeout(retry, pause);
    if (!stream) input.focus({ preventScroll: true });
    const said = document.querySelector("#door-answer [data-outcome]");
    if (navigator.vibrate) navigator.vibrate(said?.dataset.outcome === "welcome" ? 80 : [160, 90, 160]);
  });

  window.addEventListener("online", retry);
  window.addEventListener("beforeunload", (event) => {
    if (sending || unsent.length) event.preventDefault();
  });

  const button = form.querySelector("[data-camera]");
  const video = form.querySelector("[data-camera-picture]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const words = form.querySelector("[data-camera-words]");
  const start = words.textContent;
  button.hidden = false;

  async function look(detector) {
    if (!stream) return;
    try {
      const [code] = await detector.detect(video);
      const now = Date.now();
      if (code && !sending && (code.rawValue !== seen.text || now - seen.at > again)) {
        seen = { text: code.rawValue, at: now };
        input.value = code.rawValue;
        form.requestSubmit();
      } else if (code) {
        seen.at = now;
      }
    } catch {
      // A picture that is not there yet: look again.
    }
    window.setTimeout(() => look(detector), 150);
  }

  function stop() {
    stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = true;
    words.textContent = start;
  }

  button.addEventListener("click", async () => {
    if (stream) {
      stop();
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      words.textContent = words.dataset.stop;
      look(new window.BarcodeDetector({ formats: ["qr_code"] }));
    } catch {
      stream = null;
      video.hidden = true;
      say(problem.dataset.noCamera);
    }
  });
})();
