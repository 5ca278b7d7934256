// How many characters are left, once it matters. Nothing is cut off: what is too long can be shortened by whoever wrote it.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["text", "shown"]
  static values = { most: Number }

  connect() { this.count() }

  count() {
    const length = [...this.textTarget.value].length
    const over = length - this.mostValue
    this.shownTarget.classList.toggle("over", over > 0)
    this.shownTarget.textContent = over > 0 ? `${over}字多く書かれています` : length > this.mostValue * 0.9 ? `あと ${-over}字` : ""
  }
}
