// What Discord does with the keyboard and simcord's page does not.
const composer = document.getElementById("channel-composer");

// Suggestions come as soon as a field has the focus, not with the first key.
document.addEventListener("focusin", ({ target }) => {
  const asks = target instanceof HTMLInputElement && target.matches(".command-option-input[role=combobox]");
  if (asks && target.value === "") target.dispatchEvent(new Event("input", { bubbles: true }));
});

// Enter sends a command whose last field has just been picked from the list, which takes the focus away.
document.addEventListener("keydown", (event) => {
  const ready = document.activeElement === document.body && composer.querySelector(".command-row");
  if (event.key !== "Enter" || !ready) return;
  event.preventDefault();
  composer.requestSubmit();
});
