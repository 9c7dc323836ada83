/* Counts down the time that is left of an attempt, by the server's clock as the page brought it. */

const SPOKEN = [600, 300, 60, 30]; // seconds
const HIDDEN = "quizapp-time-hidden";
const SHORT = 600;

let clock = null;
let base = null;
let last = Number.POSITIVE_INFINITY;
let isHidden = readChoice();

function readChoice() {
  try {
    return sessionStorage.getItem(HIDDEN) === "1";
  } catch {
    return false; // storage is forbidden: the choice lasts for this page
  }
}

function keepChoice() {
  try {
    sessionStorage.setItem(HIDDEN, isHidden ? "1" : "0");
  } catch {
    // see above
  }
}

const setBase = (now) => {
  base = { now, at: performance.now() };
};
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const readLeft = () =>
  Math.max(
    0,
    Math.ceil((Number(clock.dataset.ends) - base.now - performance.now() + base.at) / 1000),
  );

/** A length of time in words: 2 hours 5 minutes, 4 minutes, 30 seconds. */
function describe(seconds) {
  if (seconds < 60) return count(seconds, "second");
  const [days, hours] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600)];
  if (days >= 2) return count(days, "day");
  const rest = Math.floor((seconds % 3600) / 60);
  const parts = hours ? [count(hours, "hour")] : [];
  if (rest || !hours) parts.push(count(rest, "minute"));
  return parts.join(" ");
}

/** The same as it is seen: by the second once it is short. */
function write(seconds) {
  if (seconds >= SHORT) return describe(seconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function say(text) {
  clock.querySelector("[data-time-said]").textContent = text;
}

function showButtons() {
  const [hide, speak] = ["hide", "say"].map((each) => clock.querySelector(`[data-${each}-time]`));
  hide.hidden = false;
  speak.hidden = false;
  hide.textContent = isHidden ? "Show the time" : "Hide the time";
  clock.querySelector("[data-clock]").hidden = isHidden;
}

/** Find the clock of the page, which may have been replaced by another page's. */
function findClock() {
  const found = document.querySelector(".clock:has([data-clock])");
  if (found === clock) return;
  clock = found;
  if (!clock) return;
  setBase(Number(clock.dataset.now));
  last = readLeft();
  showButtons();
}

/** Save what waits and submit; the server takes a little longer than it says. */
async function end() {
  const waiting = [];
  document.dispatchEvent(new CustomEvent("quizapp:over", { detail: waiting }));
  await Promise.allSettled(waiting);
  const token = document.querySelector("main [name=csrf_token]").value;
  const body = new URLSearchParams({ csrf_token: token });
  try {
    const response = await fetch(clock.dataset.submit, { method: "POST", body });
    if (response.ok) location.assign(response.url);
  } catch {
    say("The time is over. What was saved by then counts.");
  }
}

function tick() {
  findClock();
  if (!clock || last === 0) return;
  const left = readLeft();
  clock.querySelector("[data-left]").textContent = write(left);
  if (SPOKEN.some((limit) => last > limit && left <= limit)) say(`${describe(left)} left`);
  last = left;
  if (left === 0) end();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-say-time]")) say(`${describe(readLeft())} left`);
  if (!event.target.closest("[data-hide-time]")) return;
  isHidden = !isHidden;
  keepChoice();
  showButtons();
});
document.addEventListener("quizapp:now", (event) => {
  if (clock) setBase(event.detail);
});
tick();
setInterval(tick, 1000);
