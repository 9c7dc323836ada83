/* Buttons that move the items of `[data-ordering]`. What is sent are the places chosen in the lists
   of the items; a move rewrites them all, and says where the item is now. */

const hasPlaces = (places) => new Set(places).size === places.length && !places.includes("");

/** The items as their places say, or as they stand while a place is missing or taken twice. */
function readOrder(rows) {
  const places = rows.map((row) => row.querySelector("select").value);
  if (!hasPlaces(places)) return rows;
  return rows.toSorted((one, other) => {
    const [first, second] = [one, other].map((row) => places[rows.indexOf(row)]);
    return Number(first) - Number(second);
  });
}

function move(button) {
  const row = button.closest("[data-item]");
  const items = row.closest("[data-items]");
  const rows = readOrder([...items.querySelectorAll("[data-item]")]);
  const from = rows.indexOf(row);
  const to = Math.min(Math.max(from + Number(button.dataset.move), 0), rows.length - 1);
  rows.splice(from, 1);
  rows.splice(to, 0, row);
  items.append(...rows);
  rows.forEach((each, place) => {
    each.querySelector("select").value = String(place + 1);
  });
  button.focus(); // moving an item takes the focus from it
  row.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
  const said = row.closest("[data-ordering]").querySelector("[role=status]");
  said.textContent = `${row.querySelector("label").textContent}: place ${to + 1} of ${rows.length}`;
}

document.documentElement.dataset.moves = "on";
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (button) move(button);
});
