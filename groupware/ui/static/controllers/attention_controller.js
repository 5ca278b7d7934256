// Takes the focus when it appears: the summary of what is to be mended.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() { this.element.focus() }
}
