/* Looks again, now and then, at what a job has come to, and shows the page anew once it has ended. */

const PAUSE = 600; // ms between two looks

async function look() {
  const box = document.querySelector("[data-waits]");
  if (!box) return;
  try {
    const response = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.querySelector("[data-waits]");
    if (response.ok && !next) {
      location.reload();
      return;
    }
    // Only the progress is replaced: the focus may be on a button.
    const progress = next?.querySelector(".progress");
    if (progress) box.querySelector(".progress").replaceWith(progress);
  } catch {
    // without the network the next look may do better
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
