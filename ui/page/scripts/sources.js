// Sources: the whole document beside the conversation, and the quotation of a number pointed at.
let opener = null;
const quiet = (on) => find("#wj-main")?.classList.toggle("wj-quiet", on); // no quotations now
// an open document is a step of the browser's history, so that Back closes it
const closeSource = () => {
  if (hideSource() && history.state?.source) history.back();
};
const hideSource = () => {
  const source = find("#wj-source");
  if (!source || source.hidden) return false;
  source.hidden = true;
  source.replaceChildren();
  find("#wj-panels").hidden = false;
  // the focus goes back to the number, whose quotation was just read
  quiet(true);
  opener?.focus?.();
  opener = null;
  return true;
};
window.addEventListener("popstate", () => {
  hideSource();
  showAddress(); // of an answer that came while the document was open
});
const openSource = async (button) => {
  showPanel(button);
  const { source: id, places } = button.dataset;
  const query = new URLSearchParams({ places, lang: lang() });
  try {
    const response = await fetched(`document/${encodeURIComponent(id)}/view?${query}`);
    const source = find("#wj-source");
    source.innerHTML = await response.text();
    source.hidden = false;
    if (!history.state?.source) history.pushState({ source: true }, "");
    find("#wj-panels").hidden = true;
    quiet(true);
    opener ||= button;
    source.dataset.number = String(references().findIndex((r) => sameSource(r, button)));
    find("mark", source)?.scrollIntoView({ block: "center" });
    find(".wj-text", source)?.focus({ preventScroll: true });
    // words are chosen in the text, not on the picture of a page
    await openOriginal(find(".wj-document", source), find(".wj-correcting") ? "text" : shownAs);
    find(".wj-original:not([hidden]) .wj-sheet", source)?.focus({ preventScroll: true });
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
};
const sameSource = (a, b) =>
  a.dataset.source === b.dataset.source && a.dataset.places === b.dataset.places;
// the citations of the turn that was clicked on, for an older one's are out of sight
const showPanel = (within) => {
  const number = all(".wj-turn").indexOf(within.closest(".wj-turn"));
  if (number < 0) return;
  all(".wj-panel").forEach((panel, i) => (panel.hidden = i !== number));
};
const references = () => all(".wj-panel:not([hidden]) [data-source]");
const step = (by) => {
  const source = find("#wj-source");
  const found = references();
  if (!source || !found.length) return;
  const now = source.hidden ? (by > 0 ? -1 : 0) : Number(source.dataset.number);
  openSource(found[(now + by + found.length) % found.length]);
};

// above the number, or below it where there is more room
const showTip = (event) => {
  const reference = event.target.closest?.(".wj-ref");
  const tip = reference?.nextElementSibling;
  if (!tip) return;
  if (event.type === "pointerover" && reference !== opener) quiet(false);
  const { top, bottom, left } = reference.getBoundingClientRect();
  const above = top > innerHeight - bottom;
  tip.style.top = above ? "auto" : `${bottom + 8}px`;
  tip.style.bottom = above ? `${innerHeight - top + 8}px` : "auto";
  tip.style.left = `${Math.max(8, Math.min(left, innerWidth - tip.offsetWidth - 8))}px`;
  const lit = find("mark", tip);
  if (lit) tip.scrollTop = lit.offsetTop - tip.clientHeight / 2;
};
