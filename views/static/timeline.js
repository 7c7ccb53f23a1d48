// Keys of the timeline: j and k step from entry to entry, Enter shows a hidden date or
// opens the card. Everything here is also a link or a button.

const entries = () => [...document.querySelectorAll(".time > li[tabindex]")];

function step(by) {
  const all = entries();
  const here = all.indexOf(document.activeElement?.closest(".time > li"));
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
  } else if (event.key === "Enter" && event.target.matches(".time > li")) {
    event.preventDefault();
    const date = event.target.querySelector("details.secret");
    if (date) date.open = !date.open;
    else event.target.querySelector(".what a, .caption a")?.click();
  }
});
