// The control for a place: this device's own position, a street and town, or both; without a map.

import { button, h, live } from "./dom.js";
import { say } from "./words.js";

const PATIENCE = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };
const DENIED = 1;

/** Returns the control of a place; `changed` is called when a position is found or removed. */
export function place(question, answer = {}, changed) {
  const street = field(`${question.id}-street`, "place_street", answer.street, 120);
  const town = field(`${question.id}-town`, "place_town", answer.town, 70);
  const own = new Position(answer, changed);
  const fields = [own.usable && own.box, street.row, town.row];
  return { fields, read: () => ({ street: street.input.value, town: town.input.value, ...own.value }) };
}

function field(id, name, value = "", limit) {
  const input = h("input", { id, maxlength: limit });
  input.value = value;
  return { input, row: h("div", { class: "field" }, h("label", { for: id }, say(name)), input) };
}

/** This device's position, asked for only when the reporter wants it. */
class Position {
  constructor({ lat, lon, metres }, changed) {
    this.usable = "geolocation" in navigator && window.isSecureContext;
    this.changed = changed;
    this.said = live();
    this.use = button(say("place_use"), () => this.find(), { class: "second", "aria-describedby": "place_reason" });
    this.remove = button(say("place_remove"), () => this.forget(), { class: "second" });
    const why = h("p", { class: "hint", id: "place_reason" }, say("place_why"));
    this.box = h("div", { class: "position" }, this.use, why, this.said, this.remove);
    this.set(lat === undefined ? {} : { lat, lon, metres });
  }

  set(value) {
    this.value = value;
    const found = value.lat !== undefined;
    this.use.hidden = found;
    this.remove.hidden = !found;
    this.said.textContent = found ? say("place_found", { metres: value.metres }) : "";
  }

  find() {
    this.said.textContent = say("place_busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.found(coords),
      (error) => {
        this.said.textContent = say(error.code === DENIED ? "place_denied" : "place_failed");
      },
      PATIENCE,
    );
  }

  /** Five decimals are about a metre; what the device knows more precisely than that is nobody's concern. */
  found({ latitude, longitude, accuracy }) {
    const [lat, lon] = [latitude, longitude].map((degrees) => Number(degrees.toFixed(5)));
    this.set({ lat, lon, metres: Math.max(1, Math.round(accuracy)) });
    if (this.box.isConnected) this.remove.focus();
    this.changed();
  }

  forget() {
    this.set({});
    this.said.textContent = say("place_removed");
    this.use.focus();
    this.changed();
  }
}
