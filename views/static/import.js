// Import: files are dropped anywhere on the page, large ones show how much of them is
// sent, and the preview follows its choices. Without this file the form is sent as a
// form, and the preview has a button that reads the file with other choices.

const one = (selector, root = document) => root.querySelector(selector);
const live = one("#live");

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

// Choosing files.

let form, field; // none on other pages

// A file that the server would refuse is said to be too large before it is sent.
function check() {
  const files = [...field.files], largest = Number(form.dataset.largest), most = Number(form.dataset.most);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  let wrong = "";
  if (size > largest) wrong = `This is larger than ${Math.floor(largest / 1e6)} MB. Export the deck without its media, or send the files one after the other.`;
  if (files.length > most) wrong = `These are ${files.length} files; ${most} can be sent at once. Put them into one zip archive.`;
  field.setCustomValidity(wrong);
  return field.reportValidity();
}

// A folder that is dropped gives its files.
async function filesOf(entry, found) {
  if (entry.isFile) {
    found.push(await new Promise((done, fail) => entry.file(done, fail)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return;
    for (const inner of some) if (!inner.name.startsWith(".") && found.length < 1000) await filesOf(inner, found);
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.());
  if (entries.length && entries.every(Boolean)) {
    const found = [];
    for (const entry of entries) await filesOf(entry, found);
    return found;
  }
  return [...transfer.files];
}

async function take(transfer) {
  const files = await dropped(transfer), list = new DataTransfer();
  for (const file of files) list.items.add(file);
  if (!list.files.length) return;
  field.files = list.files;
  if (check()) form.requestSubmit(one("#look"));
}

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

// From this size on it is worth showing how much is sent.
const slow = 2 ** 20;
let sending = null;

function send() {
  const request = sending = new XMLHttpRequest();
  const bar = one("#sending progress"), text = one("#sending-text");
  request.open("POST", form.action);
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable) return;
    bar.value = (event.loaded / event.total) * 100;
    text.textContent = event.loaded < event.total ? "Sending…" : "Sent. Reading…";
  };
  request.onload = () => {
    sending = null;
    if (request.status < 400) return location.assign(request.responseURL);
    const main = one("main", parse(request.responseText));
    if (!main) return restore("The server did not take this file. Try again.");
    one("main").replaceWith(document.adoptNode(main));
    begin();
    one("#error")?.scrollIntoView({ block: "nearest" });
  };
  request.onerror = () => restore("The connection broke off. Try again.");
  request.onabort = () => restore("Stopped. Nothing was imported.");
  form.hidden = true;
  one("#sending").hidden = false;
  one("#stop-sending").focus();
  request.send(new FormData(form));
}

function restore(sentence) {
  sending = null;
  form.hidden = false;
  one("#sending").hidden = true;
  live.textContent = sentence;
  field.setCustomValidity(sentence);
  field.reportValidity();
  field.setCustomValidity("");
}

function begin() {
  form = one("#import-form");
  field = one("#file");
  if (!form) return;
  one(".can-drop").hidden = false;
  field.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    if (sending || !check()) {
      event.preventDefault();
    } else if ([...field.files].reduce((sum, file) => sum + file.size, 0) > slow) {
      event.preventDefault();
      send();
    }
  });
  one("#stop-sending").addEventListener("click", () => sending?.abort());
}

begin();

if (form) {
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer);
  });
  addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    take(event.clipboardData);
  });
}

// The preview follows its choices.

let asked = 0;

async function follow(preview, changed) {
  const mine = ++asked, at = changed.id || changed.name;
  const place = [...preview.elements].filter((e) => (e.id || e.name) === at).indexOf(changed);
  preview.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(preview.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(preview)), signal: AbortSignal.timeout(20000) });
    const next = parse(await response.text());
    if (mine !== asked) return;
    if (!response.ok || !one("#preview", next)) throw new Error(String(response.status));
    const unfolded = one(".otherwise")?.open;
    one("main").replaceWith(document.adoptNode(one("main", next)));
    if (unfolded && one(".otherwise")) one(".otherwise").open = true;
    const there = [...one("#preview").elements].filter((e) => (e.id || e.name) === at)[place];
    there?.focus({ preventScroll: true });
    live.textContent = [one("#error")?.textContent, one("#import")?.textContent ?? one("#nothing")?.textContent].filter(Boolean).join(" ");
  } catch {
    if (mine === asked) {
      preview.action = preview.dataset.preview;
      preview.submit();
    }
  }
}

document.addEventListener("change", (event) => {
  const preview = event.target.closest("#preview");
  if (!preview) return;
  const { name, value } = event.target;
  if (name === "other" && value) preview.elements.separator.value = "other"; // who types one means it
  if (name === "name" && value) preview.elements.into.value = "new";
  if (name === "deck") preview.elements.into.value = "deck";
  follow(preview, event.target);
});

// A form that takes its time says so.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.dataset.wait || event.defaultPrevented) return;
  asked++; // what was asked for meanwhile is of no use any more
  button.dataset.label = button.textContent;
  button.textContent = button.dataset.wait;
  button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-label]")) button.textContent = button.dataset.label;
});
