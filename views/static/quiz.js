// Putting in order without a page for every move, and the keys of it. Without this
// file each Up and Down is a form of its own.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const rows = () => all("#events > li");

// settle writes down the order as it stands: in the form, and on the buttons.
function settle() {
  const list = rows();
  one("#order").value = list.map((row) => row.dataset.part).join(",");
  list.forEach((row, place) => {
    const [up, down] = all("[data-move]", row);
    up.value = `${place}-up`;
    down.value = `${place}-down`;
    up.disabled = place === 0;
    down.disabled = place === list.length - 1;
  });
}

// move takes a row one place up or down, and says where it is.
function move(row, way) {
  const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (way === "up") other.before(row);
  else other.after(row);
  settle();
  const place = rows().indexOf(row) + 1;
  one("#live").textContent = `Number ${place}: ${one("span", row).textContent}`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]"), row = button?.closest("#events > li");
  if (!row) return;
  event.preventDefault();
  move(row, button.dataset.move);
  if (!button.disabled) button.focus();
  else all("[data-move]", row).find((b) => !b.disabled)?.focus();
});

// Arrows choose a row; with Shift they move it.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || one("dialog[open]")) return;
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key], list = rows();
  if (!way || !list.length || event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  const at = list.indexOf(document.activeElement.closest("#events > li"));
  if (event.shiftKey && at >= 0) {
    move(list[at], way);
    focusRow(list[at]);
  } else {
    const to = at < 0 ? (way === "down" ? 0 : list.length - 1) : at + (way === "down" ? 1 : -1);
    focusRow(list[Math.min(Math.max(to, 0), list.length - 1)]);
  }
});

function focusRow(row) {
  row.tabIndex = -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

// A typed answer that the page was swapped in for has the focus, as after a load.
new MutationObserver(() => one("#given[autofocus]:not([data-met])")?.focus()).observe(document.body, { childList: true });
one("#given")?.setAttribute("data-met", "");
