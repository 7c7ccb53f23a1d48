// Keys and swaps. Every page works without this file: it presses the buttons that
// are there, shows the answer that the page already holds, and replaces <main>
// where a form would have loaded the whole page. When anything fails, the form is
// sent plainly.

const one = (selector, root = document) => root.querySelector(selector);

// The answer and the grades wait in templates, so that there is nothing to grade with before.
function show() {
  const answer = one("#answer-part"), grades = one("#grades-part");
  if (!answer || !grades) return false;
  one("#answer").replaceChildren(answer.content.cloneNode(true));
  one("#grades").replaceChildren(grades.content.cloneNode(true));
  answer.remove();
  grades.remove();
  one("#answer").focus({ preventScroll: true }); // read out, and Space is Good from here
  return true;
}

// swap puts the <main> of another page in place of this one's.
function swap(html, address) {
  const next = new DOMParser().parseFromString(html, "text/html");
  const main = one("main", next);
  if (!main || next.body.className !== document.body.className || !document.body.matches(".study")) {
    location.assign(address);
    return;
  }
  one("main").replaceWith(document.adoptNode(main));
  document.title = next.title;
  history.replaceState(null, "", address);
  scrollTo(0, 0);
  const question = one("#question");
  (one("main [autofocus]") ?? question)?.focus({ preventScroll: true });
  const said = [one("#notice")?.textContent, question?.textContent];
  one("#live").textContent = said.filter(Boolean).map((s) => s.trim()).join(" ");
}

let busy = false;

async function send(form, button) {
  busy = true;
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, button)),
      signal: AbortSignal.timeout(10000),
    });
    const html = await response.text();
    if (!response.ok) throw new Error(String(response.status));
    busy = false;
    swap(html, response.url);
  } catch {
    plainly(form, button); // the same key: at most one review comes of it
  }
}

function plainly(form, button) {
  if (button?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
  }
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (busy) {
    event.preventDefault();
  } else if (form.matches("form[data-swap]")) {
    event.preventDefault();
    send(form, event.submitter);
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show]")) {
    if (event.detail > 1 || show()) event.preventDefault(); // a double click on a grade ends here: it shows nothing
  }
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
});

// A page that the browser kept comes back with a form that was already sent.
addEventListener("pageshow", (event) => {
  busy = false;
  if (event.persisted && document.body.matches(".study")) location.reload();
});

// Keys press the element that names them, so that keys and buttons cannot disagree.
const names = { " ": "Space" };
let prefix = "", prefixAt = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.repeat || event.isComposing) return;
  if (event.defaultPrevented || one("dialog[open]")) return;
  const target = event.target;
  if (event.altKey) { // also in a field; on some keyboards Alt makes another letter of the key
    const found = one(`[data-key~="Alt-${CSS.escape(event.code.replace("Key", "").toLowerCase())}"]`);
    if (found) event.preventDefault();
    found?.click();
    return;
  }
  if (target.closest("input, textarea, select, [contenteditable]")) return;
  let key = names[event.key] ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  if (key === "Space" && target.closest("button, summary, [tabindex='0']")) return; // it is theirs
  if (key === "Enter" && target.closest("a, button, summary")) return;
  if (prefix && event.timeStamp - prefixAt < 1500) key = prefix + "-" + key;
  prefix = "";
  if (key === "g" && one("[data-key~='g-t']")) {
    prefix = key;
    prefixAt = event.timeStamp;
    return;
  }
  const found = one(`[data-key~="${CSS.escape(key)}"]`);
  if (!found && key !== "?") return;
  event.preventDefault();
  if (key === "?") one("#keys").showModal();
  else if (found.matches("input, textarea, select")) found.focus();
  else if (!found.disabled) found.click();
});

// The zone is the browser's; the list is for those without this file.
const zone = one("#zone"), here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && here && one("[data-zone]") && !zone.matches("[aria-invalid]")) {
  if (![...zone.options].some((o) => o.value === here)) zone.add(new Option(here));
  zone.value = here;
  one("[data-zone]").hidden = true;
}

for (const opener of document.querySelectorAll("[data-open]")) opener.hidden = false;
