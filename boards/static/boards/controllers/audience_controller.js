// Whom the chosen circles reach, said while they are being chosen. The page before sending says it again, from the server alone.
import { Controller } from "@hotwired/stimulus"

const PAUSE = 300       // ms: several boxes in a row are one question

export default class extends Controller {
  static targets = ["said", "names"]
  static values = { url: String }

  connect() { this.ask() }

  disconnect() { clearTimeout(this.timer) }

  changed() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), PAUSE)
  }

  async ask() {
    const body = new FormData(this.element), asked = this.asked = Symbol("asked")
    if (![...body.keys()].some((key) => key.startsWith("to_"))) return this.nobody()
    const reply = await fetch(this.urlValue, { method: "POST", headers: { Accept: "application/json" }, body }).catch(() => null)
    if (asked !== this.asked) return
    if (!reply?.ok) return this.nobody()
    this.show(await reply.json())
  }

  nobody() {
    this.saidTarget.textContent = "宛先を選ぶと、届く人数がここに出ます。"
    this.namesTarget.replaceChildren()
  }

  show({ people, sections, words, names }) {
    const number = document.createElement("b")
    number.textContent = `${people}人 ／ ${sections}課`
    this.saidTarget.replaceChildren(number, ` に届きます。${words}`)
    this.namesTarget.replaceChildren(...names.map(({ section, people: here }) => {
      const line = document.createElement("li")
      line.textContent = `${section} ${here.length}人：${here.join("、")}`
      return line
    }))
  }
}
