/* Makes `form[data-swap]` and `a[data-swap]` faster: fetches the page and replaces its parts in place.
   The server answers as it does without this script; on any failure the browser takes over. */

const PATIENCE = 15_000; // for a page, in ms

const whereabouts = () => location.pathname + location.search;
let shown = whereabouts();
let busy = false;
/* The page behind the link that leads on, fetched while this one is read. */
let ahead = null;
const LONGEST_AHEAD = 600_000; // what was fetched ten minutes ago may no longer be what is asked

/** A page with another frame (an error, the summary with its navigation) cannot lend its `main`. */
function fits(page) {
  return page.querySelector("main") && page.body.className === document.body.className;
}

/** Where the focus goes as `main`, or a part of it, comes onto the page. */
export function findStart(main) {
  const marked = main.querySelector("[autofocus]");
  marked?.removeAttribute("autofocus"); // the browser would complain that it comes too late
  // On a phone a field with the focus would bring up the keyboard over the question.
  const isHidden = marked?.matches("input") && matchMedia("(hover: none)").matches;
  return marked && !isHidden ? marked : main.querySelector("h1");
}

function showPage(page, address) {
  const main = page.querySelector("main");
  const start = findStart(main);
  // The header goes along: its form says whether a question is open.
  document.querySelector("header").replaceWith(page.querySelector("header"));
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  if (address !== location.href) history.pushState(null, "", address);
  shown = whereabouts();
  scrollTo(0, 0);
  start.focus();
  lookAhead();
}

async function read(url, options) {
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(url, { credentials: "same-origin", signal, ...options });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { response, page };
}

function lookAhead() {
  // Not a hint: that is a page for those who ask for it.
  const link = document.querySelector("main a.button--main[data-swap]");
  // Without the network the browser finds out when it is asked to follow the link.
  const found = link && read(link.href, {}).catch(() => null);
  ahead = link && { href: link.href, found, since: performance.now() };
}

/** Return what was fetched ahead, as if it had been asked for now; null if nothing was. */
async function take(link) {
  if (ahead?.href !== link.href) return null;
  const waited = performance.now() - ahead.since;
  const found = waited < LONGEST_AHEAD ? await ahead.found : null;
  // A card that is uncovered was seen before.
  if (found && link.dataset.swap === "next") delayShown(found.page, waited);
  return found;
}

/** The time to think begins when a question is seen, not when it was fetched. */
function delayShown(page, waited) {
  const later = (instant) => new Date(Date.parse(instant) + waited).toISOString();
  for (const field of page.querySelectorAll("[name=shown_at]")) field.value = later(field.value);
  for (const link of page.querySelectorAll("a[href*='shown_at=']")) {
    const address = new URL(link.getAttribute("href"), location.href);
    address.searchParams.set("shown_at", later(address.searchParams.get("shown_at")));
    link.href = address.href;
  }
}

async function load(url, options, fallBack, link) {
  const { response, page } = (link && (await take(link))) ?? (await read(url, options));
  // A form that comes back with a problem keeps the address it was opened at.
  const hasMoved = response.redirected || !options.method;
  if (fits(page)) {
    showPage(page, hasMoved ? response.url : location.href);
    if (hasMoved) document.dispatchEvent(new CustomEvent("swapped", { detail: options.body }));
  }
  // A form that was taken is never sent twice.
  else if (hasMoved) location.assign(response.url);
  else fallBack();
}

/** `source` is the form or link; a script that knows better prevents what happens on a failure, for
    which it is given what was sent. */
async function swap(source, url, options, fallBack) {
  if (busy) return;
  busy = true;
  try {
    await load(url, options, fallBack, source.matches("a") ? source : null);
  } catch {
    const about = { bubbles: true, cancelable: true, detail: options.body };
    const failed = new CustomEvent("swap-failed", about);
    if (source.dispatchEvent(failed)) fallBack();
  } finally {
    busy = false;
  }
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-swap]")) return;
  event.preventDefault();
  const data = new FormData(form);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  // Not `form.action`: a button of that name would stand in its place.
  const address = new URL(form.getAttribute("action") ?? "", location.href).href;
  swap(form, address, { method: "POST", body }, () => {
    form.removeAttribute("data-swap");
    form.requestSubmit(submitter);
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || modified) return;
  event.preventDefault();
  swap(link, link.href, {}, () => location.assign(link.href));
});

lookAhead();
// A jump to a heading on the same page is a popstate too, but shows the same page.
addEventListener("popstate", () => {
  if (whereabouts() !== shown) location.reload();
});
