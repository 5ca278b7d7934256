// Says politely that the connection is cut, and only after a while: a short cut is nobody's business.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"

const GRACE = 3000
const WORDS = { offline: "接続が切れています。書いたものは残っています。", "signed-out": "サインインが終わりました。書いたものは残っています。" }

export default class extends Controller {
  static targets = ["box", "words", "door"]

  connect() {
    this.off = live.onState((state) => this.heard(state))
    this.heard(live.state)
  }

  disconnect() {
    this.off()
    clearTimeout(this.timer)
  }

  heard(state) {
    if (state === "online") return this.hide()
    if (state === "signed-out") return this.end()
    this.timer ??= setTimeout(() => this.show("offline"), GRACE)
  }

  end() {
    clearTimeout(this.timer)
    this.show("signed-out")
  }

  show(state) {
    this.wordsTarget.textContent = WORDS[state]
    this.doorTarget.hidden = state !== "signed-out"
    this.boxTarget.hidden = false
  }

  hide() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.boxTarget.hidden = true
    this.wordsTarget.textContent = ""
  }
}
