// What the page's scripts share; all of them are put together into one function, in the order that
// ui/page.py names. Texts of documents only ever arrive as HTML that the server escaped, or as
// textContent.
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
const madeButton = (css, text, data = {}) => {
  const element = made("button", css, text);
  element.type = "button";
  Object.assign(element.dataset, data);
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
