// Makes elements; text only ever becomes text, never markup.

/** Returns an element: `on…` attributes are listeners, `true` sets a bare attribute, nothing and `false` leave it out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Returns a button that submits nothing. */
export function button(text, onclick, attributes = {}) {
  return h("button", { type: "button", ...attributes, onclick }, text);
}

/** Returns a place where what is said is read out without moving the focus. */
export function live() {
  return h("p", { class: "live", role: "status" });
}
