// Filters: where a question is asked, and on which day; what is on is said beside the box.
const lists = ["kinds", "jurisdictions", "issuers"];
const filled = () => all("[data-filter]").filter((field) => field.value.trim());
const scope = () => {
  const said = Object.fromEntries(
    filled().map(({ dataset, value }) => {
      const words = value.split(/[,，、;；]/).map((word) => word.trim()).filter(Boolean);
      return [dataset.filter, lists.includes(dataset.filter) ? words : value];
    }),
  );
  return JSON.stringify({ ...said, document_ids: [...chosen.keys()] });
};
const showFilters = () => {
  const place = find("#wj-filters");
  if (!place) return;
  const colon = lang() === "en" ? ": " : "：";
  const said = filled().map((field) => {
    const words = field.selectedOptions?.[0]?.textContent ?? field.value;
    return `${field.dataset.named}${colon}${words}`;
  });
  place.classList.toggle("wj-on", said.length > 0);
  const line = find(".wj-filtered");
  line.hidden = !said.length;
  line.textContent = said.join(" · ");
  find("#wj-filters > summary").dataset.on = said.join(" · ");
};
const clearFilters = () => {
  all("[data-filter]").forEach((field) => (field.value = ""));
  showFilters();
};
