// For forms that Turbo does not send: a second press is no second act. Turbo's own are held back by Turbo.
import { Controller } from "@hotwired/stimulus"

const LOST = 15000      // ms after which it may be tried again

export default class extends Controller {
  connect() {
    this.onSubmit = (event) => this.sent ? event.preventDefault() : this.hold(event.submitter)
    this.element.addEventListener("submit", this.onSubmit)
  }

  disconnect() { this.element.removeEventListener("submit", this.onSubmit) }

  hold(button) {
    this.sent = true
    button?.setAttribute("aria-busy", "true")
    setTimeout(() => { this.sent = false; button?.removeAttribute("aria-busy") }, LOST)
  }
}
