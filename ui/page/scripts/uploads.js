// Adding files: one after the other, each with how far it is, all together with the time left.
let stopping = null;
const add = async (files) => {
  if (!files.length || stopping) return;
  stopping = new AbortController();
  await shelved;
  const place = find("#wj-adding");
  const queue = [...files].map((file) => ({ file, row: fileRow(file.name) }));
  const stop = madeButton("wj-link", say("stop"));
  stop.addEventListener("click", () => stopping?.abort());
  const line = made("li", "wj-file wj-left");
  line.append(made("span", ""), stop);
  place.replaceChildren(line, ...queue.map(({ row }) => row));
  const ticking = timeLeft(queue, find("span", line));
  for (const one of queue) {
    await addOne(one);
    one.done = true;
  }
  clearInterval(ticking);
  const failed = queue.filter(({ row }) => row.matches(".wj-failed")).length;
  find("span", line).textContent = say("finished", { count: queue.length - failed, failed });
  stop.remove();
  stopping = null;
  await changed().catch((error) => toast(say("failed", { reason: error.message })));
};
const fileRow = (name) => {
  const row = made("li", "wj-file");
  row.append(made("strong", "", name), made("span", "", say("waiting")));
  return row;
};
// by how long the bytes took that are dealt with; as files differ, no more than a guess
const timeLeft = (queue, place) => {
  const began = Date.now();
  const bytes = (some) => some.reduce((sum, { file }) => sum + file.size + 10_000, 0); // small ones take time, too
  const show = () => {
    const done = queue.filter((one) => one.done);
    const seconds = (Date.now() - began) / 1000;
    const rest = done.length ? (seconds / bytes(done)) * bytes(queue) - seconds : undefined;
    const counted = say("progress", { number: Math.min(done.length + 1, queue.length), count: queue.length });
    place.textContent = rest === undefined ? counted : `${counted} · ${remaining(Math.max(rest, 1))}`;
  };
  show();
  return setInterval(show, 1000);
};
const remaining = (seconds) =>
  seconds < 90 ? say("seconds", { count: Math.ceil(seconds) }) : say("minutes", { count: Math.ceil(seconds / 60) });

const addOne = async ({ file, row }) => {
  const said = row.lastChild;
  const tell = (text, css, detail = "") => {
    said.textContent = text;
    said.title = detail;
    row.classList.remove("wj-busy");
    row.classList.add(css);
  };
  const { signal } = stopping;
  if (signal.aborted) return tell(say("stopped"), "wj-failed");
  row.classList.add("wj-busy");
  row.scrollIntoView({ block: "nearest" });
  const sentShare = (share) => (said.textContent = share < 1 ? say("sending", { percent: Math.floor(100 * share) }) : say("adding"));
  try {
    const { status, body } = await sentFile(file, signal, sentShare);
    const result = body.files?.[0];
    if (!result) return tell(refusedBecause(status, body), "wj-failed", body.detail);
    const failed = result.failed.map(({ why }) => problem(why)).join(" ");
    const detail = result.failed.map(({ reason }) => reason).join("\n");
    const done = result.added || result.updated ? "added" : "unchanged";
    const kept = result.added || result.updated || result.unchanged;
    const words = kept ? say(done, { passages: result.passages }) : "";
    tell([words, failed].filter(Boolean).join(" "), failed ? "wj-failed" : "wj-done", detail);
  } catch (error) {
    tell(signal.aborted ? say("stopped") : say("failed", { reason: error.message }), "wj-failed");
  }
};
// fetch does not tell how much of a file is sent
const sentFile = (file, signal, progress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("files", file);
    request.open("POST", at("api/v1/documents"));
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () => resolve({ status: request.status, body: request.response ?? {} });
    request.onerror = () => reject(new Error(say("unreachable")));
    request.onabort = () => reject(new Error(say("stopped")));
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
// in the page's language; the server's own sentence is there when it is pointed at
const problem = (why) => words().problems[why] ?? words().problems.other;
const refusedBecause = (status, body) => {
  const whys = { 401: "denied", 403: "denied", 408: "late", 413: "too_large", 429: "busy", 503: "busy" };
  return problem(whys[status] ?? (body.detail ? "other" : "late"));
};
