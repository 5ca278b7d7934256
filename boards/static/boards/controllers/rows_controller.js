// One more question, one more step: a row like the others, under the next number.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["list", "template", "more"]
  static values = { most: Number }

  add() {
    const next = this.listTarget.children.length + 1
    this.listTarget.insertAdjacentHTML("beforeend", this.templateTarget.innerHTML.replaceAll("__n__", next))
    this.listTarget.lastElementChild.querySelector("input, select, textarea")?.focus()
    this.moreTarget.hidden = next >= this.mostValue
  }
}
