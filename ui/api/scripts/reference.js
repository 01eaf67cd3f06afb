// Trying an operation: its form becomes a request to this server, and what comes back is shown below it.
const shown = (form, name, text) => {
  const place = form.querySelector(`[data-shown="${name}"]`);
  place.textContent = text;
  place.hidden = false;
  return place;
};
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const filled = (form, place) =>
  [...form.querySelectorAll(`[data-in="${place}"]`)].filter((field) => field.value !== "");
const address = (form) => {
  let path = form.dataset.path;
  for (const field of filled(form, "path")) path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
  const query = new URLSearchParams(filled(form, "query").map((field) => [field.name, field.value]));
  return new URL(`.${path}${query.size ? `?${query}` : ""}`, location.href);
};
const request = (form) => {
  const { body, files } = form.elements;
  const headers = Object.fromEntries(filled(form, "header").map((field) => [field.name, field.value]));
  const key = document.querySelector("#key").value;
  if (key) headers.authorization = `Bearer ${key}`;
  const options = { method: form.dataset.method, headers };
  if (body) {
    headers["content-type"] = "application/json";
    options.body = body.value;
  }
  if (files) {
    options.body = new FormData();
    for (const file of files.files) options.body.append("files", file);
  }
  return options;
};
// the key is not written out: what is on a screen is copied
const command = (url, { method, headers, body }, files) => {
  const named = Object.entries(headers).filter(([name]) => name !== "authorization");
  const parts = ["curl -s", ...(method === "get" ? [] : [`-X ${method.toUpperCase()}`]), quoted(url.href)];
  if (headers.authorization) parts.push('-H "authorization: Bearer $KEY"');
  parts.push(...named.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`));
  if (typeof body === "string") parts.push(`-d ${quoted(body)}`);
  for (const file of files?.files ?? []) parts.push(`-F ${quoted(`files=@${file.name}`)}`);
  return parts.join(" ");
};
const picture = async (form, response) => {
  const reading = new FileReader();
  reading.readAsDataURL(await response.blob());
  await new Promise((done) => (reading.onload = done));
  const image = document.createElement("img");
  image.src = reading.result;
  image.alt = form.dataset.path;
  shown(form, "body", "").append(image);
};
const streamed = async (form, response) => {
  const decoder = new TextDecoder();
  let text = "";
  for (let reader = response.body.getReader(), piece; !(piece = await reader.read()).done; )
    shown(form, "body", (text += decoder.decode(piece.value, { stream: true })));
};
const told = async (form, response) => {
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("image/")) return picture(form, response);
  if (type.startsWith("text/event-stream")) return streamed(form, response);
  const text = await response.text();
  shown(form, "body", type.includes("json") ? JSON.stringify(JSON.parse(text), null, 2) : text);
};
const send = async (form) => {
  const button = form.querySelector("button");
  const [url, options] = [address(form), request(form)];
  shown(form, "command", command(url, options, form.elements.files));
  shown(form, "status", "…");
  shown(form, "body", "");
  button.disabled = true;
  try {
    const response = await fetch(url, options);
    shown(form, "status", `${response.status} ${response.statusText}`);
    await told(form, response);
  } catch (error) {
    shown(form, "status", error.message);
  }
  button.disabled = false;
};
document.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target);
});
