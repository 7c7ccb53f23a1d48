// What cards of any note type need beyond being shown: sounds, formulas, the dark, a
// place for the cursor. A card can be read and graded without this file.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const dark = matchMedia("(prefers-color-scheme: dark)");

// Cards that know the dark are told of it.
function nightfall(face) {
  const theme = document.documentElement.dataset.theme;
  const night = theme ? theme === "dark" : dark.matches;
  face.classList.toggle("light", !night && face.dataset.light === "1");
  for (const scope of all(".card-scope", face)) {
    scope.classList.toggle("card-night", night);
    for (const e of all(".c-html, .c-card", scope)) {
      e.classList.toggle("c-nightMode", night);
      e.classList.toggle("c-night_mode", night);
    }
  }
}
dark.addEventListener("change", () => all("[data-nocturnal]").forEach(nightfall));

// A card whose style sheet is still on its way stays hidden: nothing jumps, and no
// picture is seen without its masks.
function dress(link) {
  if (link.sheet || link.dataset.came) return;
  document.documentElement.classList.add("undressed");
  const done = () => {
    link.dataset.came = "1";
    document.documentElement.classList.remove("undressed");
  };
  link.addEventListener("load", done, { once: true });
  link.addEventListener("error", done, { once: true });
}

// MathJax is loaded when the first formula comes. What it would write into a style
// element or attribute, which the content policy forbids, is set by script. What TeX has
// to make links, classes and styles is left out.
const packages = ["base", "ams", "amscd", "boldsymbol", "braket", "bussproofs", "cancel", "cases", "centernot", "color", "colortbl", "empheq", "enclose",
  "extpfeil", "gensymb", "mathtools", "mhchem", "newcommand", "noerrors", "noundefined", "textcomp", "upgreek", "verb"];
let math;

function loadMath(address) {
  return math ??= new Promise((resolve, reject) => {
    window.MathJax = {
      loader: { load: [] },
      tex: { packages, inlineMath: [["\\(", "\\)"]], displayMath: [["\\[", "\\]"]], processEnvironments: false, processRefs: false, maxMacros: 1000, maxBuffer: 20000 },
      svg: { fontCache: "none" },
      options: { skipHtmlTags: ["script", "noscript", "style", "textarea", "pre", "code", "input", "button"] },
      startup: {
        typeset: false,
        ready() {
          const mj = window.MathJax;
          mj.startup.defaultReady();
          const { document: doc, adaptor } = mj.startup;
          const set = adaptor.setAttribute.bind(adaptor);
          adaptor.setAttribute = (node, name, value, space) => {
            if (name === "style") node.style.cssText = value;
            else set(node, name, value, space);
          };
          doc.addStyleSheet = () => {
            if (doc.sheet) return;
            doc.sheet = new CSSStyleSheet();
            doc.sheet.replaceSync(doc.documentStyleSheet().textContent);
            document.adoptedStyleSheets.push(doc.sheet);
          };
          mj.startup.promise.then(() => resolve(mj), reject);
        },
      },
    };
    const script = document.createElement("script");
    script.src = address;
    script.onerror = reject;
    document.head.append(script);
  });
}

async function typeset(element) {
  if (!/\\[([]/.test(element.textContent)) return;
  try {
    const mj = await loadMath(element.dataset.math);
    mj.texReset();
    await mj.typesetPromise([element]);
    mj.typesetClear([element]);
  } catch {
    math = undefined; // the formulas stay as they were written
  }
}

// Sounds play one after another, unless this device was told to be quiet.
const quiet = () => localStorage.getItem("quiet") === "1";
let playing;

function stop() {
  playing?.abort();
  playing = undefined;
  all("audio.card-player, video.card-player").forEach((p) => p.pause());
  window.speechSynthesis?.cancel();
}

function speak(button) {
  return new Promise((resolve) => {
    if (!window.speechSynthesis) return resolve();
    const words = new SpeechSynthesisUtterance(button.dataset.text);
    words.lang = button.lang;
    words.rate = Number(button.dataset.speed) || 1;
    const wanted = (button.dataset.voices ?? "").split(",");
    words.voice = speechSynthesis.getVoices().find((v) => wanted.includes(v.name)) ?? null;
    words.onend = words.onerror = resolve;
    speechSynthesis.speak(words);
  });
}

async function play(face) {
  stop();
  const mine = playing = new AbortController();
  for (const sound of all(".card-auto", face)) {
    if (mine.signal.aborted) return;
    if (sound.matches(".card-speech")) {
      await speak(sound);
      continue;
    }
    const ended = new Promise((resolve) => {
      for (const e of ["ended", "error", "pause"]) sound.addEventListener(e, resolve, { once: true });
    });
    try {
      sound.currentTime = 0;
      await sound.play();
      await ended;
    } catch { /* the browser wants to be asked first: the controls are there */ }
  }
}

const face = () => document.querySelector("#answer .face") ?? document.querySelector("#question .face");

function shown(element) {
  if (element.dataset.nocturnal !== undefined) {
    element.dataset.light ??= element.matches(".light") ? "1" : "0";
    nightfall(element);
  }
  if (element.closest("#answer")) document.querySelector(".made #question")?.replaceChildren(); // the back has what is needed of it
  if (element.querySelector(".card-auto") && !quiet() && element.closest(".study")) play(element);
  element.querySelector(".study .card-typing")?.focus({ preventScroll: true });
}

function look(root) {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const find = (selector) => [...(root.matches(selector) ? [root] : []), ...all(selector, root)];
  find("link[data-sheet]").forEach(dress);
  if (find("main").length) stop(); // another card
  find(".face").forEach(shown);
  find("[data-math]").forEach(typeset);
  const math = root.parentElement?.closest("[data-math]");
  if (math) typeset(math);
  for (const row of find("[data-sounds]")) {
    row.hidden = false;
    row.querySelector("[data-autoplay]").checked = !quiet();
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".card-toggle, .card-speech, [data-replay]");
  if (!button) return;
  if (button.matches(".card-speech")) {
    stop();
    speak(button);
  } else if (button.matches("[data-replay]")) {
    if (face()) play(face());
  } else {
    for (const masks of all(".card-masks", button.closest(".card-scope"))) masks.hidden = !masks.hidden;
  }
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-autoplay]")) return;
  if (event.target.checked) localStorage.removeItem("quiet");
  else localStorage.setItem("quiet", "1");
});

new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(look);
}).observe(document.body, { childList: true, subtree: true });
look(document.body);
