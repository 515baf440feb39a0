// What can be said of a page from outside: names, labels, contrast, order, nothing cut off.
const found = [];
const say = (what, element) => found.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
const all = (selector) => [...document.querySelectorAll(selector)];
const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const nameOf = (element) => (element.getAttribute("aria-label") ?? element.textContent).trim();

if (!document.documentElement.lang) found.push("the page has no language");
if (!document.title.trim()) found.push("the page has no title");
if (all("h1").length !== 1) found.push(`the page has ${all("h1").length} first headings`);
if (!document.querySelector("main")) found.push("the page has no main part");
if (document.documentElement.scrollWidth > innerWidth) found.push("the page is wider than the screen");

const ids = all("[id]").map((element) => element.id);
all("[id]").filter((e) => ids.indexOf(e.id) !== ids.lastIndexOf(e.id)).forEach((e) => say("id is not unique", e));
all("img:not([alt])").forEach((e) => say("picture without alt", e));
const isNamed = (svg) => svg.getAttribute("aria-label") || svg.querySelector(":scope > title")?.textContent.trim();
all("svg[role=img]").filter((e) => !isNamed(e)).forEach((e) => say("figure without a name", e));
all("[tabindex]").filter((e) => e.tabIndex > 0).forEach((e) => say("order of focus is forced", e));
all("a[href], button, summary").filter((e) => e.tabIndex >= 0 && !nameOf(e)).forEach((e) => say("no name", e));
all("[aria-hidden=true]").filter((e) => e.tabIndex >= 0 && e.matches("a, button, input")).forEach((e) => say("hidden but in focus", e));
all("input:not([type=hidden]), select, textarea")
  .filter((e) => !e.labels.length && !e.getAttribute("aria-label"))
  .forEach((e) => say("field without a label", e));
all("fieldset").filter((e) => !e.querySelector("legend")?.textContent.trim()).forEach((e) => say("group without a name", e));
all("button").filter((e) => isShown(e) && e.getBoundingClientRect().height < 24).forEach((e) => say("too small to touch", e));

const skip = document.querySelector(".skip");
const first = all("a[href], button, input, select, summary").find((e) => e.tabIndex >= 0);
if (skip && first !== skip) say("not first in focus", skip);

const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
const luminance = ([red, green, blue]) => {
  const [r, g, b] = [red, green, blue].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = numbers(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
for (const element of all("body *")) {
  const hasText = [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
  if (!hasText || !isShown(element) || element.closest(".hidden, .skip, script, svg, option")) continue;
  const style = getComputedStyle(element);
  const [one, other] = [luminance(numbers(style.color)), luminance(behind(element))];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const size = Number.parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (isLarge ? 3 : 4.5)) say(`contrast of ${ratio.toFixed(2)}`, element);
}
return found;
