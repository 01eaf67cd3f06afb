// The list of past conversations: opened again, written down as a file, forgotten.
const showHistory = async () => {
  const dialog = find("#wj-history");
  const kept = await conversations();
  find("ul", dialog).replaceChildren(...kept.map(pastConversation));
  find(".wj-none", dialog).hidden = kept.length > 0;
  find("[data-forget-all]", dialog).hidden = !kept.length;
  if (!dialog.open) dialog.showModal();
};
const pastConversation = ({ id, title, changed, turns }) => {
  const day = new Date(changed).toLocaleString(lang(), { dateStyle: "medium", timeStyle: "short" });
  const row = made("li", "wj-past");
  const acts = made("span", "wj-facts", say("turns", { count: turns, day }));
  for (const [form, name] of [["md", "Markdown"], ["docx", "Word"], ["json", "JSON"]]) {
    acts.append(madeButton("wj-link", name, { export: form, of: id }));
  }
  acts.append(madeButton("wj-link wj-remove", say("forget"), { forget: id }));
  row.append(madeButton("wj-link wj-title", title, { reopen: id }), acts);
  if (id === shownId()) row.setAttribute("aria-current", "true");
  return row;
};
// what cannot be taken back is asked for twice
const isSure = (button) => {
  if (button.dataset.sure) return true;
  const asked = button.textContent;
  button.dataset.sure = "yes";
  button.textContent = say("sure");
  button.addEventListener(
    "blur",
    () => {
      delete button.dataset.sure;
      button.textContent = asked;
    },
    { once: true },
  );
  button.focus();
  return false;
};
const forgetOne = async (button) => {
  if (!isSure(button)) return;
  await forget(button.dataset.forget);
  if (button.dataset.forget === shownId()) begin();
  await showHistory();
};
const forgetEvery = async (button) => {
  if (!isSure(button)) return;
  await forgetAll();
  begin();
  await showHistory();
};
const exported = async (button) => {
  const { export: form, of } = button.dataset;
  const body = JSON.stringify({ turns: await keptTurns(of) });
  const headers = { "content-type": "application/json" };
  try {
    const file = await fetched(`transcript/${form}?lang=${lang()}`, { method: "POST", headers, body });
    const link = made("a", "");
    link.href = URL.createObjectURL(await file.blob());
    link.download = `wenju-${today()}.${form}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
};
