/* Plays the questions that were loaded ahead, on a page that holds nothing of them itself. */

import { findProblem, makeAnswer, mark } from "./offline/answers.js";
import { send, showWaiting } from "./offline/sending.js";
import { findNext, findPack, keep, listKept, noteAnswered } from "./offline/store.js";
import { tell } from "./offline/telling.js";
import { findStart } from "./swap.js";

const root = document.querySelector("[data-player]");
const findPlace = (name) => root.querySelector(`[data-place="${name}"]`);

const rest = findPlace("rest"); // what is said where there is no question

let pack = null;
let question = null; // the one before the learner
let answer = null; // the one that was just told
let shownAt = "";

const readPart = (markup, name) =>
  new DOMParser().parseFromString(markup, "text/html").querySelector(`[data-part="${name}"]`);

/** Put parts on the page, and the focus where they begin. */
function show(title, { card, side = [], next = false }) {
  const start = card && findStart(card);
  findPlace("card").replaceChildren(...(card?.childNodes ?? []));
  findPlace("side").replaceChildren(...side);
  findPlace("next").hidden = !next;
  findPlace("problem").replaceChildren();
  findPlace("play").hidden = !card;
  document.title = `${title} · Quizapp`;
  scrollTo(0, 0);
  start?.focus();
}

function showProgress(place) {
  const [bar, total] = [findPlace("progress"), pack.questions.length];
  const words = `${place} of ${total}`;
  bar.querySelector("progress").max = total;
  bar.querySelector("progress").value = pack.answered.length;
  bar.querySelector("progress").textContent = words;
  bar.querySelector("strong").textContent = words;
}

/** Ask the next question, or say that there is none; `name`: the part of it to show. */
function ask(name = "ask") {
  question = findNext(pack);
  if (!question) {
    finish();
    return;
  }
  const place = pack.answered.length + 1;
  if (name === "ask") shownAt = new Date().toISOString();
  showProgress(place);
  const side = name === "card" ? readPart(question.markup, "source").childNodes : [];
  const title = `Question ${place} of ${pack.questions.length}`;
  show(title, { card: readPart(question.markup, name), side });
}

/** Say what the last answer was worth, as far as that is known here. */
function tellAnswer() {
  const { markup } = question;
  const card = readPart(markup, "tell");
  const state = mark(question, answer.fields);
  const result = tell(card, readPart(markup, "ask"), question, answer.fields, state);
  showProgress(pack.answered.length);
  const title = `${result}: ${pack.answered.length} of ${pack.questions.length}`;
  show(title, { card, side: readPart(markup, "source").childNodes, next: true });
}

/** Say, in place of the questions, that all are answered. */
function finish() {
  const { title } = rest.dataset;
  show(title, {});
  rest.querySelector("h1").textContent = title;
  rest.querySelector("[data-nothing]").hidden = true;
  rest.querySelector("[data-end]").hidden = false;
  root.append(rest);
  rest.querySelector("h1").focus();
}

/** Say what is wrong with an answer, above it, as the server does. */
function refuse(problem) {
  const summary = document.querySelector("#problem").content.cloneNode(true);
  const link = summary.querySelector("a");
  link.textContent = problem;
  if (question.target) link.href = `#${question.target}`;
  const start = findStart(summary);
  findPlace("problem").replaceChildren(summary);
  document.title = `Error: ${document.title.replace("Error: ", "")}`;
  start.focus();
}

async function take(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const given = makeAnswer(data, { account: pack.account, study: pack.study, shownAt });
  const problem = findProblem(question, given.fields);
  if (problem) {
    refuse(problem);
    return;
  }
  given.told = question.kind === "flashcard";
  await keep(given);
  await noteAnswered(given.fact);
  pack.answered.push(given.fact);
  answer = given;
  if (given.told) ask();
  else tellAnswer();
  await showWaiting(pack.account);
  if (navigator.onLine) await sendKept();
}

function showNetwork() {
  document.querySelector("[data-network]").textContent = navigator.onLine ? "" : "No network.";
}

async function goOn() {
  if (answer && (await listKept(pack.account)).some((each) => each.key === answer.key)) {
    await keep({ ...answer, told: true });
  }
  ask();
}

async function sendKept() {
  const { keptUrl: url, reviewUrl } = root.dataset;
  document.querySelector("[data-back]").href = `${reviewUrl}/${pack.study}`;
  await send(pack.account, { url, token: pack.token });
}

addEventListener("online", showNetwork);
addEventListener("offline", showNetwork);
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.closest("[data-place=card]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    take(event.target, event.submitter);
  },
  true,
);
document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest("[data-next]")) goOn();
    if (!event.target.closest("[data-place=card] a[data-swap]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask("card");
  },
  true,
);

async function begin() {
  showNetwork();
  pack = await findPack().catch(() => null);
  if (!pack) return;
  rest.remove();
  addEventListener("online", sendKept);
  const kept = await listKept(pack.account);
  answer = kept.findLast((each) => !each.told);
  question = answer && pack.questions.find((each) => each.question === answer.question);
  if (question && question.kind !== "flashcard") tellAnswer();
  else ask();
  await sendKept();
}

begin();
