// Choosing one person or several; each chosen one is a hidden field of the form.
import { Combobox } from "ui/combobox"

export default class extends Combobox {
  static targets = ["text", "list", "chosen", "said", "pick", "chip"]
  static values = { name: String, multiple: Boolean, url: String }

  async search(text) {
    if (!text) return this.shut()
    const answer = await this.fetched(this.urlValue, text)
    const there = new Set(this.inputs.map((input) => Number(input.value)))
    return answer?.people.filter((person) => !there.has(person.id))
  }

  offer(people) {
    super.offer(people)
    this.saidTarget.textContent = people.length ? `候補 ${people.length}人` : "見つかりません"
  }

  row(person) { return this.filled(this.pickTarget, person) }

  filled(template, person) {
    const row = template.content.firstElementChild.cloneNode(true)
    const seal = row.querySelector(".seal")
    seal.textContent = person.seal
    seal.classList.toggle("guest", person.outside)
    const name = row.querySelector("b") ?? row.querySelector("span:not(.seal)")
    name.textContent = person.name
    const label = row.querySelector("small")
    if (label) label.textContent = [person.outside ? "外部" : "", person.label].filter(Boolean).join("・")
    return row
  }

  choose(person) {
    if (!this.multipleValue) this.chosenTarget.replaceChildren()
    const chip = this.filled(this.chipTarget, person)
    Object.assign(chip.querySelector("input"), { name: this.nameValue, value: person.id })
    chip.querySelector("button").setAttribute("aria-label", `${person.name} さんを外す`)
    this.chosenTarget.append(chip)
    this.textTarget.value = ""
    this.shut()
    this.saidTarget.textContent = `${person.name} さんを選びました`
    this.changed()
  }

  remove({ currentTarget }) {
    const chip = currentTarget.closest("li")
    this.saidTarget.textContent = `${chip.querySelector("span:not(.seal)").textContent} さんを外しました`
    chip.remove()
    this.textTarget.focus()
    this.changed()
  }

  // Backspace in the empty field takes the last one back.
  key(event) {
    if (event.key === "Backspace" && !event.isComposing && !this.textTarget.value && this.chosenTarget.lastElementChild) {
      this.chosenTarget.lastElementChild.querySelector("button").click()
      return
    }
    super.key(event)
  }

  leave() { if (!this.owes) this.shut() }

  changed() { this.dispatch("changed", { detail: { ids: this.inputs.map((input) => Number(input.value)) } }) }

  get inputs() { return [...this.chosenTarget.querySelectorAll("input")] }
}
