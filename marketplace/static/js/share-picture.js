// Hands the picture itself to the telephone's own way of sharing. Where there is none, the button
// stays hidden: the picture can be saved anyway.

(() => {
  const NAME = "yinshan-receipt.jpg";

  async function offer(button) {
    if (!navigator.canShare) return;
    const answer = await fetch(button.dataset.share).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const file = new File([await answer.blob()], NAME, { type: "image/jpeg" });
    const shared = { files: [file], title: button.dataset.shareTitle };
    if (!navigator.canShare(shared)) return;
    button.hidden = false;
    // Who changes their mind closes the telephone's window; there is nothing to say about it.
    button.addEventListener("click", () => navigator.share(shared).catch(() => {}));
  }

  function look() {
    for (const button of document.querySelectorAll("[data-share]:not([data-offered])")) {
      button.dataset.offered = "";
      offer(button);
    }
  }

  document.addEventListener("htmx:afterSettle", look);
  look();
})();
