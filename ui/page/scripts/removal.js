// Removing: for some seconds it can be taken back, and nothing is removed before they are over. Who leaves
// the page meanwhile has removed nothing.
const GRACE = 10; // seconds
const MOST_REMOVED = 500; // documents of one request
const leaving = new Set();
let ticking, left;
const remove = (button) => leave([button.dataset.remove]);
const removeChosen = () => leave([...limits.document_ids.keys()]);
const leave = (ids) => {
  ids.forEach((id) => leaving.add(id));
  left = GRACE;
  clearInterval(ticking);
  ticking = setInterval(() => (--left > 0 ? showLeaving() : removeNow()), 1000);
  showLeaving();
};
const showLeaving = () => {
  let bar = find("#wj-leaving");
  all(".wj-table tbody tr").forEach((row) => {
    row.classList.toggle("wj-going", leaving.has(find("[data-remove]", row)?.dataset.remove));
  });
  if (!leaving.size) return bar?.remove();
  if (!bar) {
    bar = made("p", "wj-toast");
    bar.id = "wj-leaving";
    bar.setAttribute("role", "alert");
    const acts = [madeButton("wj-link", say("undo"), { undo: "yes" }), madeButton("wj-link", say("now"), { now: "yes" })];
    bar.append(made("span", ""), ...acts);
    document.body.append(bar);
    find("[data-undo]", bar).focus();
  }
  find("span", bar).textContent = say("leaving", { count: leaving.size, seconds: left });
};
const undo = () => {
  clearInterval(ticking);
  leaving.clear();
  showLeaving();
};
const removeNow = async () => {
  clearInterval(ticking);
  const ids = [...leaving];
  leaving.clear();
  showLeaving();
  try {
    for (let at = 0; at < ids.length; at += MOST_REMOVED) {
      const some = new URLSearchParams(ids.slice(at, at + MOST_REMOVED).map((id) => ["id", id]));
      await fetched(`api/v1/documents?${some}`, { method: "DELETE" });
    }
    ids.forEach((id) => limits.document_ids.delete(id));
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
  await changed().catch((error) => toast(say("failed", { reason: error.message })));
};
