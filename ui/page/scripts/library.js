// The library: which documents are asked, adding files, removing.
const showLibrary = async () => {
  const place = find("#wj-library");
  if (!place) return;
  try {
    place.innerHTML = await (await fetched(`library?lang=${lang()}`)).text();
    showLimits();
  } catch (error) {
    place.textContent = say("failed", { reason: error.message });
  }
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
  suggested = undefined;
  await showLibrary();
  const { documents, passages } = await (await fetched("api/v1/health")).json();
  const held = find(".wj-held");
  const numbers = [documents, passages].map((n) => n.toLocaleString("en"));
  if (held) held.textContent = held.textContent.replace(/[\d,]+/g, () => numbers.shift());
  const welcome = find(".wj-welcome");
  if (welcome) find("#wj-clear").click();
};
const remove = async (button) => {
  if (!button.dataset.sure) {
    const asked = button.textContent;
    button.dataset.sure = "yes";
    button.textContent = say("sure");
    button.addEventListener("blur", () => {
      delete button.dataset.sure;
      button.textContent = asked;
    });
    button.focus();
    return;
  }
  try {
    const id = encodeURIComponent(button.dataset.remove);
    await fetched(`api/v1/documents/${id}`, { method: "DELETE" });
    await changed();
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
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
let stopping = null;
const add = async (files) => {
  if (!files.length || stopping) return;
  stopping = new AbortController();
  await shelved;
  const place = find("#wj-adding");
  const rows = [...files].map((file) => {
    const row = made("li", "wj-file", "");
    row.append(made("strong", "", file.name), made("span", "", say("waiting")));
    return row;
  });
  const stop = madeButton("wj-link", say("stop"));
  stop.addEventListener("click", () => stopping?.abort());
  place.replaceChildren(...rows, stop);
  for (const [i, file] of [...files].entries()) await addOne(file, rows[i]);
  stop.remove();
  stopping = null;
  await changed().catch((error) => toast(say("failed", { reason: error.message })));
};
const addOne = async (file, row) => {
  const tell = (text, css) => {
    row.lastChild.textContent = text;
    row.classList.add(css);
  };
  if (stopping.signal.aborted) return tell(say("stopped"), "wj-failed");
  row.lastChild.textContent = say("adding");
  row.classList.add("wj-busy");
  const body = new FormData();
  body.append("files", file);
  try {
    const { signal } = stopping;
    const response = await fetched("api/v1/documents", { method: "POST", body, signal });
    const [result] = (await response.json()).files;
    const failed = result.failed.map((failure) => failure.reason).join(" ");
    const done = result.added || result.updated ? "added" : "unchanged";
    const kept = result.added || result.updated || result.unchanged;
    const said = kept ? say(done, { passages: result.passages }) : "";
    tell([said, failed].filter(Boolean).join(" "), failed ? "wj-failed" : "wj-done");
  } catch (error) {
    const stopped = stopping.signal.aborted;
    tell(stopped ? say("stopped") : say("failed", { reason: error.message }), "wj-failed");
  }
  row.classList.remove("wj-busy");
};
