/* Beside the pages of a review: loads questions ahead, keeps the answers that cannot be sent, and
   sends them when the network is back. Without this script every answer goes to the server. */

import { findProblem, makeAnswer } from "./offline/answers.js";
import { send, showWaiting } from "./offline/sending.js";
import { countLeft, findPack, keep, noteAnswered, putPack } from "./offline/store.js";

const FEW = 10; // so few questions left are time to load more
const FRESH = 5 * 60_000; // in ms
const SOON = 1500; // after the page, in ms

const root = document.querySelector("[data-offline]");
const account = Number(root.dataset.account);
const isAnswer = (form) => form.matches("form[action$='/answer']");
const readStudy = (address) => Number(/\/review\/(\d+)/.exec(address)?.[1] ?? 0);
const findToken = () => document.querySelector("[name=csrf_token]")?.value ?? "";
const sendKept = () => send(account, { url: root.dataset.send, token: findToken() });

function sayHere(words) {
  const place = document.querySelector("[data-ready]");
  if (place) place.textContent = words;
}

async function load(study) {
  const response = await fetch(`${root.dataset.review}/${study}/pack`, {
    credentials: "same-origin",
  });
  if (!response.ok || response.redirected) return;
  const pack = { ...(await response.json()), answered: [], loaded: Date.now() };
  await putPack(pack);
  showReady(pack);
}

/** Say on Today how many questions are there; a review just goes on. */
function showReady(pack) {
  if (!document.querySelector("[data-load]")) return;
  const left = countLeft(pack);
  const words = `${left} ${left === 1 ? "question is" : "questions are"} ready without a network.`;
  sayHere(left ? words : "");
}

/** Load the questions of the study session that is before the learner, unless they are there. */
async function loadIfNeeded() {
  const pack = await findPack();
  const study = readStudy(location.pathname) || Number(root.dataset.study);
  if (!study) return;
  const isFresh = pack?.study === study && Date.now() - pack.loaded < FRESH;
  if (isFresh && pack.account === account && countLeft(pack) >= FEW) showReady(pack);
  else await load(study);
}

/** Keep an answer that did not get through, and go on without a network. */
async function keepAnswer(form, data) {
  const pack = await findPack();
  const answer = makeAnswer(data, { account, study: readStudy(form.action) });
  const question = pack?.questions.find((each) => each.question === answer.question);
  const problem = findProblem(question, answer.fields);
  if (problem) {
    sayHere(`${problem}. There is no network just now.`);
    return;
  }
  await keep(answer);
  await noteAnswered(answer.fact);
  await showWaiting(account);
  const registration = await navigator.serviceWorker?.getRegistration();
  // The worker answers with the page that plays on.
  if (registration?.active) location.assign(`${root.dataset.review}/${answer.study}`);
}

document.addEventListener("swap-failed", (event) => {
  if (event.target.matches("a")) return;
  event.preventDefault();
  if (isAnswer(event.target)) keepAnswer(event.target, event.detail);
  else sayHere("There is no network. Try again when it is back.");
});

document.addEventListener("swapped", async ({ detail }) => {
  const fact = Number(detail?.get("fact_id"));
  if (fact && (await noteAnswered(fact)) === FEW) await loadIfNeeded();
});

document.querySelector("[data-load]")?.addEventListener("click", async ({ currentTarget }) => {
  const body = new URLSearchParams({ csrf_token: findToken() });
  try {
    const { url } = await fetch(currentTarget.dataset.load, { method: "POST", body });
    await load(readStudy(url));
  } catch {
    sayHere("There is no network. Try again when it is back.");
  }
});

addEventListener("online", sendKept);
for (const each of document.querySelectorAll("[data-load]")) each.hidden = false;
navigator.serviceWorker?.register(root.dataset.worker).catch(() => {}); // then there is no offline
sendKept().catch(() => {}); // storage is forbidden: everything goes to the server at once
setTimeout(() => loadIfNeeded().catch(() => {}), SOON);
