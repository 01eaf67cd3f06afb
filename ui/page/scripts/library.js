// The library: a page of its documents at a time, as the fields above it say.
const PAGE = 50; // documents of a page
const MOST_CHOSEN = 20_000; // documents that a question can be limited to: all that one request holds
let offset = 0;
const looked = () => {
  const fields = all("[data-look]").map((field) => [field.dataset.look, field.value.trim()]);
  const { sort = "name", ...wanted } = Object.fromEntries(fields.filter(([, value]) => value));
  const [by, descending] = sort.split(" ");
  return new URLSearchParams({ ...wanted, sort: by, descending: Boolean(descending) });
};
let drawn = 0;
const showLibrary = async () => {
  const place = find("#wj-library");
  if (!place) return;
  const mine = ++drawn;
  try {
    const search = looked();
    Object.entries({ lang: lang(), offset, limit: PAGE }).forEach(([name, value]) => search.set(name, value));
    const html = await (await fetched(`library?${search}`)).text();
    if (mine !== drawn) return; // another page was asked for meanwhile
    place.innerHTML = html;
    showLimits();
    showLeaving();
  } catch (error) {
    place.textContent = say("failed", { reason: error.message });
  }
};
let typing;
const look = () => {
  clearTimeout(typing);
  typing = setTimeout(() => ((offset = 0), showLibrary()), 250);
};
const toPage = async (button) => {
  offset = Number(button.dataset.page);
  await showLibrary();
  find(".wj-shelf").scrollIntoView({ block: "start" });
};
// a tab's content is only there once it was looked at
const shelved = new Promise((there) => {
  const watching = new MutationObserver(() => {
    if (!find("#wj-library")) return;
    watching.disconnect();
    there();
  });
  watching.observe(document.body, { childList: true, subtree: true });
});
shelved.then(showLibrary);
const changed = async () => {
  suggested = offered = undefined;
  await showLibrary();
  const { documents, passages } = await (await fetched("api/v1/health")).json();
  const held = find(".wj-held");
  const numbers = [documents, passages].map((n) => n.toLocaleString("en"));
  if (held) held.textContent = held.textContent.replace(/[\d,]+/g, () => numbers.shift());
  const welcome = find(".wj-welcome");
  if (welcome) find("#wj-clear").click();
};

// choosing: those that are asked only, one, a page, or all that were found
const showChosen = () => {
  const checks = all("[data-only]");
  checks.forEach((check) => (check.checked = limits.document_ids.has(check.dataset.only)));
  const page = find("#wj-all");
  if (!page) return;
  page.checked = checks.length > 0 && checks.every((check) => check.checked);
  const { size } = limits.document_ids;
  find(".wj-chosen-ones").hidden = !size;
  find(".wj-chosen-ones span").textContent = say("only", { count: size });
  find("[data-all-found]").hidden = Number(find("[data-all-found]").dataset.allFound) > MOST_CHOSEN;
};
const choosePage = (chosen) => {
  for (const { dataset } of all("[data-only]")) {
    if (chosen) limits.document_ids.set(dataset.only, dataset.title);
    else limits.document_ids.delete(dataset.only);
  }
  showLimits();
};
const chooseFound = async () => {
  const { ids } = await (await fetched(`library/ids?${looked()}`)).json();
  ids.forEach((id) => limits.document_ids.set(id, limits.document_ids.get(id) ?? id));
  showLimits();
};

// what is known of a document, in a form below its row
const describe = async (button) => {
  const row = button.closest("tr");
  const open = row.nextElementSibling;
  if (open?.matches(".wj-described")) return open.remove();
  try {
    const id = encodeURIComponent(button.dataset.describe);
    const form = await (await fetched(`document/${id}/fields?lang=${lang()}`)).text();
    const below = made("tr", "wj-described");
    const cell = made("td", "");
    cell.colSpan = row.cells.length;
    cell.innerHTML = form;
    below.append(cell);
    row.after(below);
    find("input", cell).focus();
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
};
const save = async (form) => {
  const given = (field) => [...(field.options ?? [])].find((option) => option.defaultSelected)?.value;
  const edited = [...form.elements].filter(
    (field) => field.name && field.value !== (field.options ? given(field) ?? "" : field.defaultValue),
  );
  const body = JSON.stringify(Object.fromEntries(edited.map((f) => [f.name, f.value.trim() || null])));
  const headers = { "content-type": "application/json" };
  try {
    const id = encodeURIComponent(form.dataset.fields);
    await fetched(`api/v1/documents/${id}`, { method: "PATCH", headers, body });
    await changed();
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
};
