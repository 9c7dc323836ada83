/* Sends kept answers, and says where they are: saved, or kept on this device. */

import { drop, listKept } from "./store.js";

const BATCH = 20;
const PATIENCE = 20_000; // for a reply, in ms
const AGAIN = 30_000; // after a failure, in ms
const SIGN_IN = "Sign in again to save them.";

let running = null;
let timer = 0;
let notes = [];

const count = (number) => `${number} ${number === 1 ? "answer" : "answers"}`;

/** Say what has become of the answers; the words change only when that does. */
function say(waiting, hint = "") {
  const place = document.querySelector("[data-state]");
  if (!place) return;
  const kept = [`Kept on this device: ${count(waiting)}.`, hint];
  const words = [...(waiting ? kept : ["Saved"]), ...notes].filter(Boolean).join(" ");
  place.dataset.state = waiting ? "waiting" : "saved";
  const text = place.querySelector("[data-words]");
  if (text.textContent !== words) text.textContent = words;
  document.dispatchEvent(new CustomEvent("kept", { detail: waiting }));
}

/** Show how many answers of an account wait. */
export async function showWaiting(account) {
  say((await listKept(account)).length);
}

/** Post answers; return what the server says of each, or a hint why it took none. */
async function post(account, answers, { url, token }) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ account, answers }),
    credentials: "same-origin",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.redirected || response.status === 400 || response.status === 409) return SIGN_IN;
  return response.ok ? (await response.json()).answers : "";
}

async function sendAll(account, server) {
  let waiting = await listKept(account);
  while (waiting.length) {
    const replies = await post(account, waiting.slice(0, BATCH), server);
    if (typeof replies === "string") return replies;
    const dealtWith = replies.filter((each) => each.state !== "later");
    const refused = dealtWith.filter((each) => each.state === "refused");
    notes = [...notes, ...refused.map((each) => `One answer was not counted. ${each.reason}`)];
    await drop(dealtWith.map((each) => each.key));
    if (!dealtWith.length) return "";
    waiting = await listKept(account);
  }
  return "";
}

/** Send all that is kept; `server`: the address to send to, and the token of this browser. */
export async function send(account, server) {
  clearTimeout(timer);
  running ??= sendAll(account, server)
    .catch(() => "") // no network: what is kept stays
    .finally(() => {
      running = null;
    });
  const hint = await running;
  const waiting = (await listKept(account)).length;
  say(waiting, hint);
  if (waiting) timer = setTimeout(send, AGAIN, account, server);
  return waiting;
}
