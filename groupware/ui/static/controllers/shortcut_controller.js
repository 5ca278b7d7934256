// Ctrl+K (⌘K) opens a dialog from wherever one is, also from the middle of a sentence.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { dialog: String }

  key(event) {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    event.preventDefault()
    this.open()
  }

  open() {
    const dialog = document.getElementById(this.dialogValue)
    if (!dialog.open && !document.querySelector("dialog:modal")) dialog.showModal()
  }
}
