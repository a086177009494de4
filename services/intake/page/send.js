// Sends a report or a photo, and says in one of three ways what came of it: kept, later, or refused.

const PATIENCE = 20_000;

/** Posts a report: `{kept: receipt}`, `{later: seconds}` when it can be tried again as it is, or `{refused: problem}`. */
export async function sendReport({ key, body }) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": `"${key}"` };
  return post("/v1/web/reports", { headers, body });
}

/** Posts a photo: `{kept: {photo}}`, `{later}` or `{refused}`. */
export async function sendPhoto(path, file) {
  const body = new FormData();
  body.append("file", file);
  return post(path, { body });
}

/** Reads a status: `{kept: status}`, `{later}` or `{refused}`. */
export async function readStatus(reference) {
  return ask(`/v1/reports/${encodeURIComponent(reference)}`, { cache: "no-store" });
}

function post(path, options) {
  return ask(path, { method: "POST", ...options });
}

async function ask(path, options) {
  try {
    const answer = await fetch(path, { ...options, credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return { kept: await answer.json() };
    if (answer.status >= 500 || answer.status === 429 || answer.status === 409) return { later: wait(answer) };
    return { refused: await problem(answer) };
  } catch {
    return { later: 0 };
  }
}

function wait(answer) {
  return Number(answer.headers.get("Retry-After")) || 0;
}

async function problem(answer) {
  try {
    return await answer.json();
  } catch {
    return { status: answer.status, errors: [] };
  }
}
