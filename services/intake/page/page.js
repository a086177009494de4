// The report page: leads through the form that intake serves, keeps the draft, sends it and shows what came of it.

import * as drafts from "./draft.js";
import { button, h } from "./dom.js";
import { mistake, questionAt, report, route } from "./form.js";
import { keepPage } from "./offline.js";
import { sendReport } from "./send.js";
import { statusView } from "./status.js";
import { checkView, questionView, showMistake } from "./step.js";
import { Unsent } from "./unsent.js";
import * as words from "./words.js";

const CHECK = "check";
const REPORT = /^#report\/([0-9a-f-]{36})$/;

const main = document.getElementById("main");
let form;
let draft = drafts.load();
let receipt = null;
let sent = {};
let unsent = null;

async function start() {
  await words.load();
  await loadForm();
  words.whenChosen(async () => {
    // Without a connection the questions stay in the language that they have.
    await loadForm().catch(() => null);
    show({ focus: false });
  });
  window.addEventListener("hashchange", () => show());
  window.addEventListener("online", () => unsent?.now());
  show({ focus: false });
  keepPage(words.LANGUAGES.map(formIn)).catch(() => null);
}

function formIn(language) {
  return `/v1/form/report?lang=${language}`;
}

async function loadForm() {
  const answer = await fetch(formIn(words.language()));
  if (!answer.ok) throw new Error(`form: ${answer.status}`);
  form = await answer.json();
}

function asked() {
  return route(form, draft.answers);
}

/** Shows what the address and the draft say, with the focus on its heading unless the page just came. */
function show({ focus = true, error = null } = {}) {
  const named = REPORT.exec(location.hash);
  unsent?.stop();
  unsent = null;
  if (receipt || named) showStatus(receipt ?? { reference: named[1] });
  else if (draft.pending) showUnsent();
  else showStep(location.hash.slice(1));
  const heading = main.querySelector("h1");
  document.title = `${error ? `${words.say("error")}: ` : ""}${heading.textContent} – Buurtsein`;
  if (focus) heading.focus();
  if (focus) window.scrollTo(0, 0);
  if (error) showMistake(main, error);
}

function showStatus(of) {
  main.replaceChildren(...statusView(of, { anew: startAnew, edit: () => edit(of.reference) }).filter(Boolean));
}

/** Shows the question that is named, or the first one that still needs an answer before it. */
function showStep(name) {
  const questions = asked();
  const open = questions.findIndex((question) => mistake(question, draft.answers[question.id]));
  const wanted = name === CHECK ? questions.length : questions.findIndex((question) => question.id === name);
  const place = Math.min(Math.max(wanted, 0), open < 0 ? questions.length : open);
  if (place === questions.length) showCheck(questions);
  else showQuestion(questions, place);
}

function showQuestion(questions, place) {
  const question = questions[place];
  const mine = draft;
  const changed = () => {
    mine.answers[question.id] = view.read();
    // A photo may come back when its report was sent long ago; nothing is kept of that one any more.
    if (mine === draft) drafts.save(draft);
  };
  const back = place > 0 && (() => go(questions[place - 1].id));
  const next = () => (changed(), leave(question));
  const view = questionView(question, place + 1, draft.answers[question.id], { next, back, changed });
  main.replaceChildren(...view.nodes.filter(Boolean));
}

/** Goes to the next question, or shows what is wrong with the answer to this one. */
function leave(question) {
  const wrong = mistake(question, draft.answers[question.id]);
  if (wrong) return show({ focus: false, error: inWords(wrong, question) });
  const questions = asked();
  return go(questions[questions.findIndex((each) => each.id === question.id) + 1]?.id ?? CHECK);
}

function inWords(wrong, question) {
  const count = [...String(draft.answers[question.id] ?? "").trim()].length;
  return words.say(wrong, { label: question.label, count, limit: question.limit });
}

function go(name) {
  if (location.hash === `#${name}`) show();
  else location.hash = name;
}

function showCheck(questions) {
  const on = {
    send: (pressed, said) => send(pressed, said),
    back: () => go(questions.at(-1).id),
    change: (question) => go(question.id),
  };
  main.replaceChildren(...checkView(questions, draft.answers, on));
}

async function send(pressed, said) {
  pressed.disabled = true;
  said.textContent = words.say("sending");
  const community = new URLSearchParams(location.search).get("community");
  const edited = draft.editOf && { edit_of: draft.editOf };
  prepare({ ...report(form, draft.answers), ...(community && { community }), ...edited });
  await deliver();
}

/** From here on the report waits to be sent as it is, under one key, until it is kept, refused or changed. */
function prepare(body) {
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"));
  draft.pending = { key: key.join(""), body: JSON.stringify(body) };
  drafts.save(draft);
}

/** Tries once; returns after how many seconds to try again, or nothing when that is not needed. */
async function deliver() {
  const tried = draft.pending;
  const answer = await sendReport(tried);
  if (answer.kept) return kept(answer.kept, tried);
  if (draft.pending !== tried) return undefined;
  if (answer.refused) return refused(answer.refused);
  if (!unsent) show();
  return answer.later;
}

function kept(answer, { body }) {
  const { anonymous } = JSON.parse(body);
  receipt = answer;
  sent = draft.answers;
  forget();
  // The address of an anonymous report stays out of this device's history.
  history.replaceState(null, "", anonymous ? location.pathname : `#report/${answer.reference}`);
  show();
}

function refused({ errors = [] }) {
  const body = JSON.parse(draft.pending.body);
  const pointers = errors.map((each) => each.pointer);
  draft.pending = null;
  if (body.community && pointers.every((pointer) => pointer === "#/community") && pointers.length) {
    // A link to this page may name a community that is no more; without one the place decides.
    const { community, ...rest } = body;
    prepare(rest);
    return deliver();
  }
  drafts.save(draft);
  const question = pointers.map((pointer) => questionAt(pointer, asked())).find(Boolean);
  history.replaceState(null, "", `#${question?.id ?? CHECK}`);
  return show({ focus: false, error: question ? inWords("error_field", question) : words.say("error_other") });
}

function showUnsent() {
  unsent = new Unsent(main, { deliver, change, drop: startAnew });
}

function change() {
  draft.pending = null;
  drafts.save(draft);
  go(CHECK);
}

function forget() {
  draft = { answers: {}, pending: null };
  drafts.drop();
}

/** Begins a report that replaces another one, with the answers of that one as long as this page was not left. */
function edit(reference) {
  receipt = null;
  draft = { answers: sent, pending: null, editOf: reference };
  drafts.save(draft);
  go(CHECK);
}

function startAnew() {
  receipt = null;
  sent = {};
  forget();
  history.replaceState(null, "", location.pathname + location.search);
  show();
}

function failed() {
  const again = h("p", {}, button(text("again"), () => location.reload()));
  const plain = h("p", {}, h("a", { href: "?plain=1" }, text("plain")));
  main.replaceChildren(h("p", { role: "alert" }, text("load_failed")), again, plain);
}

/** Returns a word that the page came with, for when nothing else could be loaded. */
function text(name) {
  return main.dataset[name.replace(/_./g, (each) => each[1].toUpperCase())];
}

start().catch(failed);
