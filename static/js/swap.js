/* Makes `form[data-swap]` and `a[data-swap]` faster: fetches the page and replaces its parts in place.
   The server answers as it does without this script; on any failure the browser takes over. */

const whereabouts = () => location.pathname + location.search;
let shown = whereabouts();
let busy = false;

/** A page with another frame (an error, the summary with its navigation) cannot lend its `main`. */
function fits(page) {
  return page.querySelector("main") && page.body.className === document.body.className;
}

function showPage(page, address) {
  const main = page.querySelector("main");
  const marked = main.querySelector("[autofocus]");
  marked?.removeAttribute("autofocus"); // the browser would complain that it comes too late
  // On a phone a field with the focus would bring up the keyboard over the question.
  const isHidden = marked?.matches("input") && matchMedia("(hover: none)").matches;
  const start = marked && !isHidden ? marked : main.querySelector("h1");
  // The header goes along: its form says whether a question is open.
  document.querySelector("header").replaceWith(page.querySelector("header"));
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  if (address !== location.href) history.pushState(null, "", address);
  shown = whereabouts();
  scrollTo(0, 0);
  start.focus();
}

async function load(url, options, fallBack) {
  const response = await fetch(url, { credentials: "same-origin", ...options });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  // A form that comes back with a problem keeps the address it was opened at.
  const hasMoved = response.redirected || !options.method;
  if (fits(page)) showPage(page, hasMoved ? response.url : location.href);
  // A form that was taken is never sent twice.
  else if (hasMoved) location.assign(response.url);
  else fallBack();
}

/** `source` is the form or link; a script that knows better prevents what happens on a failure. */
async function swap(source, url, options, fallBack) {
  if (busy) return;
  busy = true;
  try {
    await load(url, options, fallBack);
  } catch {
    const failed = new Event("swap-failed", { bubbles: true, cancelable: true });
    if (source.dispatchEvent(failed)) fallBack();
  } finally {
    busy = false;
  }
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-swap]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  swap(form, form.action, { method: "POST", body }, () => {
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

// A jump to a heading on the same page is a popstate too, but shows the same page.
addEventListener("popstate", () => {
  if (whereabouts() !== shown) location.reload();
});
