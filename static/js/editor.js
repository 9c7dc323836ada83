/* The question editor: shows the question as it is typed, saves what is typed by itself, and moves rows
   by key. Without this script the buttons of the form do the same. */

const SOON = 500; // after the last key until the preview follows, in ms
const LATER = 2000; // until it is saved, in ms

let looking = 0;
let keeping = 0;
let turn = 0;
let focusText = ""; // a row moved from its field goes on there
let hasMoved = false; // rows were changed by a button, and that is not saved yet

const findForm = () => document.querySelector("form[data-editor]");

function makeBody(form) {
  const data = new FormData(form);
  data.delete("picture"); // it is sent once, by its own button
  return data;
}

/** What was found stands in the list of checks; beside each field stands its part of it. */
function spread(part) {
  for (const place of document.querySelectorAll("[data-advice]")) {
    const found = part.querySelectorAll(`[data-field="${CSS.escape(place.dataset.advice)}"]`);
    place.replaceChildren(
      ...Array.from(found, (each) => {
        const line = document.createElement("p");
        line.textContent = each.textContent;
        return line;
      }),
    );
  }
}

async function look() {
  const form = findForm();
  if (!form) return;
  const mine = ++turn;
  try {
    const response = await fetch(form.dataset.look, {
      method: "POST",
      body: makeBody(form),
      credentials: "same-origin",
    });
    if (!response.ok || mine !== turn) return; // what is typed meanwhile is asked for anew
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const part = document.querySelector("[data-preview]");
    part.replaceChildren(...page.body.childNodes);
    for (const each of part.querySelectorAll("[autofocus]")) each.removeAttribute("autofocus");
    spread(part);
  } catch {
    // without a connection the last preview stays
  }
}

function tell(words) {
  const place = findForm()?.querySelector("[data-kept]");
  if (place) place.textContent = words;
}

async function keep() {
  const form = findForm();
  if (!form) return;
  clearTimeout(keeping);
  keeping = 0;
  try {
    const response = await fetch(form.dataset.keep, {
      method: "POST",
      body: makeBody(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      keepalive: true,
    });
    if (!response.ok) throw new Error(response.statusText);
    const { seen, words } = await response.json();
    form.elements.seen.value = seen;
    tell(words);
  } catch {
    tell("Not saved by itself just now; it is tried again as you type.");
  }
}

function note(event) {
  if (!event.target.closest("form[data-editor]") || event.target.matches("[type=file]")) return;
  clearTimeout(looking);
  clearTimeout(keeping);
  looking = setTimeout(look, SOON);
  keeping = setTimeout(keep, LATER);
}

function moveRow(event, verb) {
  const row = event.target.closest("[data-row]");
  const button = row?.querySelector(`[data-row-act="${verb}"]`);
  if (!button) return;
  event.preventDefault();
  const rows = [...row.parentElement.querySelectorAll("[data-row]")];
  const to = rows.indexOf(row) + (verb === "up" ? -1 : 1);
  const field = event.target.id.replace(/^rows-\d+/, `rows-${to}`);
  focusText = rows[to] && event.target.id ? field : "";
  button.click();
}

function press(event) {
  const form = findForm();
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".button--main"));
  } else if (event.altKey && event.key === "ArrowUp") moveRow(event, "up");
  else if (event.altKey && event.key === "ArrowDown") moveRow(event, "down");
}

/** A row that was moved by key has the focus again once the new rows stand there. */
function goOn() {
  const field = focusText && document.getElementById(focusText);
  focusText = "";
  if (field) field.focus();
  if (hasMoved) keeping = setTimeout(keep, LATER);
  hasMoved = false;
}

document.addEventListener("input", note);
document.addEventListener("change", note);
document.addEventListener("keydown", press);
// What is stored needs no saving any more, and a page that comes next has its own.
document.addEventListener("submit", ({ target, submitter }) => {
  hasMoved = target.matches("[data-editor]") && !submitter?.value.startsWith("save");
  clearTimeout(looking);
  clearTimeout(keeping);
  keeping = 0;
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden && keeping) keep();
});
new MutationObserver(goOn).observe(document.body, { childList: true });
