// How Turbo behaves in this house: asks in our own words, keeps what was written when a form is refused, never leaves a blank frame.
import { ask } from "ui/asking"
import { say } from "ui/saying"
import { clearRefusal, showRefusal } from "ui/refusal"

const underWay = new WeakMap()      // form -> what it carries
const PATIENCE = 400        // ms until the bar at the top shows that a page is on its way

export function settleTurbo(Turbo) {
  Turbo.config.drive.progressBarDelay = PATIENCE
  Turbo.config.forms.confirm = (words, form, submitter) => ask(words, wishes(form, submitter))
  addEventListener("submit", holdBack, true)
  addEventListener("turbo:submit-start", begin)
  addEventListener("turbo:submit-end", ({ target }) => underWay.delete(target))
  addEventListener("turbo:before-fetch-response", stayWithTheForm)
  addEventListener("turbo:frame-missing", leaveTheFrame)
  addEventListener("turbo:fetch-request-error", (event) => stayHere(event, Turbo))
  addEventListener("turbo:before-cache", tidy)
  addEventListener("unhandledrejection", giveWay)
}

function wishes(form, submitter) {
  const { confirmWord, confirmName } = { ...form.dataset, ...submitter?.dataset }
  return { word: confirmWord ?? submitter?.textContent.trim().split("：")[0], name: confirmName }
}

// The same once more, while it is under way, is no second act.
function holdBack(event) {
  if (underWay.get(event.target) !== carried(event.target, event.submitter)) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

function begin({ target, detail: { formSubmission } }) {
  clearRefusal(target)
  underWay.set(target, carried(target, formSubmission.submitter))
}

function carried(form, submitter) { return JSON.stringify([...new FormData(form), submitter?.formAction, submitter?.name, submitter?.value]) }

// A page of errors in answer to a form: its words are shown above the form, and the form stays as it was written.
async function stayWithTheForm(event) {
  const { target, detail: { fetchResponse } } = event
  if (!(target instanceof HTMLFormElement) || fetchResponse.succeeded || fetchResponse.header("X-Telling") === null) return
  event.preventDefault()
  showRefusal(target, await fetchResponse.responseText)
}

// Nobody answers: one stays on the page one has, instead of losing it to the browser's own page of errors.
function stayHere(event, Turbo) {
  event.preventDefault()
  Turbo.navigator.currentVisit?.fail()
  say("接続が切れています。書いたものは残っています。つながってから、もう一度お試しください。")
}

// A visit that a later one has overtaken while its page was still coming ends without a word: Turbo catches that only until the first byte.
function giveWay(event) {
  if (event.reason?.name === "AbortError") event.preventDefault()
}

// The answer has no such frame: it is a page (an error, the sign-in), and is shown as one.
function leaveTheFrame(event) {
  event.preventDefault()
  event.detail.visit(event.detail.response)
}

// What is kept for going back holds nothing that was only open for a moment.
function tidy() {
  for (const open of document.querySelectorAll("details.menu[open]")) open.open = false
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close()
  for (const toast of document.querySelectorAll(".toast")) toast.remove()
}
