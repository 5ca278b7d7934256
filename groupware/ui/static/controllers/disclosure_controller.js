// Opens and closes what it names: <button aria-expanded="false" aria-controls="x" data-controller="disclosure" data-action="disclosure#toggle">.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  toggle() {
    const open = this.element.getAttribute("aria-expanded") !== "true"
    this.element.setAttribute("aria-expanded", String(open))
    document.getElementById(this.element.getAttribute("aria-controls")).hidden = !open
  }
}
