() => {
  // The page's own business: opening sources beside the conversation, files, feedback, the keyboard.
  // Texts of documents only ever arrive as HTML that the server escaped, or as textContent.
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = new URL("../", location.href);
  const at = (path) => new URL(path, root);
  const header = () => find(".wj-header");
  const lang = () => (header()?.dataset.lang || "zh-Hant").toLowerCase();
  const words = () => JSON.parse(header()?.dataset.words || "{}");
  const say = (name, values = {}) =>
    (words()[name] || name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const box = () => find("#wj-ask textarea");

  const made = (tag, css, text = "") => {
    const element = document.createElement(tag);
    element.className = css;
    element.textContent = text;
    return element;
  };

  const fetched = async (path, options) => {
    let response;
    try {
      response = await fetch(at(path), options);
    } catch {
      throw new Error(say("unreachable"));
    }
    if (response.ok) return response;
    const problem = await response.clone().json().catch(() => ({}));
    throw new Error(problem.detail || response.statusText);
  };

  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // without a secure connection browsers copy only what is selected
      const field = made("textarea", "");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  const toast = (text) => {
    const shown = made("p", "wj-toast", text);
    shown.setAttribute("role", "status");
    document.body.append(shown);
    setTimeout(() => shown.remove(), 2400);
  };

  /* asking */
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
    suggested ||= fetched("api/v1/suggestions?count=5").then((response) => response.json());
    const { questions } = await suggested.catch(() => ({ questions: [] }));
    for (const place of places) {
      if (!questions.length || !place.hidden) continue;
      find(".wj-chips", place).replaceChildren(
        ...questions.map((question) => {
          const chip = made("button", "wj-chip", question);
          chip.type = "button";
          chip.dataset.ask = question;
          return chip;
        }),
      );
      place.hidden = false;
    }
  };

  const showNewest = () =>
    requestAnimationFrame(() => {
      const newest = find(".wj-turn:last-child");
      closeSource();
      suggest();
      if (!newest) return;
      newest.scrollIntoView({ block: "nearest" });
      find("#wj-side").scrollTop = 0;
    });

  /* sources */
  let opener = null;
  const closeSource = () => {
    const source = find("#wj-source");
    if (!source || source.hidden) return;
    source.hidden = true;
    source.replaceChildren();
    find("#wj-panels").hidden = false;
    document.body.classList.remove("wj-reading");
    // the focus goes back to the number, whose quotation was just read
    document.body.classList.add("wj-quiet");
    opener?.focus?.();
    opener = null;
  };
  const openSource = async (button) => {
    const citation = button.dataset.cite && document.getElementById(button.dataset.cite);
    const wanted = citation?.closest(".wj-panel") || button.closest(".wj-panel");
    if (wanted) all(".wj-panel").forEach((panel) => (panel.hidden = panel !== wanted));
    const { source: id, places } = button.dataset;
    const query = new URLSearchParams({ places, lang: lang() });
    try {
      const response = await fetched(`document/${encodeURIComponent(id)}/view?${query}`);
      const source = find("#wj-source");
      source.innerHTML = await response.text();
      source.hidden = false;
      find("#wj-panels").hidden = true;
      document.body.classList.add("wj-reading");
      opener ||= button;
      source.dataset.number = String(references().findIndex((r) => sameSource(r, button)));
      find("mark", source)?.scrollIntoView({ block: "center" });
      find(".wj-text", source)?.focus({ preventScroll: true });
    } catch (error) {
      toast(say("failed", { reason: error.message }));
    }
  };
  const sameSource = (a, b) =>
    a.dataset.source === b.dataset.source && a.dataset.places === b.dataset.places;
  const references = () => all(".wj-panel:not([hidden]) [data-source]");
  const step = (by) => {
    const source = find("#wj-source");
    const found = references();
    if (!source || !found.length) return;
    const now = source.hidden ? (by > 0 ? -1 : 0) : Number(source.dataset.number);
    openSource(found[(now + by + found.length) % found.length]);
  };

  /* the quotation beside a number that is pointed at; above it, or below where there is more room */
  const showTip = (event) => {
    const reference = event.target.closest?.(".wj-ref");
    const tip = reference?.nextElementSibling;
    if (!tip) return;
    if (event.type === "pointerover") document.body.classList.remove("wj-quiet");
    const { top, bottom, left } = reference.getBoundingClientRect();
    const above = top > innerHeight - bottom;
    tip.style.top = above ? "auto" : `${bottom + 8}px`;
    tip.style.bottom = above ? `${innerHeight - top + 8}px` : "auto";
    tip.style.left = `${Math.max(8, Math.min(left, innerWidth - tip.offsetWidth - 8))}px`;
    const lit = find("mark", tip);
    if (lit) tip.scrollTop = lit.offsetTop - tip.clientHeight / 2;
  };

  /* feedback */
  const judge = (button) => {
    const judged = button.closest(".wj-judge");
    const about = JSON.parse(judged.dataset.about);
    about.verdict = button.dataset.verdict;
    if (!button.dataset.correct) return send(judged, about);
    const hint = made("span", "wj-correct", say("select"));
    const chosen = made("q", "wj-chosen");
    const sending = made("button", "wj-link", say("send"));
    sending.type = "button";
    sending.dataset.send = JSON.stringify(about);
    judged.replaceChildren(hint, chosen, sending);
    const first = references()[0];
    if (first) openSource(first);
  };
  const send = async (judged, about) => {
    try {
      await fetched("api/v1/feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(about),
      });
      judged.replaceChildren(made("span", "wj-thanks", say("thanks")));
    } catch (error) {
      toast(say("failed", { reason: error.message }));
    }
  };
  const choose = () => {
    const chosen = find(".wj-chosen");
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

  /* the library */
  let chosen = new Map();
  const only = () => JSON.stringify([...chosen.keys()]);
  const showChosen = () => {
    const place = find("#wj-only");
    if (!place) return;
    place.hidden = !chosen.size;
    const names = [...chosen.values()].join("、");
    const clear = made("button", "wj-link", say("all"));
    clear.type = "button";
    clear.dataset.all = "yes";
    place.replaceChildren(made("span", "", say("only", { names })), clear);
    all("[data-only]").forEach((check) => (check.checked = chosen.has(check.dataset.only)));
  };
  const showLibrary = async () => {
    const place = find("#wj-library");
    if (!place) return;
    try {
      place.innerHTML = await (await fetched(`library?lang=${lang()}`)).text();
      const there = new Set(all("[data-only]", place).map((check) => check.dataset.only));
      chosen = new Map([...chosen].filter(([id]) => there.has(id)));
      showChosen();
    } catch (error) {
      place.textContent = say("failed", { reason: error.message });
    }
  };
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
      button.dataset.sure = "yes";
      button.textContent = say("sure");
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
  let stopping = null;
  const add = async (files) => {
    if (!files.length || stopping) return;
    stopping = new AbortController();
    const place = find("#wj-adding");
    const rows = [...files].map((file) => {
      const row = made("li", "wj-file", "");
      row.append(made("strong", "", file.name), made("span", "", say("waiting")));
      return row;
    });
    const stop = made("button", "wj-link", say("stop"));
    stop.type = "button";
    stop.addEventListener("click", () => stopping?.abort());
    place.replaceChildren(...rows, stop);
    for (const [i, file] of [...files].entries()) await addOne(file, rows[i]);
    stop.remove();
    stopping = null;
    await changed();
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
      tell(failed || say(done, { passages: result.passages }), failed ? "wj-failed" : "wj-done");
    } catch (error) {
      const stopped = stopping.signal.aborted;
      tell(stopped ? say("stopped") : say("failed", { reason: error.message }), "wj-failed");
    }
    row.classList.remove("wj-busy");
  };

  /* what people do */
  const acts = {
    ask: (button) => ask(button.dataset.ask),
    edit: (button) => edit(button.dataset.edit),
    source: openSource,
    back: closeSource,
    step: (button) => step(Number(button.dataset.step)),
    verdict: judge,
    send: (button) => send(button.closest(".wj-judge"), JSON.parse(button.dataset.send)),
    remove,
    copy: async (button) => (await copied(button.dataset.copy), toast(say("copied"))),
    permalink: async (button) => {
      const link = at("./");
      link.search = new URLSearchParams({ q: button.dataset.permalink });
      await copied(link.href);
      toast(say("copied"));
    },
    all: () => (chosen.clear(), showChosen()),
  };
  document.addEventListener("click", (event) => {
    const language = event.target.closest(".wj-languages a");
    if (language) document.cookie = `wenju_language=${language.dataset.lang};path=/;max-age=31536000;samesite=lax`;
    const button = event.target.closest("button");
    const act = button && Object.keys(acts).find((name) => button.dataset[name] !== undefined);
    if (act) acts[act](button);
  });
  document.addEventListener("change", (event) => {
    const { dataset, checked, files, id, title } = event.target;
    if (id === "wj-files") return add(files).then(() => (event.target.value = ""));
    if (dataset.only === undefined) return;
    if (checked) chosen.set(dataset.only, dataset.title);
    else chosen.delete(dataset.only);
    showChosen();
  });
  document.addEventListener("pointerover", showTip);
  document.addEventListener("focusin", showTip);
  document.addEventListener("selectionchange", choose);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return closeSource();
    if (event.key === "Tab") document.body.classList.remove("wj-quiet");
    const writing = event.target.closest?.("textarea, input, select, [contenteditable]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      box()?.focus();
    } else if (event.key === "n" || event.key === "]") step(1);
    else if (event.key === "p" || event.key === "[") step(-1);
  });
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      find("#wj-drop")?.classList.toggle("wj-over", kind === "dragover");
      if (kind !== "drop") return;
      toTab(1);
      add(event.dataTransfer.files);
    });
  }

  /* as the page opens */
  const started = () => {
    document.documentElement.lang = header().dataset.lang;
    suggest();
    const question = new URLSearchParams(location.search).get("q");
    if (question) ask(question);
  };
  window.wenju = { only, showNewest };
  // a tab's content is only there once it was looked at
  const shelf = new MutationObserver(() => {
    if (!find("#wj-library")) return;
    shelf.disconnect();
    showLibrary();
  });
  shelf.observe(document.body, { childList: true, subtree: true });
  const ready = new MutationObserver(() => {
    if (!header() || !box() || !find(".wj-welcome")) return;
    ready.disconnect();
    started();
  });
  ready.observe(document.body, { childList: true, subtree: true });
}
