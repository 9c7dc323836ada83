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
  const start = main.querySelector("[autofocus]") ?? main.querySelector("h1");
  start.removeAttribute("autofocus"); // the browser would complain that it comes too late
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

async function swap(url, options, fallBack) {
  if (busy) return;
  busy = true;
  try {
    await load(url, options, fallBack);
  } catch {
    fallBack();
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
  swap(form.action, { method: "POST", body }, () => {
    form.removeAttribute("data-swap");
    form.requestSubmit(submitter);
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || modified) return;
  event.preventDefault();
  swap(link.href, {}, () => location.assign(link.href));
});

// A jump to a heading on the same page is a popstate too, but shows the same page.
addEventListener("popstate", () => {
  if (whereabouts() !== shown) location.reload();
});
