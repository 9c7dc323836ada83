/* What this browser keeps for a learner: the questions that were loaded ahead, and the answers that
   the server does not have yet. There is one pack; answers are kept by account. */

const NAME = "quizapp";
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("packs", { keyPath: "account" });
      request.result.createObjectStore("kept", { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Run `work` on one store; the promise holds what its request found once all of it is written. */
async function run(name, mode, work) {
  const transaction = (await open()).transaction(name, mode);
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export async function findPack() {
  const packs = await run("packs", "readonly", (store) => store.getAll());
  return packs[0] ?? null;
}

/** Keep a pack in place of every other, whoever's that was. */
export function putPack(pack) {
  return run("packs", "readwrite", (store) => {
    store.clear();
    return store.put(pack);
  });
}

/** Note that a fact was answered, so that it is not asked again; return how many are left. */
export async function noteAnswered(fact) {
  const pack = await findPack();
  if (!pack) return 0;
  pack.answered = [...new Set([...pack.answered, fact])];
  await putPack(pack);
  return countLeft(pack);
}

export const findNext = (pack) => pack.questions.find((each) => !pack.answered.includes(each.fact));

export const countLeft = (pack) =>
  pack.questions.filter((each) => !pack.answered.includes(each.fact)).length;

/** Keep an answer; the same key again is the same answer. */
export const keep = (answer) => run("kept", "readwrite", (store) => store.put(answer));

/** The answers of an account that were not sent yet, as they were given. */
export async function listKept(account) {
  const all = await run("kept", "readonly", (store) => store.getAll());
  return all
    .filter((each) => each.account === account)
    .sort((one, other) => one.answered_at.localeCompare(other.answered_at));
}

export const drop = (keys) =>
  run("kept", "readwrite", (store) => {
    for (const key of keys) store.delete(key);
  });

/** Forget everything of an account, and every pack. */
export async function forget(account) {
  await drop((await listKept(account)).map((each) => each.key));
  await run("packs", "readwrite", (store) => store.clear());
}
