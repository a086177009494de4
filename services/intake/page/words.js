// The page's own words in the language of the reader, who may have chosen another one here before.

export const LANGUAGES = ["nl", "en"];
const KEPT = "buurtsein.language";

let all = {};

/** Fetches the words, and puts the page in the language that the address, or else this device, asks for. */
export async function load() {
  const answer = await fetch("/page/words.json");
  if (!answer.ok) throw new Error(`words: ${answer.status}`);
  all = await answer.json();
  const asked = new URLSearchParams(location.search).get("lang");
  if (LANGUAGES.includes(asked)) remember(asked);
  const known = LANGUAGES.find((each) => each === (asked ?? remembered()));
  speak(known ?? language());
}

/** Returns the language of the page. */
export function language() {
  return document.documentElement.lang;
}

/** Returns a word, with `{names}` filled in. */
export function say(name, values = {}) {
  return all[language()][name].replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}

/** Puts what stands around the form in a language. */
export function speak(chosen) {
  document.documentElement.lang = chosen;
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = say(each.dataset.word);
  for (const each of document.querySelectorAll("[data-label]")) {
    each.setAttribute("aria-label", say(each.dataset.label));
  }
  for (const each of document.querySelectorAll(".languages a")) {
    if (each.lang === chosen) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
}

/** Calls `change` when the reader chooses a language, and keeps the choice. */
export function whenChosen(change) {
  for (const each of document.querySelectorAll(".languages a")) {
    each.addEventListener("click", (event) => {
      event.preventDefault();
      remember(each.lang);
      speak(each.lang);
      change();
    });
  }
}

function remember(chosen) {
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // A browser that keeps nothing asks again by Accept-Language.
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
