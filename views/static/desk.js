// The desk: proposals beside their text. Without this file every proposal is a
// check box in one form; with it each decision is stored at once, evidence lights
// up both ways, and one key does one thing.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const desk = one(".desk"), live = one("#live");

const proposals = () => all(".proposal", desk).filter((p) => p.offsetParent);
const proposalOf = (element) => element?.closest(".proposal");
const byID = (id) => document.getElementById("p-" + id);
const marksOf = (id) => all(`[data-for~="${CSS.escape(id)}"]`, desk);
const box = (proposal) => one("input[name=keep]", proposal);
const words = (proposal) => all("textarea", proposal);

// Evidence: the answer in the text and its card light up together.
function light(ids) {
  for (const lit of all(".lit", desk)) lit.classList.remove("lit");
  for (const id of ids) {
    byID(id)?.classList.add("lit");
    for (const mark of marksOf(id)) mark.classList.add("lit");
  }
}

function idsAt(element) {
  const proposal = proposalOf(element);
  if (proposal) return [proposal.dataset.id];
  return element?.closest("[data-for]")?.dataset.for.split(" ") ?? [];
}

// The text scrolls by itself where it stands beside the cards, never the page.
function showEvidence(proposal) {
  const text = one("#text"), mark = marksOf(proposal.dataset.id)[0];
  if (!mark || text.scrollHeight <= text.clientHeight || getComputedStyle(text).overflowY !== "auto") return;
  const from = text.getBoundingClientRect(), at = mark.getBoundingClientRect();
  if (at.top >= from.top + 40 && at.bottom <= from.bottom - 40) return;
  text.scrollTo({ top: text.scrollTop + at.top - from.top - text.clientHeight / 3 });
}

// Decisions are stored at once; Save sends them all again, so that none is lost
// when that fails.
async function store(proposal) {
  const [front, back] = words(proposal).map((w) => w.value.trim());
  if (!front || !back) return;
  const body = new URLSearchParams({ quiet: "1", verdict: box(proposal).checked ? "keep" : "drop", front, back });
  try {
    const response = await fetch(`/articles/${desk.dataset.article}/proposals/${encodeURIComponent(proposal.dataset.id)}`, {
      method: "POST", body, redirect: "error", keepalive: true, signal: AbortSignal.timeout(10000),
    });
    if (!response.ok) throw new Error(String(response.status));
  } catch {
    live.textContent = "This could not be stored just now. Save will send it again.";
  }
}

function count() {
  const label = one("#save .counted");
  if (!label) return;
  const n = all("input[name=keep]:checked", desk).length + Number(one(".proposals").dataset.elsewhere);
  label.textContent = n === 1 ? "Save 1 card" : `Save ${n.toLocaleString("en")} cards`;
}

function decide(proposal, keep) {
  const tick = box(proposal);
  if (!tick || tick.checked === keep) return;
  tick.checked = keep;
  changed(proposal);
  live.textContent = keep ? "Kept." : "Dropped.";
}

function changed(proposal) {
  count();
  store(proposal);
}

function reword(proposal) {
  const [front, back] = words(proposal);
  if (front.value.trim()) one(".q", proposal).textContent = front.value.trim();
  if (back.value.trim()) one(".a a", proposal).textContent = back.value.trim();
  box(proposal).checked = true; // who words a card anew wants it
  changed(proposal);
}

function go(proposal) {
  if (!proposal) return;
  proposal.focus({ preventScroll: true });
  proposal.scrollIntoView({ block: "nearest" });
}

function step(from, by) {
  const list = proposals(), at = list.indexOf(from);
  go(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)]);
}

function edit(proposal) {
  const details = one(".reword", proposal);
  if (!details) return;
  details.open = true;
  one("textarea", details).focus();
}

// What the server decides about the list is fetched, and put in place of the list.
let asked = 0;

async function reload(address, options, focusID) {
  const turn = ++asked;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(10000), ...options });
    if (!response.ok) throw new Error(String(response.status));
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== asked) return true; // a later one is on its way
    const less = one("details.less", desk)?.open;
    for (const id of ["cards", "enough", "joining"]) byIDOf(document, id).replaceChildren(...byIDOf(next, id).childNodes);
    if (less) one("details.less", desk)?.setAttribute("open", "");
    count();
    const proposal = focusID && byID(focusID);
    if (proposal) {
      if (proposal.closest("details")) proposal.closest("details").open = true;
      go(proposal);
    }
    return true;
  } catch {
    return false;
  }
}

const byIDOf = (page, id) => page.getElementById(id);

async function join(proposal, button) {
  if (!button) {
    live.textContent = "There is no other card of this sentence to join it with.";
    return;
  }
  const body = new URLSearchParams(new FormData(button.form, button));
  const apart = button.matches("[data-apart]");
  if (await reload(button.formAction, { method: "POST", body }, proposal.dataset.id)) live.textContent = apart ? "Taken apart." : "Joined: one card asks for both.";
  else button.form.requestSubmit(button);
}

let budgetSoon;

function budget(slider) {
  clearTimeout(budgetSoon);
  budgetSoon = setTimeout(async () => {
    const form = slider.form, address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form));
    if (await reload(address)) history.replaceState(null, "", address);
    else form.submit();
  }, 150);
}

async function wording(proposal, button) {
  if (!button) return;
  const body = new URLSearchParams(new FormData(button.form, button));
  if (await reload(button.formAction, { method: "POST", body }, proposal.dataset.id)) live.textContent = one(".q", byID(proposal.dataset.id))?.textContent ?? "";
  else button.form.requestSubmit(button);
}

const keys = {
  o: (p) => p && wording(p, one("[data-wording]", p)),
  m: (p) => p && join(p, one("[data-join], [data-apart]", p)),
  j: (p) => step(p, 1),
  k: (p) => step(p, -1),
  x: (p) => p && box(p) && decide(p, !box(p).checked),
  d: (p) => p && (decide(p, false), step(p, 1)),
  e: (p) => p && edit(p),
};

let prefixAt = -Infinity; // of a "g", which begins a way to another page

function key(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    one("#save")?.click();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented || one("dialog[open]")) return;
  const target = event.target, proposal = proposalOf(document.activeElement) ?? proposalOf(one(".proposal:target"));
  if (event.key === "Escape" && target.matches("textarea")) {
    one(".reword", proposal).open = false;
    go(proposal);
    return;
  }
  if (target.closest("textarea, select, input:not([type=checkbox])")) return;
  const name = event.key.toLowerCase(), prefixed = event.timeStamp - prefixAt < 1500;
  prefixAt = name === "g" ? event.timeStamp : -Infinity;
  if (prefixed || !Object.hasOwn(keys, name) || (event.repeat && name !== "j" && name !== "k")) return;
  event.preventDefault();
  keys[name](proposal);
}

if (desk) {
  document.addEventListener("keydown", key);
  desk.addEventListener("mouseover", (event) => light(idsAt(event.target)));
  desk.addEventListener("mouseleave", () => light(idsAt(document.activeElement)));
  desk.addEventListener("focusin", (event) => {
    light(idsAt(event.target));
    const proposal = proposalOf(event.target);
    if (proposal) showEvidence(proposal);
  });
  one("#budget")?.addEventListener("input", (event) => budget(event.target));
  one("#show-budget")?.setAttribute("hidden", "");
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-join], [data-apart], [data-wording]");
    if (!button) return;
    event.preventDefault();
    (button.matches("[data-wording]") ? wording : join)(proposalOf(button), button);
  });
  desk.addEventListener("change", (event) => {
    const proposal = proposalOf(event.target);
    if (!proposal) return;
    if (event.target.matches("textarea")) reword(proposal);
    else changed(proposal);
  });
  desk.addEventListener("click", (event) => { // from the text to the card, which may be folded away
    const link = event.target.closest("[data-for] a");
    const proposal = link && document.getElementById(link.hash.slice(1));
    if (!proposal) return;
    const folded = proposal.closest("details.less");
    if (folded) folded.open = true;
    event.preventDefault();
    proposal.focus({ preventScroll: true });
    proposal.scrollIntoView({ block: "center" });
  });
  count(); // a browser that kept the ticks over a reload shows what they are
}

// A file that the server would refuse is said to be too large before it is sent.
document.addEventListener("change", (event) => {
  const field = event.target, most = Number(field.dataset?.most);
  if (!most || field.type !== "file") return;
  const large = [...field.files].some((file) => file.size > most);
  field.setCustomValidity(large ? `This file is larger than ${Math.floor(most / 2 ** 20)} MB. Send it in smaller parts.` : "");
  field.reportValidity();
});

// A form that takes its time says so.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("[data-wait]");
  if (!button || event.defaultPrevented) return;
  button.dataset.label = button.textContent;
  button.textContent = button.dataset.wait;
  button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const button of all("[data-label]")) button.textContent = button.dataset.label;
});

// A long text: see how far it is, until the page is another.
async function follow() {
  try {
    const response = await fetch(location.href, { signal: AbortSignal.timeout(10000) });
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const here = one("[data-job] progress"), there = one("[data-job] progress", next);
    if (!there) {
      location.replace(response.url);
      return;
    }
    if (there.hasAttribute("value")) {
      here.max = there.max;
      here.value = there.value;
    }
  } catch { /* the server is away for a moment: ask again */ }
  setTimeout(follow, 1000);
}
if (one("[data-job]")) setTimeout(follow, 700);
