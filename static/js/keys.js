/* Single-key shortcuts. The markup says which: `data-key="u"` or `data-key="Enter Space"` on a
   button, link, radio button or checkbox; the first that is visible and declares the key is clicked. */

const root = document.documentElement;
const STORE = "quizapp-keys";
const TYPING = "input:not([type=radio], [type=checkbox]), textarea, [contenteditable]";

function readChoice() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null; // storage is forbidden: the keys stay on
  }
}

function keepChoice(choice) {
  root.dataset.keys = choice;
  try {
    localStorage.setItem(STORE, choice);
  } catch {
    // storage is forbidden: the choice lasts for this page
  }
}

/** True where a key has a meaning of its own, which a shortcut must not take away. */
function isTaken(target, key) {
  if (document.querySelector("dialog[open]")) return true;
  if (target.closest(`${TYPING}, select`)) return true;
  if (key !== "Enter" && key !== "Space") return false;
  if (target.matches("[type=radio]")) return key === "Enter" || !target.checked;
  if (target.matches("[type=checkbox]")) return true;
  return target.closest("a, button, summary") !== null;
}

function press(event) {
  const key = event.key === " " ? "Space" : event.key;
  // Where @ is typed by AltGr, that key counts as Ctrl and Alt.
  const modified =
    !event.getModifierState("AltGraph") && (event.ctrlKey || event.altKey || event.metaKey);
  if (root.dataset.keys === "off" || modified || event.repeat) return;
  if (event.isComposing || isTaken(event.target, key)) return;
  const control = document.querySelector(`[data-key~="${CSS.escape(key)}"]`);
  if (!control) return;
  event.preventDefault();
  if (control.matches("[type=radio], [type=checkbox]")) control.focus();
  control.click();
}

function openSheet(event) {
  const opener = event.target.closest("[data-dialog]");
  if (!opener) return;
  event.preventDefault();
  document.getElementById(opener.dataset.dialog).showModal();
}

function showSwitches() {
  const isOff = root.dataset.keys === "off";
  for (const button of document.querySelectorAll("[data-keys-switch]")) {
    button.hidden = false;
    button.textContent = isOff ? "Turn single keys on" : "Turn single keys off";
  }
}

function turn(event) {
  if (!event.target.closest("[data-keys-switch]")) return;
  keepChoice(root.dataset.keys === "off" ? "on" : "off");
  showSwitches();
}

root.dataset.keys ??= readChoice() ?? "on";
showSwitches();
document.addEventListener("keydown", press);
document.addEventListener("click", openSheet);
document.addEventListener("click", turn);
