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
  describe,
  copy: async (button) => (await copied(button.dataset.copy), toast(say("copied"))),
  permalink: async (button) => {
    const link = at("./");
    link.search = new URLSearchParams({ q: button.dataset.permalink });
    await copied(link.href);
    toast(say("copied"));
  },
  all: () => (chosen.clear(), showChosen()),
  unfiltered: clearFilters,
};
// the newest question comes along, and is asked again there
const toLanguage = (link) => {
  document.cookie = `wenju_language=${link.dataset.lang};path=/;max-age=31536000;samesite=lax`;
  const newest = find(".wj-turn:last-child");
  const q = newest?.querySelector("[data-permalink]")?.dataset.permalink ?? newest?.querySelector(".wj-question").innerText;
  if (q) link.search = new URLSearchParams({ q });
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
  if (id === "wj-files") return add(files).then(() => (event.target.value = ""));
  if (dataset.filter !== undefined) return showFilters();
  if (dataset.only === undefined) return;
  if (checked) chosen.set(dataset.only, dataset.title);
  else chosen.delete(dataset.only);
  showChosen();
});
document.addEventListener("submit", (event) => {
  if (event.target.dataset.fields === undefined) return;
  event.preventDefault();
  save(event.target);
});
document.addEventListener("pointerover", showTip);
document.addEventListener("focusin", showTip);
document.addEventListener("selectionchange", choose);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeSource();
  if (event.key === "Tab") quiet(false);
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
  suggest();
  find("#wj-line").setAttribute("role", "status"); // it stays, so what changes in it is read out
  new MutationObserver(showWaiting).observe(find("#wj-conversation"), { childList: true, subtree: true });
  const question = new URLSearchParams(location.search).get("q");
  if (question) ask(question);
};
window.wenju = { only, scope, showNewest };
const ready = new MutationObserver(() => {
  if (!header() || !box() || !find(".wj-welcome")) return;
  ready.disconnect();
  started();
});
ready.observe(document.body, { childList: true, subtree: true });
