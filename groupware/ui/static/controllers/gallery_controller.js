// The gallery's two sample messages.
import { Controller } from "@hotwired/stimulus"
import { say } from "ui/saying"

export default class extends Controller {
  say() { say("未読の 3人に知らせました。") }
  sayUndo() { say("この部屋を保管しました。", { undo: () => say("元に戻しました。") }) }
}
