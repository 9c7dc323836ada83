/* On the page of a fact: shows what its form would give as it is edited, asks before what was edited
   is left, and takes the words that are marked in the passage along to a new fact. */

const PAUSE = 350; // ms after the last change
const PARTS = ["fact-preview"];

let timer = 0;
let asked = 0;

function replace(page, id) {
  const next = page.getElementById(id);
  if (next) document.getElementById(id)?.replaceWith(next);
}

/** Another predicate takes another sort of value, so its fields come along. */
async function preview(form, parts) {
  asked += 1;
  const mine = asked;
  const body = new URLSearchParams(new FormData(form));
  body.set("action", "preview");
  try {
    const address = form.getAttribute("action"); // the buttons are named so, too
    const response = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    if (!response.ok || mine !== asked || !form.isConnected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of parts) replace(page, id);
  } catch {
    // the button Preview does the same
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-preview]");
  if (!form) return;
  form.dataset.changed = "";
  const isOther = event.target.name === "predicate";
  clearTimeout(timer);
  const parts = isOther ? ["value-fields", ...PARTS] : PARTS;
  timer = setTimeout(() => preview(form, parts), isOther ? 0 : PAUSE);
});

const findChanged = () => document.querySelector("form[data-preview][data-changed]");

document.addEventListener(
  "submit",
  (event) => {
    delete event.target.dataset.changed;
  },
  true,
);

addEventListener("beforeunload", (event) => {
  if (findChanged()) event.preventDefault();
});

// The next fact takes the place of this one without another page being opened.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || !findChanged()) return;
    if (confirm("What you changed in this fact is not saved. Leave it?")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

/** The words that are marked, with where they stand; only those of one paragraph. */
function readMark() {
  const marked = getSelection();
  const start = marked.anchorNode?.parentElement?.closest("[data-paragraph]");
  const quote = marked.toString().replace(/\s+/g, " ").trim();
  if (!quote || !start) return null;
  return { section: start.dataset.section, paragraph: start.dataset.paragraph, quote };
}

// Pressing the mouse on the link would take the mark away from the words.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("a[data-mark]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-mark]");
  const mark = link && readMark();
  if (!mark) return;
  event.preventDefault();
  const address = new URL(link.href);
  address.search = new URLSearchParams(mark);
  location.assign(address);
});
