/* Answers as forms give them: read, refused if there is none, marked where that is exact. */

const ABOUT = ["csrf_token", "question_id", "fact_id", "reps", "shown_at", "key", "then"];
const GIVEN_UP = "dont_know";
const TYPED = ["cloze", "numeric", "date"];

/** The fields that hold the answer: each name with all its values. `data`: FormData or the like. */
function readFields(data) {
  const fields = {};
  for (const [name, value] of data) {
    if (ABOUT.includes(name)) continue;
    fields[name] ??= [];
    fields[name].push(value);
  }
  return fields;
}

/** What is kept and sent of an answer that is given now. */
export function makeAnswer(data, { account, study, shownAt }) {
  return {
    account,
    study,
    question: Number(data.get("question_id")),
    fact: Number(data.get("fact_id")),
    reps: Number(data.get("reps")),
    key: data.get("key"),
    shown_at: shownAt ?? data.get("shown_at"),
    answered_at: new Date().toISOString(),
    fields: readFields(data),
    told: false,
  };
}

const first = (fields, name) => fields[name]?.[0]?.trim() ?? "";
export const isGivenUp = (fields) => first(fields, "answer") === GIVEN_UP;
export const listPlaces = ({ right }, fields) => right.map((_, n) => first(fields, `place_${n}`));
export const listMatches = ({ right }, fields) => right.map((_, n) => first(fields, `match_${n}`));
const isRepeated = (values) => new Set(values).size < values.length;

/** Why an answer is none, "" if it is one; of a question that was not loaded ahead see less. */
export function findProblem(question, fields) {
  if (isGivenUp(fields)) return "";
  if (!question) {
    const isEmpty = Object.values(fields).every((values) => values.every((each) => !each.trim()));
    return isEmpty ? "Give an answer" : "";
  }
  const [nothing, twice] = question.problems;
  if (question.kind === "ordering") {
    const places = listPlaces(question, fields);
    return places.includes("") || isRepeated(places) ? nothing : "";
  }
  if (question.kind === "matching") {
    const taken = listMatches(question, fields).filter(Boolean);
    return taken.length ? (isRepeated(taken) ? twice : "") : nothing;
  }
  return first(fields, "answer") ? "" : nothing;
}

/** The numbers of the items in the order in which the fields put them. */
export function listOrder(question, fields) {
  const places = listPlaces(question, fields);
  return places.map((_, place) => String(places.indexOf(String(place + 1))));
}

const plain = (text) => text.trim().replace(/\s+/g, " ").replace(/[‘’]/g, "'").toLowerCase();

/** "right", "wrong", "shown" (the learner gave up), or "unknown": then the server alone can say. */
export function mark(question, fields) {
  if (isGivenUp(fields)) return "shown";
  const { kind, right } = question;
  if (TYPED.includes(kind)) {
    const typed = plain(first(fields, "answer"));
    return right[0].some((each) => plain(each) === typed) ? "right" : "unknown";
  }
  return isWhole(question, fields, right) ? "right" : "wrong";
}

function isWhole(question, fields, right) {
  if (question.kind === "ordering") {
    return String(listOrder(question, fields)) === String(right);
  }
  if (question.kind === "matching") {
    return listMatches(question, fields).every((each, prompt) => right[prompt].includes(each));
  }
  const chosen = fields.answer ?? [];
  return chosen.length === right.length && right.every(([each]) => chosen.includes(each));
}
