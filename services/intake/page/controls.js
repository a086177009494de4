// One control for each kind of question: `{fields, read}` with the elements to show and the answer that they hold.

import { h, live } from "./dom.js";
import { photos } from "./photos.js";
import { place } from "./place.js";
import { things } from "./things.js";
import { say } from "./words.js";

const KINDS = { choice: choices, yes_no: choices, text, time, place, persons: things, vehicles: things, photo: photos };

/** Returns the control of a question with an earlier answer in it; it calls `changed` when an answer changes by itself. */
export function control(question, answer, changed) {
  return KINDS[question.kind](question, answer, changed);
}

/** Tells whether a question is one field, which its heading labels, or a group of them. */
export function isSingle(question) {
  return question.kind === "text" || question.kind === "time";
}

function choices(question, answer) {
  const advice = live();
  const options = question.choices.map((choice) => option(question, choice, choice.id === answer));
  const box = h("div", { class: "options", onchange: () => advise() }, ...options);
  const read = () => box.querySelector("input:checked")?.value;
  const advise = () => {
    advice.textContent = question.choices.find((each) => each.id === read())?.advice ?? "";
  };
  advise();
  const keeps = question.choices.some((choice) => "anonymous" in choice.sets);
  return { fields: [box, h("div", { class: "advice" }, advice), keeps && kept()], read };
}

function option(question, choice, checked) {
  const hint = choice.hint && h("span", { class: "hint", id: `${choice.id}-hint` }, choice.hint);
  const described = hint ? hint.id : null;
  const input = h("input", { type: "radio", id: choice.id, name: question.id, value: choice.id, checked, "aria-describedby": described });
  return h("div", { class: "option" }, input, h("label", { for: choice.id }, choice.label), hint);
}

function kept() {
  const lines = ["kept_always", "kept_anonymous", "kept_open"].map((name) => h("p", {}, say(name)));
  return h("details", { class: "kept", open: true }, h("summary", {}, say("kept_title")), ...lines);
}

function text(question, answer) {
  const input = h("textarea", { id: question.id, rows: 6, "aria-required": question.required && "true" });
  input.value = answer ?? "";
  return { fields: [input], read: () => input.value };
}

function time(question, answer) {
  const input = h("input", { type: "datetime-local", id: question.id });
  input.value = answer?.at ?? "";
  return { fields: [input], read: () => ({ at: input.value, incomplete: input.validity.badInput }) };
}
