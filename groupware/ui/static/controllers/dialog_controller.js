// A native <dialog>: the browser keeps the focus and the Escape key; here only what it does not know.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.onToggle = ({ newState }) => newState === "open" && this.dispatch("opened")
    this.element.addEventListener("toggle", this.onToggle)
  }

  disconnect() { this.element.removeEventListener("toggle", this.onToggle) }

  close() { this.element.close() }

  // The backdrop belongs to the dialog itself: a press on it hits no child.
  outside({ target, clientX, clientY }) {
    const { left, right, top, bottom } = this.element.getBoundingClientRect()
    const inside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
    if (target === this.element && !inside) this.element.close()
  }
}
