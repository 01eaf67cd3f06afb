// Asking: the box, questions to begin with, what has just been answered.
const write = (text) => {
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  set.call(box(), text);
  box().dispatchEvent(new Event("input", { bubbles: true }));
  box().focus();
};
const ask = (text) => {
  toTab(0);
  write(text);
  setTimeout(() => find("#wj-submit").click(), 60);
};
const toTab = (number) => all('#wj-tabs [role="tab"]')[number]?.click();
const edit = (text) => {
  toTab(0);
  write(text);
};

let suggested;
const suggest = async () => {
  const places = all(".wj-suggestions[hidden]");
  if (!places.length) return;
  suggested ||= fetched(`api/v1/suggestions?count=5&language=${header().dataset.lang}`).then((response) => response.json());
  const { questions } = await suggested.catch(() => ({ questions: [] }));
  for (const place of places) {
    if (!questions.length || !place.hidden) continue;
    find(".wj-chips", place).replaceChildren(
      ...questions.map((question) => madeButton("wj-chip", question, { ask: question })),
    );
    place.hidden = false;
  }
};

const showWaiting = () => find(".wj-waiting")?.scrollIntoView({ block: "nearest" });
const showNewest = () =>
  requestAnimationFrame(() => {
    const newest = find(".wj-turn:last-child");
    closeSource();
    showJudged();
    const show = () => newest?.scrollIntoView({ block: "nearest" });
    show();
    suggest().then(show);
    if (newest) find("#wj-side").scrollTop = 0;
  });

// ↑ in an empty box brings back the last question, once more the one before
let recalled = 0;
const recall = (event) => {
  const before = all(".wj-question").map((question) => question.textContent);
  if (box().value && box().value !== before.at(-recalled)) return;
  if (!box().value) recalled = 0;
  if (recalled === before.length) return;
  event.preventDefault();
  write(before.at(-++recalled));
};
