// Shows one question, and the answers once they are all given.

import { control, isSingle } from "./controls.js";
import { button, h } from "./dom.js";
import { chosen, valueOf } from "./form.js";
import { say } from "./words.js";

/** Returns the view of one question: `{nodes, read}`; `on` has `next`, `back` (not on the first) and `changed`. */
export function questionView(question, number, answer, on) {
  const shown = control(question, answer, on.changed);
  const hint = question.hint && h("p", { class: "hint", id: "question_hint" }, question.hint);
  const error = h("p", { class: "error", id: "question_error" });
  const form = h(
    "form",
    { novalidate: true, onsubmit: (event) => (event.preventDefault(), on.next()), oninput: on.changed },
    group(question, hint, error, shown.fields),
    h("div", { class: "buttons" }, h("button", { type: "submit" }, say("next"))),
  );
  if (isSingle(question) && hint) form.querySelector("textarea, input").setAttribute("aria-describedby", "question_hint");
  const back = on.back && h("p", { class: "back" }, button(say("back"), on.back, { class: "link" }));
  return { nodes: [back, h("p", { class: "number" }, say("question", { number })), form], read: shown.read };
}

function group(question, hint, error, fields) {
  const words = [question.label, !question.required && h("span", { class: "optional" }, ` (${say("optional")})`)];
  const heading = isSingle(question)
    ? h("h1", { tabindex: -1 }, h("label", { for: question.id }, ...words))
    : h("legend", {}, h("h1", { tabindex: -1 }, ...words));
  if (isSingle(question)) return h("div", { class: "question" }, heading, hint, error, ...fields);
  return h("fieldset", { class: "question", "aria-describedby": hint ? "question_hint" : null }, heading, hint, error, ...fields);
}

/** Shows what is wrong with the answer above the question and at its field, and moves the focus there. */
export function showMistake(main, message) {
  const field = main.querySelector("form textarea, form input");
  main.querySelector("#question_error").textContent = `${say("error")}: ${message}`;
  if (field.type !== "radio") field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", ["question_error", ...(field.getAttribute("aria-describedby") ?? "").split(" ")].join(" ").trim());
  summary(main, message, field);
}

function summary(main, message, field) {
  main.querySelector(".summary")?.remove();
  const link = h("a", { href: `#${field.id}`, onclick: (event) => (event.preventDefault(), field.focus()) }, message);
  const title = h("h2", { id: "error_summary" }, say("error_title"));
  const box = h("div", { class: "summary", role: "alert", tabindex: -1, "aria-labelledby": "error_summary" }, title, h("ul", {}, h("li", {}, link)));
  main.prepend(box);
  box.focus();
}

/** Returns the view of all answers; `on` has `send`, `back` and `change(question)`. */
export function checkView(asked, answers, on) {
  const rows = asked.map((question) =>
    h(
      "div",
      {},
      h("dt", {}, question.label),
      h("dd", {}, inWords(question, answers[question.id])),
      h("dd", {}, button(say("change"), () => on.change(question), { class: "link", "aria-label": `${say("change")}: ${question.label}` })),
    ),
  );
  const said = h("p", { class: "live", role: "status" });
  const send = button(say("send"), () => on.send(send, said));
  const back = h("p", { class: "back" }, button(say("back"), on.back, { class: "link" }));
  return [
    back,
    h("h1", { tabindex: -1 }, say("check")),
    h("p", { class: "hint" }, say("check_hint")),
    h("dl", { class: "answers" }, ...rows),
    h("div", { class: "buttons" }, send),
    said,
  ];
}

function inWords(question, answer) {
  const choice = chosen(question, { [question.id]: answer });
  if (choice) return choice.label;
  const value = valueOf(question, answer);
  return value === undefined ? say("not_answered") : WORDS[question.kind](value);
}

const list = (items) => items.map((item) => Object.values(item).join(", ")).join("; ");
const WORDS = {
  text: (value) => value,
  place: ({ lat, address }) => [lat !== undefined && say("place_own"), address].filter(Boolean).join("; "),
  time: (value) => new Date(value).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }),
  persons: list,
  vehicles: list,
  photo: (value) => value.map((_, index) => say("photo_one", { number: index + 1 })).join(", "),
};
