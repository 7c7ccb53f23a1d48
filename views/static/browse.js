// All cards. Without this file every card is a check box in one form, with a button for
// those that are chosen and one for all; with it the buttons say how many those are, and
// keys move and choose.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const form = one("#acts"), act = one("#do"), page = one("#whole-page");

const boxes = () => all("input[name=card]", form);
const rows = () => all("tr[data-card]", form);

const cards = (n) => (n === 1 ? "1 card" : `${n.toLocaleString("en")} cards`);

// The buttons say what they will do, and to how many.
function label() {
  const chosen = boxes().filter((b) => b.checked).length, does = act.selectedOptions[0].textContent;
  one("#do-chosen").textContent = `${does}: ${chosen ? cards(chosen) : "the chosen cards"}`;
  const found = one("#do-all"); // "All 2,431 found"
  found.dataset.said ??= found.textContent;
  found.textContent = `${does}: ${found.dataset.said.toLowerCase()}`;
  page.checked = chosen > 0 && chosen === boxes().length;
  page.indeterminate = chosen > 0 && !page.checked;
  for (const part of all("[data-for]", form)) part.hidden = !part.dataset.for.split(" ").includes(act.value);
}

let last = null; // the box that was pressed last, from which Shift chooses all between

function between(box) {
  const list = boxes(), from = list.indexOf(last), to = list.indexOf(box);
  if (from < 0 || to < 0) return;
  for (const b of list.slice(Math.min(from, to), Math.max(from, to) + 1)) b.checked = box.checked;
}

function go(row) {
  if (!row) return;
  one("a", row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(row, by) {
  const list = rows(), at = list.indexOf(row);
  go(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)]);
}

const keys = {
  j: (row) => step(row, 1),
  k: (row) => step(row, -1),
  x: (row) => {
    const box = row && one("input", row);
    if (!box) return;
    box.checked = !box.checked;
    last = box;
    label();
    one("#live").textContent = box.checked ? "Chosen." : "Not chosen.";
  },
};

let prefixAt = -Infinity; // of a "g", which begins a way to another page

document.addEventListener("keydown", (event) => {
  if (!form || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented || one("dialog[open]")) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
  const name = event.key.toLowerCase(), prefixed = event.timeStamp - prefixAt < 1500;
  prefixAt = name === "g" ? event.timeStamp : -Infinity;
  if (prefixed || !Object.hasOwn(keys, name) || (event.repeat && name === "x")) return;
  event.preventDefault();
  keys[name](document.activeElement?.closest("tr[data-card]"));
});

if (form) {
  one("#whole").hidden = false;
  one("#chosen-column").hidden = true;
  form.addEventListener("click", (event) => {
    if (!event.target.matches("input[name=card]")) return;
    if (event.shiftKey && last) between(event.target);
    last = event.target;
    label();
  });
  form.addEventListener("change", (event) => {
    if (event.target === page) for (const box of boxes()) box.checked = page.checked;
    label();
  });
  addEventListener("pageshow", label); // a browser that kept the ticks shows what they are
  label();
}

// An act on very many cards is done beside: see how far it is.
if (one("[data-busy]")) setTimeout(() => location.reload(), 1500);
