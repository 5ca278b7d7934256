// A button that opens a <dialog> by its id.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { dialog: String }

  open() {
    const dialog = document.getElementById(this.dialogValue)
    if (!dialog.open) dialog.showModal()
  }
}
