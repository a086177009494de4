// The control for photos: each is sent when it is chosen, and the report names it by the reference that came back.

import { button, h, live } from "./dom.js";
import { sendPhoto } from "./send.js";
import { say } from "./words.js";

const TYPES = "image/jpeg,image/png,image/webp";
const PATH = "/v1/web/photos";

/** Returns the control of photos; `changed` is called when one was added or removed. */
export function photos(question, answer = [], changed) {
  const kept = [...answer];
  const said = live();
  const list = h("ul", { class: "photos" });
  const inputs = [picker(question, "photo_take", { capture: "environment" }), picker(question, "photo_choose")];

  function show() {
    list.replaceChildren(...kept.map((photo, index) => item(photo, index)));
    const full = kept.length >= (question.limit ?? Infinity);
    for (const row of inputs) row.querySelector("input").disabled = full;
    return full;
  }

  function item(photo, index) {
    const name = say("photo_one", { number: index + 1 });
    const picture = photo.preview && h("img", { src: photo.preview, alt: "" });
    return h("li", {}, picture, h("span", {}, name), button(say("remove", { what: name }), () => drop(photo), { class: "second" }));
  }

  function drop(photo) {
    kept.splice(kept.indexOf(photo), 1);
    show();
    said.textContent = say("photo_removed");
    inputs[0].querySelector("input").focus();
    changed();
  }

  async function add(input) {
    const [file] = input.files;
    if (!file) return;
    said.textContent = say("photo_busy");
    const answer = await sendPhoto(PATH, file);
    input.value = "";
    if (answer.kept) kept.push({ ref: answer.kept.photo, preview: URL.createObjectURL(file) });
    const full = show();
    said.textContent = say(outcome(answer, full));
    changed();
  }

  for (const row of inputs) row.querySelector("input").addEventListener("change", ({ target }) => add(target));
  show();
  const read = () => kept.map(({ ref }) => ({ ref }));
  return { fields: [...inputs, h("p", { class: "hint" }, say("photo_hidden")), said, list], read };
}

function outcome({ kept, refused }, full) {
  if (refused) return "photo_refused";
  if (!kept) return "photo_later";
  return full ? "photo_full" : "photo_added";
}

function picker(question, name, more = {}) {
  const id = `${question.id}-${name}`;
  return h("div", { class: "field" }, h("label", { for: id }, say(name)), h("input", { type: "file", id, accept: TYPES, ...more }));
}
