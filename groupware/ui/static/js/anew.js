// The page one is on, asked for again: as soon as nobody is on the way elsewhere, waits for the answer to a form, or has a dialog open.
// A form that somebody has under the hand stays as it is.
const OFTEN = 400       // ms between two looks whether it may be
let timer = null, looking = false

export function lookAnew(address = location.href) {
  clearTimeout(timer)
  if (location.href !== address) return
  if (isBusy()) timer = setTimeout(lookAnew, OFTEN, address)
  else {
    window.Turbo.visit(address, { action: "replace" })
    looking = true
  }
}

function isBusy() { return Boolean(window.Turbo.navigator.currentVisit || document.querySelector("form[aria-busy=true], dialog[open]")) }

addEventListener("turbo:visit", () => { looking = false })
addEventListener("turbo:before-morph-element", (event) => {
  const { target, detail: { newElement } } = event
  if (looking && target instanceof HTMLFormElement && target.action === newElement?.action && isInHand(target)) event.preventDefault()
})

function isInHand(form) {
  return form.contains(document.activeElement) || Boolean(form.querySelector(".attaching li")) || [...form.elements].some(isChanged)
}

function isChanged({ value, defaultValue = value, checked, defaultChecked }) { return value !== defaultValue || checked !== defaultChecked }
