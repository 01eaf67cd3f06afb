// Feedback: whether an answer was right, and which words of the source would have been.
const judged = new Set(); // what was said something about, for turns are drawn anew
const judge = (button) => {
  const place = button.closest(".wj-judge");
  const about = { ...JSON.parse(place.dataset.about), verdict: button.dataset.verdict };
  if (!button.dataset.correct) return send(place, about);
  find(".wj-correcting")?.classList.remove("wj-correcting");
  place.classList.add("wj-correcting");
  place.replaceChildren(
    made("span", "wj-correct", say("select")),
    made("q", "wj-chosen"),
    madeButton("wj-link", say("send"), { send: JSON.stringify(about) }),
  );
  showPanel(place);
  const first = references()[0];
  if (first) openSource(first);
};
const showJudged = () =>
  all(".wj-judge")
    .filter((place) => judged.has(place.dataset.about))
    .forEach((place) => place.replaceChildren(made("span", "wj-thanks", say("thanks"))));
const send = async (place, about) => {
  try {
    await fetched("api/v1/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(about),
    });
    judged.add(place.dataset.about);
    place.classList.remove("wj-correcting");
    showJudged();
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
};
const choose = () => {
  const chosen = find(".wj-correcting .wj-chosen");
  const selection = document.getSelection();
  const text = selection?.toString().trim();
  const inside = selection?.anchorNode?.parentElement?.closest(".wj-document");
  if (!chosen || !text || !inside) return;
  chosen.textContent = text;
  const sending = find("[data-send]", chosen.parentElement);
  const about = JSON.parse(sending.dataset.send);
  Object.assign(about, { correct: text, document_id: inside.dataset.document });
  // where the answer stood says nothing of where the right one stands
  delete about.start;
  delete about.end;
  sending.dataset.send = JSON.stringify(about);
};
