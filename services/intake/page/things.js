// The control for persons and vehicles: a group of fields for each, as many as are wanted within the limit.

import { button, h } from "./dom.js";
import { say } from "./words.js";

const LENGTH = 100;

/** Returns the control of a list of persons or vehicles; none of the fields is required. */
export function things(question, answer = [{}], changed) {
  const list = h("div", {});
  const more = button(say(`${question.kind}_add`), () => add({}).querySelector("input").focus(), { class: "second" });
  const groups = () => [...list.children];

  function add(values) {
    const group = h("fieldset", { class: "thing" }, h("legend", {}), ...question.parts.map((part) => field(part, values[part.id])));
    group.append(button("", () => drop(group), { class: "second" }));
    list.append(group);
    number();
    return group;
  }

  function drop(group) {
    group.remove();
    number();
    more.focus();
    changed();
  }

  /** Numbers what is there, so that every name is said once. */
  function number() {
    groups().forEach((group, index) => {
      const name = say(`${question.kind}_one`, { number: index + 1 });
      group.querySelector("legend").textContent = name;
      group.querySelector("button").textContent = say("remove", { what: name });
      group.querySelector("button").hidden = groups().length === 1;
      for (const input of group.querySelectorAll("input")) {
        input.id = `${question.id}-${index}-${input.name}`;
        input.previousSibling.htmlFor = input.id;
      }
    });
    more.hidden = groups().length >= (question.limit ?? Infinity);
  }

  (answer.length ? answer : [{}]).forEach(add);
  return { fields: [list, more], read: () => groups().map(values) };
}

function field(part, value = "") {
  const input = h("input", { name: part.id, maxlength: LENGTH });
  input.value = value;
  return h("div", { class: "field" }, h("label", {}, part.label), input);
}

function values(group) {
  return Object.fromEntries([...group.querySelectorAll("input")].map((input) => [input.name, input.value]));
}
