// A task goes to another column: taken up and dropped there, or by Shift and an arrow. Either way it is the form of its own menu that is sent.
import { Controller } from "@hotwired/stimulus"

const STEPS = { ArrowLeft: -1, ArrowRight: 1 }

export default class extends Controller {
  static targets = ["lane", "slip"]

  connect() {
    const moved = location.hash.startsWith("#task-") ? document.getElementById(location.hash.slice(1)) : null
    moved?.querySelector(".slip-t")?.focus()
  }

  lift(event) {
    this.lifted = event.currentTarget
    this.lifted.classList.add("lifted")
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", this.lifted.id)
  }

  settle() {
    this.lifted?.classList.remove("lifted")
    this.lifted = null
    this.laneTargets.forEach((lane) => lane.classList.remove("open"))
  }

  over(event) {
    if (!this.lifted) return
    event.preventDefault()
    event.currentTarget.classList.toggle("open", event.currentTarget.dataset.state !== this.lifted.dataset.state)
  }

  leave(event) { if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.classList.remove("open") }

  drop(event) {
    event.preventDefault()
    if (this.lifted) this.move(this.lifted, event.currentTarget.dataset.state)
    this.settle()
  }

  key(event) {
    const step = STEPS[event.key]
    if (!step || !event.shiftKey || !event.target.closest(".slip-t")) return
    event.preventDefault()
    const slip = event.currentTarget
    const next = this.laneTargets.findIndex((lane) => lane.dataset.state === slip.dataset.state) + step
    if (this.laneTargets[next]) this.move(slip, this.laneTargets[next].dataset.state)
  }

  move(slip, state) {
    const button = slip.querySelector(`button[name="state"][value="${CSS.escape(state)}"]`)
    button?.form.requestSubmit(button)
  }
}
