// Pages as they look: the switch between a document's page and its text, turning and enlarging pages.
let shownAs = "page"; // what was chosen last
const showAs = (article, kind) => {
  const page = article.querySelector(".wj-original");
  article.querySelectorAll("[data-show]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.show === kind));
  });
  page.hidden = kind !== "page";
  article.querySelector(".wj-text").hidden = kind === "page";
  showLit(article, kind);
};
const showLit = (article, kind) => {
  const lit = article.querySelector(kind === "page" ? ".wj-frame" : ".wj-text mark");
  lit?.scrollIntoView({ block: "center", inline: "center" });
};
const turnTo = async (article, number = 0) => {
  const page = article.querySelector(".wj-original");
  const { lit: places } = article.dataset;
  const query = new URLSearchParams({ places, number, lang: document.documentElement.lang });
  const response = await fetch(`${page.dataset.address}?${query}`);
  if (!response.ok) return false;
  page.innerHTML = await response.text();
  return true;
};
const turns = (article) => [...article.querySelectorAll("[data-turn]")];
const isLarge = (article) => article.querySelector(".wj-page").classList.contains("wj-large");
const enlarge = (article, large) => {
  article.querySelector(".wj-page").classList.toggle("wj-large", large);
  article.querySelector("[data-larger]").setAttribute("aria-pressed", String(large));
};
// a document that was just opened: its page, if it has one and the place was found there
const openOriginal = async (article, kind = shownAs) => {
  if (!article?.querySelector(".wj-original") || kind === "text") return;
  if (!(await turnTo(article)) || !article.isConnected) return;
  if (!article.dataset.lit || article.querySelector(".wj-frame")) showAs(article, "page");
};
document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.(".wj-document button");
  const article = button?.closest(".wj-document");
  if (!article) return;
  const { show, turn, larger } = button.dataset;
  if (show) {
    shownAs = show;
    if (show === "text" || article.querySelector(".wj-page") || (await turnTo(article))) showAs(article, show);
  } else if (turn) {
    const way = turns(article).indexOf(button);
    const large = isLarge(article);
    if (!(await turnTo(article, turn))) return;
    enlarge(article, large);
    article.querySelector(".wj-original").scrollIntoView({ block: "nearest" });
    showLit(article, "page");
    // the focus stays on the way taken, where it leads on
    (turns(article)[way].disabled ? article.querySelector(".wj-sheet") : turns(article)[way]).focus();
  } else if (larger) {
    enlarge(article, !isLarge(article));
    showAs(article, "page");
  }
});
