// What people do, and what is done then; how the page opens.
const acts = {
  ask: (button) => ask(button.dataset.ask),
  edit: (button) => edit(button.dataset.edit),
  source: openSource,
  back: closeSource,
  step: (button) => step(Number(button.dataset.step)),
  verdict: judge,
  send: (button) => send(button.closest(".wj-judge"), JSON.parse(button.dataset.send)),
  remove,
  removeChosen,
  undo,
  now: removeNow,
  page: toPage,
  allFound: chooseFound,
  describe,
  copy: async (button) => (await copied(button.dataset.copy), toast(say("copied"))),
  permalink: copyAddress,
  limit: (button) => limit("document_ids", button.dataset.limit, button.dataset.title),
  unlimit: (button) => unlimit(button.dataset.unlimit, button.dataset.value),
  unfiltered: clearLimits,
  begin,
  history: showHistory,
  reopen: (button) => reopen(button.dataset.reopen),
  forget: forgetOne,
  forgetAll: forgetEvery,
  export: exported,
};
// the conversation is there too: this tab remembers which it shows
const toLanguage = (link) => {
  document.cookie = `wenju_language=${link.dataset.lang};path=/;max-age=31536000;samesite=lax`;
  link.search = location.search;
  link.hash = location.hash;
};
document.addEventListener("click", (event) => {
  const language = event.target.closest(".wj-languages a");
  if (language) toLanguage(language);
  const reference = event.target.closest("a.wj-reference");
  if (reference) event.preventDefault(); // opens where the document is, beside the conversation
  const button = reference ?? event.target.closest("button");
  const act = button && Object.keys(acts).find((name) => button.dataset[name] !== undefined);
  if (act) acts[act](button);
});
document.addEventListener("change", (event) => {
  const { dataset, checked, files, id } = event.target;
  if (id === "wj-all") return choosePage(checked);
  if (id === "wj-files") return add(files).then(() => (event.target.value = ""));
  if (dataset.filter !== undefined) return limitTyped(event.target);
  if (dataset.only === undefined) return;
  if (checked) limit("document_ids", dataset.only, dataset.title);
  else unlimit("document_ids", dataset.only);
});
document.addEventListener("input", ({ target }) => {
  if (target.id === "wj-find") offerDocuments(target);
  if (target.dataset?.look) look();
});
document.addEventListener("toggle", ({ target }) => target.id === "wj-filters" && target.open && offer(), true);
document.addEventListener("submit", (event) => {
  if (event.target.dataset.fields === undefined) return;
  event.preventDefault();
  save(event.target);
});
document.addEventListener("pointerover", showTip);
document.addEventListener("focusin", showTip);
document.addEventListener("focusin", ({ target }) => target.hasAttribute?.("list") && offer());
document.addEventListener("selectionchange", choose);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeSource();
  if (event.key === "Tab") quiet(false);
  if (event.key === "ArrowUp" && event.target === box()) return recall(event);
  const writing = event.target.closest?.("textarea, input, select, [contenteditable]");
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    box()?.focus();
  } else if (event.key === "n" || event.key === "]") step(1);
  else if (event.key === "p" || event.key === "[") step(-1);
});
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    find("#wj-drop")?.classList.toggle("wj-over", kind === "dragover");
    if (kind !== "drop") return;
    toTab(1);
    add(event.dataTransfer.files);
  });
}

const started = () => {
  document.documentElement.lang = header().dataset.lang;
  if (history.state?.source) history.back(); // of a document that was open when the page was loaded anew
  suggest();
  find("#wj-line").setAttribute("role", "status"); // it stays, so what changes in it is read out
  new MutationObserver(showWaiting).observe(find("#wj-conversation"), { childList: true, subtree: true });
  const waits = JSON.parse(tab.getItem("wenju.waiting") ?? "null");
  const question = new URLSearchParams(location.search).get("q");
  if (question && !shownTurns.length) limitByAddress().then(() => ask(question));
  else {
    restoreLimits();
    if (waits && waits.question !== shownTurns.at(-1)?.question) ask(waits.question);
    else if (shownTurns.length) showNewest();
  }
};
window.wenju = { waiting, keep, showNewest, reopening };
const ready = new MutationObserver(() => {
  if (!header() || !box() || !find(".wj-welcome, .wj-turns")) return;
  ready.disconnect();
  started();
});
ready.observe(document.body, { childList: true, subtree: true });
return opening();
