// A choice is sent as it is made; without a script there is a button.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() { this.element.querySelector("button").hidden = true }

  send() { this.element.requestSubmit() }
}
