// The page at a door. Every reading gets an id here, and keeps it until an answer has come: what is
// sent once more is then the same reading. The camera reads codes where the browser can.

(() => {
  const form = document.querySelector("[data-door]");
  if (!form) return;
  const input = form.elements.ticket;
  const problem = form.querySelector("[data-door-problem]");
  const again = 2500; // ms for which the camera does not read the same code again
  let pending = null;

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

  form.addEventListener("htmx:configRequest", (event) => {
    const ticket = input.value.trim();
    if (!pending || pending.ticket !== ticket) pending = { ticket, scan: newId() };
    event.detail.parameters.set("scan", pending.scan);
    event.detail.parameters.set("ticket", ticket);
    say("");
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr } = event.detail;
    if (!successful && xhr.status !== 409) {
      say(problem.dataset.lost);
      return;
    }
    pending = null;
    input.value = "";
    input.focus({ preventScroll: true });
    const said = document.querySelector("#door-answer [data-outcome]");
    if (navigator.vibrate) navigator.vibrate(said?.dataset.outcome === "welcome" ? 80 : [160, 90, 160]);
  });

  const button = form.querySelector("[data-camera]");
  const video = form.querySelector("[data-camera-picture]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const words = form.querySelector("[data-camera-words]");
  const start = words.textContent;
  let stream = null;
  let seen = { text: "", at: 0 };
  button.hidden = false;

  async function look(detector) {
    if (!stream) return;
    try {
      const [code] = await detector.detect(video);
      const now = Date.now();
      if (code && (code.rawValue !== seen.text || now - seen.at > again)) {
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
