// Keeps a report that is not sent yet: in this tab while it is filled in, on this device once it waits to be sent.

const NAME = "buurtsein.draft";

/**
 * Returns the draft: `answers` by question, `pending` (`key` and `body`) once sending was tried, and `editOf`, the
 * reference of the report that it replaces, if it does.
 * A retry sends the very same bytes with the very same Idempotency-Key, so that it is the same report.
 */
export function load() {
  return read(() => localStorage) ?? read(() => sessionStorage) ?? { answers: {}, pending: null };
}

/** Keeps the draft where it belongs and nowhere else. */
export function save(draft) {
  drop();
  attempt(() => (draft.pending ? localStorage : sessionStorage).setItem(NAME, JSON.stringify(draft)));
}

/** Deletes the draft from this device. */
export function drop() {
  attempt(() => localStorage.removeItem(NAME));
  attempt(() => sessionStorage.removeItem(NAME));
}

function read(storage) {
  const found = attempt(() => JSON.parse(storage().getItem(NAME)));
  return found?.answers ? found : null;
}

/** A browser may refuse to keep anything; then the draft lives as long as the page. */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
