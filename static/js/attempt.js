/* Saves the answers of `form[data-attempt]` as they are given, and keeps what cannot be sent.

   Each change becomes an entry with a key of its own in the queue of its question. Entries go to the
   server in their order, the same one again and again until it has replied; what waits is kept in
   the session storage, so that it outlives the page. The server is the truth: what it says of an
   answer stands, and without this script the form saves by its buttons. */

const SOON = 1200; // after the last key, in ms
const AGAIN = 4000; // after a failure, in ms
const STORE = "quizapp-attempt-";
const OFFLINE = "No connection. Your answers are kept on this device and saved when it is back.";
const REFUSED =
  "Your answers cannot be saved just now. They are kept on this device; open this page again.";
const WAITING = "There is no connection. Your answers are saved; try again when it is back.";

let queues = {};
let running = null;
let timer = 0;
let passing = false; // a submission that has waited for its answers

const findForm = () => document.querySelector("form[data-attempt]");
const findSheet = (number) => document.querySelector(`[data-question="${number}"]`);
const findField = (number, name) => findForm()?.elements[`${name}-${number}`];
const hasEntries = () => Object.values(queues).some((queue) => queue.length > 0);

function remember() {
  try {
    const name = STORE + findForm().dataset.attempt;
    if (hasEntries()) sessionStorage.setItem(name, JSON.stringify(queues));
    else sessionStorage.removeItem(name);
  } catch {
    // storage is forbidden or full: the answers are kept while the page is open
  }
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE + findForm().dataset.attempt)) ?? {};
  } catch {
    return {};
  }
}

function makeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
}

function say(text) {
  const place = document.querySelector("[data-said]");
  if (!place || place.textContent === text) return;
  place.textContent = text;
}

/** Say below a question what became of its answer; without a text, what was said when it was saved. */
function tell(number, text, isSaved = false) {
  const place = findSheet(number)?.querySelector("[data-saved]");
  if (!place) return;
  place.dataset.saved ||= place.textContent;
  if (isSaved) place.dataset.saved = text;
  place.textContent = text ?? place.dataset.saved;
}

/** The fields of a question as they stand. */
function readFields(number) {
  const isOwn = (name) => name.startsWith(`q${number}-`) || name === `flag-${number}`;
  return [...new FormData(findForm())].filter(([name]) => isOwn(name));
}

function writeFields(number, fields) {
  const values = (name) => fields.filter((each) => each[0] === name).map((each) => each[1]);
  for (const field of findSheet(number).querySelectorAll("input:not([type=hidden]), select")) {
    const given = values(field.name);
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = given.includes(field.value);
    else field.value = given[0] ?? "";
  }
}

/** Put what stands in the fields of a question last in its queue. */
function enqueue(sheet) {
  const number = sheet.dataset.question;
  queues[number] ??= [];
  const queue = queues[number];
  const former = queue.at(-1);
  const fields = readFields(number);
  if (former && String(former.fields) === String(fields)) return;
  // What may have reached the server stays before it; what has not is of no use any more.
  if (former && !former.tried) queue.pop();
  queue.push({
    key: makeKey(),
    saves: former?.saves ?? findField(number, "saves").value,
    stood: former?.stood ?? findField(number, "stood").value,
    flagged: former?.flagged ?? findField(number, "flagged").value,
    fields,
    tried: false,
  });
  remember();
  tell(number, "Saving…");
}

function makeBody(number, entry) {
  const form = findForm();
  const body = new URLSearchParams(entry.fields);
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("number", number);
  body.set("go", "stay");
  for (const name of ["key", "saves", "stood", "flagged"])
    body.set(`${name}-${number}`, entry[name]);
  return body;
}

/** Say in the list of questions what became of one. */
function showState(number, stands) {
  const place = document.querySelector(`[data-place="${number}"]`);
  if (!place) return;
  const words = place.querySelector(".place__words");
  const former = words.textContent.replace(", flagged", "");
  const isFlagged = stands.flagged === "1";
  words.textContent =
    (stands.stood === "[]" ? former : "answered") + (isFlagged ? ", flagged" : "");
  place.classList.toggle("place--answered", !words.textContent.startsWith("not answered"));
  place.classList.toggle("place--flagged", isFlagged);
}

/** What the server says now stands for whatever is sent next. */
function take(number, entry, saved) {
  const stands = {
    saves: String(saved?.saves ?? entry.saves),
    stood: saved?.stood ?? entry.stood,
    flagged: entry.fields.some(([name]) => name === `flag-${number}`) ? "1" : "0",
  };
  for (const each of queues[number]) Object.assign(each, stands);
  for (const [name, value] of Object.entries(stands)) {
    const field = findField(number, name);
    if (field) field.value = value;
  }
  showState(number, stands);
}

/** Send the first entry of a question; return whether the server has dealt with it. */
async function send(number) {
  const [entry] = queues[number];
  entry.tried = true;
  remember();
  const response = await fetch(findForm().action, {
    method: "POST",
    body: makeBody(number, entry),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    keepalive: true,
  });
  if (!response.headers.get("Content-Type")?.includes("json")) return false;
  const reply = await response.json();
  document.dispatchEvent(new CustomEvent("quizapp:now", { detail: reply.now }));
  queues[number].shift(); // one run sends at a time, so this is the entry
  if (reply.conflict) {
    queues[number] = [];
    refuse(number, reply);
  } else {
    take(number, entry, reply.saved[number]);
    if (queues[number].length === 0) tellOutcome(number, reply);
  }
  remember();
  return true;
}

function tellOutcome(number, { problems, saved }) {
  if (problems[number]) tell(number, `Not saved yet. ${problems[number]}`);
  else tell(number, saved[number]?.words, number in saved);
}

function refuse(number, reply) {
  tell(number, "Not saved");
  say(`Question ${number}: ${reply.conflict}`);
  if (!reply.over) return;
  queues = {};
  remember();
  location.assign(findForm().dataset.over);
}

async function sendAll() {
  for (let next = findNext(); next; next = findNext()) {
    if (!(await send(next))) return REFUSED;
  }
  return "";
}

const findNext = () => Object.keys(queues).find((number) => queues[number].length > 0);

/** Send everything that waits; return whether nothing waits any more. */
async function flush() {
  clearTimeout(timer);
  running ??= sendAll()
    .catch(() => OFFLINE)
    .finally(() => {
      running = null;
    });
  const trouble = await running;
  if (trouble) {
    for (const number of Object.keys(queues)) {
      if (queues[number].length) tell(number, "Kept on this device, not saved yet");
    }
    say(trouble);
    timer = setTimeout(flush, AGAIN);
  } else if ([OFFLINE, REFUSED].includes(document.querySelector("[data-said]")?.textContent)) {
    say("");
  }
  return !hasEntries();
}

function note(event, delay) {
  const sheet = event.target.closest("form[data-attempt] [data-question]");
  if (!sheet) return;
  enqueue(sheet);
  clearTimeout(timer);
  timer = setTimeout(flush, delay);
}

/** Put what waits from before back into the fields, and send it. */
function restore() {
  queues = findForm() ? recall() : {};
  for (const [number, queue] of Object.entries(queues)) {
    if (queue.length && findSheet(number)) writeFields(number, queue.at(-1).fields);
  }
  if (hasEntries()) flush();
}

async function submit(event) {
  const { target: form, submitter } = event;
  if (!form.matches("[data-attempt]") || passing || !(hasEntries() || running)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await flush())) return;
  if (document.querySelector("[data-said]")?.textContent) return; // it was refused
  passing = true;
  form.requestSubmit(submitter);
  passing = false;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[type=text]")) note(event, SOON);
});
document.addEventListener("change", (event) => note(event, 0));
document.addEventListener("submit", submit, true);
document.addEventListener("swap-failed", (event) => {
  if (!event.target.matches("[data-attempt]")) return;
  event.preventDefault();
  say(WAITING);
});
document.addEventListener("quizapp:over", (event) => event.detail.push(flush()));
document.addEventListener("visibilitychange", () => {
  if (document.hidden && hasEntries()) flush();
});
addEventListener("online", () => {
  if (hasEntries()) flush();
});
addEventListener("beforeunload", (event) => {
  if (hasEntries()) event.preventDefault();
});
restore();
