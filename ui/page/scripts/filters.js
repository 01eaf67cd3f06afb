// Limits: which documents are asked, and on which day. Each that is on is a chip beside the box.
const several = ["document_ids", "kinds", "issuers", "jurisdictions"];
const days = ["issued_from", "issued_until", "as_of"];
const limits = Object.fromEntries([...several, ...days].map((field) => [field, new Map()])); // value to words
const MOST_CHIPS = 4; // documents that are named one by one
const scope = () => {
  const on = Object.entries(limits).filter(([, values]) => values.size);
  return Object.fromEntries(
    on.map(([field, values]) => [field, days.includes(field) ? [...values.keys()][0] : [...values.keys()]]),
  );
};
const limit = (field, value, words = value) => {
  if (days.includes(field)) limits[field].clear();
  if (value) limits[field].set(value, words);
  showLimits();
};
const unlimit = (field, value) => {
  if (value) limits[field].delete(value);
  else limits[field].clear();
  showLimits();
};
const clearLimits = () => {
  Object.values(limits).forEach((values) => values.clear());
  showLimits();
};
// several words may be typed at once, parted as people part them
const limitTyped = (field) => {
  const { filter } = field.dataset;
  if (days.includes(filter)) return limit(filter, field.value);
  const words = field.value.split(/[,，、;；]/).map((word) => word.trim()).filter(Boolean);
  words.forEach((word) => limit(filter, word, wordsFor(filter, word)));
  field.value = "";
};
const wordsFor = (filter, value) => {
  const option = all("#wj-filters option").find((one) => one.value === value && one.dataset.words);
  return option?.dataset.words ?? value;
};

const namedAs = (field) => find(`[data-filter="${field}"], [data-names="${field}"]`)?.dataset.named ?? "";
const chip = (field, words, value) => {
  const colon = lang() === "en" ? ": " : "：";
  const shown = made("span", "wj-limit", `${namedAs(field)}${colon}${words}`);
  const away = madeButton("wj-away", "×", { unlimit: field, value });
  away.setAttribute("aria-label", say("unlimit", { limit: words }));
  shown.append(away);
  return shown;
};
const showLimits = () => {
  const place = find("#wj-limits");
  if (!place) return;
  const chips = Object.entries(limits).flatMap(([field, values]) => {
    if (values.size > MOST_CHIPS) return [chip(field, say("documents", { count: values.size }), "")];
    return [...values].map(([value, words]) => chip(field, words, value));
  });
  place.replaceChildren(...chips);
  if (chips.length > 1) place.append(madeButton("wj-link", say("all"), { unfiltered: "yes" }));
  place.hidden = !chips.length;
  days.forEach((day) => (find(`[data-filter="${day}"]`).value = [...limits[day].keys()][0] ?? ""));
  showChosen();
  keepLimits();
};
// as long as the tab is open, whatever is loaded in it meanwhile
const keepLimits = () => {
  const said = Object.entries(limits).map(([field, values]) => [field, [...values]]);
  sessionStorage.setItem("wenju.limits", JSON.stringify(said));
};
const restoreLimits = () => {
  const said = JSON.parse(sessionStorage.getItem("wenju.limits") ?? "[]");
  said.forEach(([field, values]) => values.forEach(([value, words]) => limits[field]?.set(value, words)));
  showLimits();
};

// what there is to choose from, learned when it is first looked for
let offered;
const offer = () => {
  offered ||= fetched(`facets?lang=${lang()}`)
    .then((response) => response.text())
    .then((html) => (find("#wj-offered").innerHTML = html))
    .catch((error) => ((offered = undefined), toast(say("failed", { reason: error.message }))));
};
let typed = 0;
const offerDocuments = async (field) => {
  const mine = ++typed;
  await new Promise((later) => setTimeout(later, 200));
  const query = field.value.trim();
  const place = find("#wj-found");
  if (mine !== typed) return;
  if (!query) return place.replaceChildren();
  const search = new URLSearchParams({ query, limit: 8 });
  const { documents } = await (await fetched(`api/v1/documents?${search}`)).json();
  if (mine !== typed) return;
  place.replaceChildren(
    ...documents.map((one) => {
      const offered = madeButton("wj-chip", one.title || one.name, { limit: one.id, title: one.title || one.name });
      if (one.title) offered.append(made("small", "", one.name)); // titles may be alike
      return offered;
    }),
  );
  if (!documents.length) place.textContent = say("nothing");
};
