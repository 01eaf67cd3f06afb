// Conversations, kept in this browser alone: one database, a record for each turn.
const MOST_KEPT = 200; // conversations; the oldest go first
const MOST_SENT = 900_000; // bytes of turns that go back to the server at once
const tab = sessionStorage; // which conversation this tab shows: outlives reloads, Back and the language
const today = () => new Date().toLocaleDateString("sv"); // 2026-11-30, in the reader's time zone
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
let database;
const opened = () => {
  const request = indexedDB.open("wenju", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("conversations", { keyPath: "id" });
    request.result.createObjectStore("turns", { autoIncrement: true }).createIndex("of", "of");
  };
  return done(request);
};
// where a browser keeps nothing (some private windows), the page works without
const inStores = async (mode, work) => {
  try {
    database ||= opened();
    const change = (await database).transaction(["conversations", "turns"], mode);
    return await work(change.objectStore("conversations"), change.objectStore("turns"));
  } catch (error) {
    console.info(error);
    return undefined;
  }
};
const shownId = () => tab.getItem("wenju.conversation");
const conversations = async () => {
  const found = (await inStores("readonly", (about) => done(about.getAll()))) ?? [];
  return found.sort((a, b) => b.changed - a.changed);
};
const keptTurns = async (id) =>
  (id && (await inStores("readonly", (_, turns) => done(turns.index("of").getAll(id))))) || [];

// what is being asked, so that a reload in between asks it again
const waiting = (question) => {
  const said = JSON.stringify(scope());
  if (question.trim()) tab.setItem("wenju.waiting", JSON.stringify({ question: question.trim(), scope: scope() }));
  return said;
};
const keep = async (said) => {
  if (!said) return;
  const asked = tab.getItem("wenju.waiting");
  const turn = { scope: {}, ...JSON.parse(asked ?? "{}"), ...JSON.parse(said), day: today() };
  const id = shownId() ?? crypto.getRandomValues(new Uint32Array(3)).join("-");
  tab.setItem("wenju.conversation", id);
  await inStores("readwrite", async (about, turns) => {
    const known = (await done(about.get(id))) ?? { id, title: turn.question, turns: 0 };
    about.put({ ...known, changed: Date.now(), turns: known.turns + 1 });
    turns.add({ of: id, ...turn });
  });
  if (tab.getItem("wenju.waiting") === asked) tab.removeItem("wenju.waiting");
  shownTurns = [...shownTurns, turn];
  showAddress();
  const old = (await conversations()).slice(MOST_KEPT);
  for (const one of old) await forget(one.id);
};
const forget = (id) =>
  inStores("readwrite", async (about, turns) => {
    about.delete(id);
    for (const key of await done(turns.index("of").getAllKeys(id))) turns.delete(key);
  });
const forgetAll = () =>
  inStores("readwrite", (about, turns) => (about.clear(), done(turns.clear())));

// what the server is given to show a conversation again: the newest turns that one request can hold
let shownTurns = [];
const sent = (turns) => {
  const size = (turn) => new TextEncoder().encode(JSON.stringify(JSON.stringify(turn))).length;
  let room = MOST_SENT;
  const first = turns.findLastIndex((turn) => (room -= size(turn)) < 0) + 1;
  shownTurns = turns.slice(first);
  return JSON.stringify(shownTurns);
};
const opening = async (id = shownId()) => {
  const late = new Promise((resolve) => setTimeout(resolve, 1500, []));
  const turns = await Promise.race([keptTurns(id), late]);
  // an address that asks something else begins a conversation of its own
  const isAnother = location.search && addressOf(turns.at(-1)) !== location.search + location.hash;
  if (isAnother) tab.removeItem("wenju.conversation");
  return sent(isAnother ? [] : turns);
};
const reopen = (id) => {
  find("#wj-history").close();
  tab.setItem("wenju.conversation", id);
  find("#wj-reopen").click();
};
const reopening = async () => {
  const turns = sent(await keptTurns(shownId()));
  showAddress();
  return turns;
};
const begin = () => {
  tab.removeItem("wenju.conversation");
  shownTurns = [];
  showAddress();
  find("#wj-clear").click();
};
