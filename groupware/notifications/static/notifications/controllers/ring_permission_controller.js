// Whether this browser may pop up: asked for by a press only, and said plainly when it may not.
import { Controller } from "@hotwired/stimulus"
import { QUIET } from "ui/ringing"

const WORDS = {
  missing: "この端末では、画面の通知を使えません（ブラウザーが対応していないか、つながるの番地が https でないため）。",
  denied: "この端末では、ブラウザーの設定で通知が止められています。番地の横の印から許してください。",
  granted: "この端末で知らせます。つながるを開いているあいだ、別の画面を見ていても小さく出ます。書かれた内容は出しません。",
  quiet: "この端末では知らせません。",
  default: "つながるを開いているあいだ、別の画面を見ていても、小さく知らせます。書かれた内容は出しません。",
}

export default class extends Controller {
  static targets = ["words", "on", "off"]

  connect() { this.show() }

  async ask() {
    localStorage.removeItem(QUIET)
    await Notification.requestPermission()
    this.show()
  }

  stop() {
    localStorage.setItem(QUIET, "1")
    this.show()
  }

  show() {
    const state = !("Notification" in window) || !isSecureContext ? "missing" : Notification.permission === "granted" && localStorage.getItem(QUIET) ? "quiet" : Notification.permission
    this.wordsTarget.textContent = WORDS[state]
    this.onTarget.hidden = !["default", "quiet"].includes(state)
    this.offTarget.hidden = state !== "granted"
  }
}
