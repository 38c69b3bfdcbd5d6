"use strict";
// Follows what a page of the set-up waits for: loads the page anew once its
// state has changed. Without script the page loads itself anew.
(() => {
  const waiting = document.querySelector("[data-follow]");
  if (!waiting) return;
  const bar = document.getElementById("progress-bar");
  const now = waiting.querySelector("[data-now]");
  const look = async () => {
    try {
      const answer = await fetch(waiting.dataset.follow, {
        headers: { accept: "application/json" },
        cache: "no-store",
      });
      if (answer.ok) {
        const said = await answer.json();
        if (said.state !== waiting.dataset.state) {
          location.reload();
          return;
        }
        if (bar && said.percent !== null) bar.value = said.percent;
        if (now && said.now !== null) now.textContent = said.now;
      }
    } catch {
      // The program may be starting anew: it is asked again.
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
})();
// A trial may take a while: it is said, and a second press sends nothing.
(() => {
  const forms = document.querySelectorAll("form[data-busy]");
  const say = (form, text) => {
    const place = form.querySelector(".waits");
    if (place) place.textContent = text;
  };
  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "sent";
      say(form, form.dataset.busy);
    });
  }
  addEventListener("pageshow", () => {
    for (const form of forms) {
      delete form.dataset.sent;
      say(form, "");
    }
  });
})();
