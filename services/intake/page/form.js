// From a form's questions and the answers given so far to the way through it and the report; knows no page.

/** Returns the questions that are asked, in order, as far as the answers lead. */
export function route(form, answers) {
  const known = new Map(form.questions.map((each) => [each.id, each]));
  const asked = [];
  let sets = form.sets;
  let question = known.get(form.start);
  while (question && asked.length <= known.size) {
    const passed = question.only.length > 0 && sets.type !== undefined && !question.only.includes(sets.type);
    const choice = passed ? undefined : chosen(question, answers);
    if (!passed) asked.push(question);
    sets = { ...sets, ...choice?.sets };
    question = known.get((choice ?? question).next);
  }
  return asked;
}

/** Returns the choice that an answer is, if the question has choices and was answered. */
export function chosen(question, answers) {
  return question.choices.find((each) => each.id === answers[question.id]);
}

/** Returns the body of `POST /v1/reports`. */
export function report(form, answers) {
  const body = { ...form.sets };
  for (const question of route(form, answers)) {
    Object.assign(body, chosen(question, answers)?.sets);
    const value = question.field && valueOf(question, answers[question.id]);
    if (value !== undefined && value !== "") body[question.field] = value;
  }
  return body;
}

/** Returns the name of the mistake in an answer, if there is one. */
export function mistake(question, answer) {
  const empty = question.choices.length ? !answer : valueOf(question, answer) === undefined;
  if (answer?.incomplete) return "error_time";
  if (empty) return question.required ? "error_required" : null;
  if (question.kind === "text" && [...answer.trim()].length > question.limit) return "error_too_long";
  if (question.kind === "time" && new Date(answer.at) > new Date()) return "error_future";
  return null;
}

/** Returns the asked question that a problem's JSON pointer (such as `#/location/address`) is about. */
export function questionAt(pointer, asked) {
  const field = pointer.split("/")[1];
  return asked.find((each) => each.field === field || each.choices.some((choice) => field in choice.sets));
}

/** Returns an answer as the report has it, or nothing when it is empty. */
export function valueOf(question, answer) {
  if (answer === undefined || answer === null) return undefined;
  return VALUES[question.kind]?.(answer);
}

const VALUES = {
  text: (answer) => answer.trim() || undefined,
  place: ({ street = "", town = "", lat, lon }) => {
    const address = [street.trim(), town.trim()].filter(Boolean).join(", ");
    const place = { ...(lat === undefined ? {} : { lat, lon }), ...(address && { address }) };
    return Object.keys(place).length ? place : undefined;
  },
  time: ({ at }) => (at ? withOffset(at) : undefined),
  persons: filled,
  vehicles: filled,
  photo: (answer) => (answer.length ? answer.map((each) => each.ref) : undefined),
};

function filled(answer) {
  const items = answer
    .map((item) => Object.entries(item).map(([name, text]) => [name, text.trim()]))
    .map((entries) => Object.fromEntries(entries.filter(([, text]) => text)))
    .filter((item) => Object.keys(item).length);
  return items.length ? items : undefined;
}

/** Returns a local time such as `2026-10-13T02:41` with the offset that this device has then. */
function withOffset(local) {
  const minutes = -new Date(local).getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local.slice(0, 16)}:00${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
