// Shows the receipt of a report, and asks a while for news about it.

import { button, h } from "./dom.js";
import { readStatus } from "./send.js";
import { language, say } from "./words.js";

const PAUSES = [2, 3, 5, 5, 10, 10, 15, 30, 30, 60, 60, 120].map((seconds) => seconds * 1000);

/**
 * Returns the view of a kept report; `receipt` has a message, and perhaps a code, only just after sending.
 * `on` has `anew()`, and `edit()` for when the reporter is asked to change the report.
 */
export function statusView(receipt, on) {
  const { reference } = receipt;
  return [
    h("h1", { tabindex: -1 }, receipt.message?.[language()] ?? say("status")),
    h(
      "div",
      { class: "receipt" },
      fact("reference", reference, "reference_hint"),
      receipt.receipt_code && fact("code", receipt.receipt_code.replace(/(.{4})(?=.)/g, "$1 "), "code_hint"),
    ),
    receipt.message && h("h2", {}, say("status")),
    following(reference, on.edit),
    h("p", {}, h("a", { href: `#report/${reference}` }, say("status_link"))),
    h("p", {}, button(say("new"), on.anew, { class: "second" })),
  ];
}

function fact(name, value, hint) {
  return h("div", {}, h("h2", {}, say(name)), h("p", { class: "code", id: name }, value), h("p", { class: "hint" }, say(hint)));
}

function following(reference, edit) {
  const news = h("div", { class: "news", role: "status" }, say("status_waiting"));
  const change = h("p", { hidden: true }, button(say("unsent_change"), edit));
  const follow = new Follow(reference, news, change);
  follow.look();
  return h("div", {}, news, change, button(say("status_refresh"), () => follow.again(), { class: "second" }));
}

/** Asks for the status again and again, ever less often, until it was enough or the view is gone. */
class Follow {
  constructor(reference, news, change) {
    this.reference = reference;
    this.news = news;
    this.change = change;
    this.asked = 0;
    this.shown = "";
  }

  again() {
    this.asked = 0;
    clearTimeout(this.timer);
    this.look();
  }

  async look() {
    const answer = await readStatus(this.reference);
    this.show(lines(answer));
    this.change.hidden = answer.kept?.status !== "asked";
    const pause = PAUSES[this.asked++];
    if (pause && !answer.refused) this.timer = setTimeout(() => this.news.isConnected && this.look(), pause);
  }

  /** Says only what is new, so that a screen reader does not say the same again. */
  show(texts) {
    const joined = texts.join("\n");
    if (joined === this.shown) return;
    this.shown = joined;
    this.news.replaceChildren(...texts.map((text) => h("p", {}, text)));
  }
}

function lines({ kept, refused }) {
  if (refused) return [say("status_unknown")];
  if (!kept) return [say("status_later")];
  const words = language();
  const outcomes = (kept.networks ?? []).map((each) => each.message?.[words]);
  // What is next after a request to change the report is a button here; the words are for applications.
  const next = kept.status !== "asked" && kept.next[words];
  return [kept.message[words], ...outcomes, promise(kept.promised_at), next].filter(Boolean);
}

function promise(at) {
  if (!at) return null;
  const when = new Date(at).toLocaleString(language(), { dateStyle: "full", timeStyle: "short" });
  return say("promise", { when });
}
