/* Before somebody signs out: what this browser keeps of them is deleted, what was not sent first. */

import { forget, listKept } from "./offline/store.js";

const warn = (count) =>
  confirm(
    `${count === 1 ? "1 answer is" : `${count} answers are`} kept on this device and not saved yet. ` +
      "If you sign out now, they are lost. Sign out?",
  );

document.addEventListener("submit", async (event) => {
  const { target: form } = event;
  if (!form.matches("[data-leave]")) return;
  event.preventDefault();
  const account = Number(form.dataset.leave);
  try {
    const kept = await listKept(account);
    if (kept.length && !warn(kept.length)) return;
    await forget(account);
  } catch {
    // storage is forbidden: nothing is kept
  }
  form.submit();
});
