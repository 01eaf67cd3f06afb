// A document's own page: lights the place that the address names, document/{id}#start-end.
const light = async () => {
  const places = location.hash.slice(1);
  if (!/^\d+-\d+$/.test(places)) return;
  const query = new URLSearchParams({ places, lang: document.documentElement.lang });
  const response = await fetch(`${location.pathname}/view?${query}`);
  if (!response.ok) return;
  const read = new DOMParser().parseFromString(await response.text(), "text/html");
  document.querySelector(".wj-document").replaceWith(read.querySelector(".wj-document"));
  document.querySelector("mark")?.scrollIntoView({ block: "center" });
  await openOriginal(document.querySelector(".wj-document"));
};
const scheme = matchMedia("(prefers-color-scheme: dark)");
const shade = () => document.body.classList.toggle("dark", scheme.matches);
scheme.addEventListener("change", shade);
shade();
window.addEventListener("hashchange", light);
light();
