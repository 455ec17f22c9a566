// The preview beside the form of a tip follows what is typed. Without this script its button does the same.
const form = document.getElementById("tip_form"), frame = document.getElementById("tip-preview"), button = document.getElementById("show-preview");
let waits, asked = 0;
async function show() {
  const mine = ++asked;
  const response = await fetch(button.formAction, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (response?.ok && mine === asked) frame.srcdoc = await response.text();
}
if (form && frame && button) {
  form.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(show, 400); });
  button.remove();
  if (form.querySelector(".errorlist")) show();
}
