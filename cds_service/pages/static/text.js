// Text into the page. Everything arrives as text nodes, so nothing a card says can become markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// The part of Markdown that cards use: paragraphs, bullets, ~~struck out~~, **strong** and `code`. Links stay text.
export function markdown(text) {
  const found = document.createDocumentFragment();
  let paragraph = null;
  let list = null;
  for (const line of text.split("\n")) {
    const bullet = line.match(/^\s*[-*] +(.*)$/);
    if (!line.trim()) {
      paragraph = list = null;
    } else if (bullet) {
      if (!list) found.append((list = el("ul")));
      list.append(el("li", {}, ...inline(bullet[1])));
      paragraph = null;
    } else if (paragraph) {
      paragraph.append(el("br"), ...inline(line));
    } else {
      found.append((paragraph = el("p", {}, ...inline(line))));
      list = null;
    }
  }
  return found;
}

function inline(line) {
  return line.split(/(\*\*[^*]+\*\*|~~[^~]+~~|`[^`]+`)/).filter(Boolean).map((part) => {
    if (part.startsWith("**") && part.length > 4) return el("strong", {}, part.slice(2, -2));
    if (part.startsWith("~~") && part.length > 4) return el("del", {}, part.slice(2, -2));
    if (part.startsWith("`") && part.length > 2) return el("code", {}, part.slice(1, -1));
    return document.createTextNode(part);
  });
}

// JSON, indented, with names set apart from values.
export function showJson(target, value) {
  const text = value === undefined ? "" : JSON.stringify(value, null, 2);
  const parts = text.split(/("(?:\\.|[^"\\])*"(?=:))/);
  target.replaceChildren(...parts.map((part, n) => (n % 2 ? el("span", { class: "name" }, part) : part)));
}

export function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
