// What is asked for depends on what is written: who spoke, or who does it until when. Without script all of it stands there.
import { Controller } from "@hotwired/stimulus"

const SPOKEN = ["summary", "remark"]

export default class extends Controller {
  static targets = ["kind", "voice", "task"]

  connect() { this.show() }

  show() {
    const kind = this.kindTargets.find((each) => each.checked)?.value
    this.voiceTarget.hidden = !SPOKEN.includes(kind)
    this.taskTarget.hidden = kind !== "action"
  }

  send(event) {
    event.preventDefault()
    if (this.element.getAttribute("aria-busy") !== "true") this.element.requestSubmit()
  }
}
