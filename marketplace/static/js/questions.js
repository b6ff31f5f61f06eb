// Questions that rest on another answer come and go as it is given. Only their being seen changes:
// what is typed stays, and so does the place in which somebody types.

(() => {
  const rows = Array.from(document.querySelectorAll("[data-question]"));
  const form = rows[0]?.closest("form");
  if (!form) return;

  function ask() {
    const answers = new FormData(form);
    const asked = new Set();
    rows.forEach((row) => {
      const { question, onlyIf, onlyIfAnswer } = row.dataset;
      const given = (answers.get(`q_${onlyIf}`) ?? "").trim();
      const holds = !onlyIf || (asked.has(onlyIf) && given === onlyIfAnswer);
      if (holds) asked.add(question);
      row.hidden = !holds;
    });
  }

  form.addEventListener("input", ask);
  window.addEventListener("pageshow", ask);
})();
