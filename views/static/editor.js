// The editor of notes and note types: buttons for what is written often, a preview
// that follows, pictures by paste and drop. Everything can be typed without this file.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Marks and pictures are HTML: a field that was text becomes HTML that says the same.
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\n/g, "<br>");

function boxOf(area) {
  return area.closest("[data-field]")?.querySelector("input[type=checkbox]");
}

function becomeHTML(area) {
  const box = boxOf(area);
  if (!box || box.checked) return;
  const { value, selectionStart: from, selectionEnd: to } = area;
  const start = escaped(value.slice(0, from)).length;
  area.value = escaped(value);
  area.setSelectionRange(start, start + escaped(value.slice(from, to)).length);
  box.checked = true;
}

// What is inserted can be taken back with the browser's own Undo where it has one.
function insert(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function wrap(area, before, after) {
  const { selectionStart: from, selectionEnd: to } = area;
  insert(area, before + area.value.slice(from, to) + after);
  area.setSelectionRange(from + before.length, to + before.length);
}

const fields = () => all("#note textarea, #card-form textarea");
let last; // the field that was written in last
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-field] textarea")) last = event.target;
});
const current = () => last ?? fields()[0];

function gap(same) {
  const area = current();
  const numbers = fields().flatMap((f) => [...f.value.matchAll(/\{\{c(\d+)::/g)].map((m) => Number(m[1])));
  const highest = Math.max(0, ...numbers);
  wrap(area, `{{c${same ? Math.max(1, highest) : highest + 1}::`, "}}");
}

function mark(tag) {
  const area = current();
  becomeHTML(area);
  wrap(area, `<${tag}>`, `</${tag}>`);
}

// A box that is taken off a field with markup would show the markup as text.
document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-field]");
  if (!field || !event.target.matches("input[type=checkbox]")) return;
  const area = one("textarea", field);
  if (event.target.checked) {
    area.value = escaped(area.value);
  } else {
    const lines = area.value.replace(/<br\s*\/?>/gi, "\n");
    if (lines.includes("<")) {
      event.target.checked = true;
      say("This field has markup in it: take that out first.");
      return;
    }
    area.value = new DOMParser().parseFromString(lines, "text/html").documentElement.textContent;
  }
  later();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-wrap], [data-gap]");
  if (button?.dataset.wrap) mark(button.dataset.wrap);
  else if (button) gap(button.dataset.gap === "same");
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-field] textarea") || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key === "b" || key === "i") mark(key);
  else if (key === "c" && event.shiftKey && one("[data-gap]")) gap(event.altKey);
  else if (key === "enter") event.target.form.requestSubmit();
  else return;
  event.preventDefault();
});

// Files are sent at once, and stand where the cursor was.
function say(text) {
  const status = one("[data-said]");
  if (status) status.textContent = text;
}

async function send(file, area) {
  const form = new FormData();
  form.set("as", area.form.elements.as.value);
  form.set("text", "1");
  form.set("file", file, file.name === "image.png" ? `paste-${Date.now()}.png` : file.name);
  try {
    const response = await fetch("/media", { method: "POST", body: form });
    const text = await response.text();
    if (!response.ok) {
      say(response.status === 422 ? text : "The file could not be stored.");
      return;
    }
    if (text.startsWith("<")) becomeHTML(area);
    insert(area, text);
    say("");
  } catch {
    say("The file could not be sent. Is there a connection?");
  }
}

async function sendAll(files, area) {
  if (!area || !files.length) return;
  say("Sending…");
  for (const file of files) await send(file, area);
}

document.addEventListener("paste", (event) => {
  const files = [...event.clipboardData?.files ?? []];
  if (!files.length || !event.target.matches?.("[data-field] textarea")) return;
  event.preventDefault();
  sendAll(files, event.target);
});

document.addEventListener("dragover", (event) => {
  if (event.target.matches?.("[data-field] textarea") && event.dataTransfer?.types.includes("Files")) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const files = [...event.dataTransfer?.files ?? []];
  if (!files.length || !event.target.matches?.("[data-field] textarea")) return;
  event.preventDefault();
  sendAll(files, event.target);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-file]")) return;
  sendAll([...event.target.files], current());
  event.target.value = "";
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-kind]")) event.target.form.requestSubmit();
});

// The preview is what the Preview button would show, fetched a moment after the last key.
// Its style element cannot be put into this page, whose policy does not know it.
let timer, asking;
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

async function preview(form) {
  asking?.abort();
  asking = new AbortController();
  const body = new FormData(form);
  body.set("preview", "1");
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), signal: asking.signal });
    if (!response.ok) return;
    let css = "";
    const html = (await response.text()).replace(/<style>([^<]*)<\/style>/, (_, text) => { css = text; return ""; });
    const next = one("#preview", new DOMParser().parseFromString(html, "text/html")), here = one("#preview");
    if (!next || !here) return;
    sheet.replaceSync(css);
    next.setAttribute("aria-busy", "false");
    here.replaceWith(document.adoptNode(next));
  } catch { /* the button is still there */ }
}

function later() {
  clearTimeout(timer);
  const form = one("form[data-preview]");
  if (form) timer = setTimeout(() => preview(form), 400);
}

document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-preview]")) later();
});

for (const tools of all("[data-tools]")) tools.hidden = false;
for (const plain of all("[data-plain]")) plain.hidden = true;
if (one("[data-kind]")) one("[data-choose]").hidden = true;
if (one("form[data-preview]") && one("#preview[hidden]") && fields().some((f) => f.value)) later();
