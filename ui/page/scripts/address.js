// Addresses: a question and its limits, so that opening one asks the same again. Ids of documents stand
// behind the #: they may be many, and are the browser's business.
const IN_ADDRESS = { kinds: "kind", issuers: "issuer", jurisdictions: "jurisdiction" };
const addressOf = (turn) => {
  if (!turn) return "";
  const search = new URLSearchParams({ q: turn.answer?.asked || turn.question });
  const { document_ids: ids, ...rest } = turn.scope ?? {};
  for (const [field, said] of Object.entries(rest)) {
    [said].flat().forEach((value) => search.append(IN_ADDRESS[field] ?? field, value));
  }
  return `?${search}${ids?.length ? `#documents=${ids.join(",")}` : ""}`;
};
const showAddress = () =>
  history.replaceState(history.state, "", addressOf(shownTurns.at(-1)) || location.pathname);
// the kept turn that is shown in this place, counted from the end, where both begin alike
const turnOf = (element) => {
  const shown = all(".wj-turn");
  const kept = shownTurns.at(shown.indexOf(element) - shown.length);
  return kept?.question === find(".wj-question", element).textContent ? kept : undefined;
};
const copyAddress = async (button) => {
  const turn = turnOf(button.closest(".wj-turn")) ?? { question: button.dataset.permalink };
  await copied(new URL(addressOf(turn), at("./")).href);
  toast(say("copied"));
};
// the limits that an address names, in place of those that were on
const limitByAddress = async () => {
  const search = new URLSearchParams(location.search);
  const fields = Object.fromEntries(Object.entries(IN_ADDRESS).map(([field, name]) => [name, field]));
  Object.values(limits).forEach((values) => values.clear());
  for (const [name, value] of search) {
    const field = fields[name] ?? name;
    if (limits[field]) limit(field, value, wordsFor(field, value));
  }
  const ids = new URLSearchParams(location.hash.slice(1)).get("documents")?.split(",") ?? [];
  ids.forEach((id) => limits.document_ids.set(id, id));
  showLimits();
  for (const id of ids.slice(0, MOST_CHIPS)) {
    const found = await fetched(`api/v1/documents?${new URLSearchParams({ id })}`).catch(() => undefined);
    const [one] = found ? (await found.json()).documents : [];
    if (one) limit("document_ids", id, one.title || one.name);
  }
};
