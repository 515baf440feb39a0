// The sample page: chooses for whom the widget asks, and lists the events that it sends.
"use strict";

const widget = document.querySelector("candor-recommendations");
const chooser = document.getElementById("choose");
const log = document.getElementById("log");

for (const kind of ["loaded", "exposed", "clicked", "opened", "feedback", "failed"]) {
  widget.addEventListener(`candor-${kind}`, (event) => {
    const line = document.createElement("li");
    line.textContent = `${event.type} ${JSON.stringify(event.detail)}`;
    log.prepend(line);
  });
}

const { shopper } = chooser.elements;
shopper.value = widget.getAttribute("shopper") ?? "";
chooser.addEventListener("change", () => {
  widget.setAttribute("lang", chooser.elements.lang.value);
  if (shopper.value) widget.setAttribute("shopper", shopper.value);
  else widget.removeAttribute("shopper");
});
