// A report that is not sent yet: it says so, and is tried again when there is a connection, in a while, or at once.

import { button, h, live } from "./dom.js";
import { say } from "./words.js";

const LEAST = 3;
const MOST = 60;

/** Shows that the report waits; `on` has `deliver()`, which returns the seconds to wait, `change()` and `drop()`. */
export class Unsent {
  constructor(main, on) {
    this.on = on;
    this.said = live();
    this.pause = LEAST;
    main.replaceChildren(
      h("div", { class: "unsent" }, h("h1", { tabindex: -1 }, say("unsent")), h("p", {}, say("unsent_why"))),
      h("div", { class: "buttons" }, button(say("unsent_now"), () => this.now())),
      this.said,
      h("p", {}, button(say("unsent_change"), on.change, { class: "second" })),
      h("p", {}, button(say("unsent_drop"), () => confirm(say("unsent_sure")) && on.drop(), { class: "second" })),
    );
    this.later(LEAST);
  }

  /** Tries now, unless a try is under way. */
  async now() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    this.said.textContent = say("unsent_trying");
    const seconds = await this.on.deliver();
    this.busy = false;
    if (seconds === undefined || this.stopped) return;
    this.said.textContent = say("unsent_waiting");
    this.pause = Math.min(2 * this.pause, MOST);
    this.later(Math.max(seconds, this.pause));
  }

  later(seconds) {
    this.timer = setTimeout(() => this.now(), 1000 * seconds);
  }

  /** Stops trying: something else is shown. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
