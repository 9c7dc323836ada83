/* Puts into the markup of "Here is the answer" what the learner gave, as the server would show it. */

import { isGivenUp, listMatches, listOrder } from "./answers.js";

const RESULTS = {
  right: ["Correct", "right", "check-circle"],
  wrong: ["Not quite", "wrong", "x-circle"],
  shown: ["Here is the answer", "shown", "info"],
  unknown: ["The server will mark it", "shown", "info"],
};
const ICONS = { right: "check-circle", missed: "check-circle", wrong: "x-circle" };

/** An icon of the page's sprite, made from one that is there. */
function makeIcon(name, model) {
  const icon = model.cloneNode(true);
  const use = icon.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`));
  return icon;
}

function make(name, className, ...content) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

/** Say of a row, by border, icon and word, what it is. */
function tagRow(row, state, words, model) {
  row.className = `option option--${state}`;
  row.querySelector(".option__tag")?.remove();
  if (!words) return;
  const icons = ICONS[state] ? [makeIcon(ICONS[state], model)] : [];
  row.append(make("span", "option__tag", ...icons, ` ${words}`));
}

function tellOptions({ rows, model, form, question, fields }) {
  const several = question.kind === "select_all";
  const yours = several ? "Ticked" : "Your answer";
  const values = [...form.querySelectorAll("[name=answer]")].map((each) => each.value);
  rows.forEach((row, number) => {
    const isRight = question.right.some(([each]) => each === values[number]);
    if (fields.answer.includes(values[number])) {
      const not = several ? `${yours}, not correct` : yours;
      tagRow(row, isRight ? "right" : "wrong", isRight ? `${yours}, correct` : not, model);
    } else if (isRight && several) {
      tagRow(row, "missed", "Correct, not ticked", model);
    }
  });
}

function tellOrder({ rows, model, question, fields }) {
  const given = listOrder(question, fields);
  rows.forEach((row, place) => {
    const yours = given.indexOf(question.right[place][0]);
    if (yours === place) tagRow(row, "right", "Your place, correct", model);
    else tagRow(row, "wrong", `Your place: ${yours + 1}`, model);
  });
}

function tellMatches({ rows, model, form, question, fields }) {
  listMatches(question, fields).forEach((given, prompt) => {
    const [row, line] = [rows[prompt], rows[prompt].querySelector(".marked__line")];
    if (!given) {
      tagRow(row, "missed", "", model);
      return;
    }
    const isRight = question.right[prompt].includes(given);
    const text = form.querySelector(`[name=match_${prompt}] option[value="${given}"]`).textContent;
    const state = isRight ? "right" : "wrong";
    const tag = make("strong", "", isRight ? "Your answer, correct:" : "Your answer:");
    const words = make("span", "", tag, ` ${text}`);
    tagRow(row, state, "", model);
    line.before(
      make("span", `marked__line marked__line--${state}`, makeIcon(ICONS[state], model), words),
    );
    if (isRight) line.remove();
  });
}

function tellTyped({ rows, model, fields, state }) {
  const text = make("span", "option__text", make("bdi", "", fields.answer[0]));
  const row = make("li", "option", text);
  tagRow(row, state === "right" ? "right" : "given", "Your answer", model);
  if (state === "right") tagRow(row, "right", "Your answer, correct", model);
  rows[0].before(row);
  if (state === "right") rows[0].remove();
}

const TELLERS = {
  choice: tellOptions,
  true_false: tellOptions,
  select_all: tellOptions,
  ordering: tellOrder,
  matching: tellMatches,
  cloze: tellTyped,
  numeric: tellTyped,
  date: tellTyped,
};

/** Fill the parts that tell (`part`) with an answer to what `form`, the asking part, had asked. */
export function tell(part, form, question, fields, state) {
  const [words, look, icon] = RESULTS[state];
  const feedback = part.querySelector(".feedback");
  const model = feedback.querySelector(".icon");
  feedback.className = `feedback feedback--${look}`;
  feedback.querySelector("h2").textContent = words;
  if (!isGivenUp(fields)) {
    const rows = [...part.querySelectorAll(".options > li")];
    TELLERS[question.kind]({ rows, model, form, question, fields, state });
  }
  model.replaceWith(makeIcon(icon, model));
  return words;
}
