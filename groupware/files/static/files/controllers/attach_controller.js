// Files of a form go up at once, one after another, while one goes on writing; the form names them by their ids.
// Until it is sent they are their uploader's alone. Chosen, dropped or pasted; each shows how far it is and may be stopped.
import { Controller } from "@hotwired/stimulus"
import { forgetSending, send } from "files/sending"
import { say } from "ui/saying"

const PICTURE = /^image\/(png|jpeg|gif|webp)$/

export default class extends Controller {
  static targets = ["file", "list", "said", "row"]

  // What was chosen before the script was here goes up as soon as it is.
  connect() {
    this.queue = Promise.resolve()
    this.form = this.element.closest("form")
    this.onSubmit = (event) => this.hold(event)
    if (this.form !== this.element) this.form?.addEventListener("submit", this.onSubmit)       // a composer waits in its own way
    if (this.hasFileTarget && this.fileTarget.files.length) this.picked()
  }

  disconnect() {
    this.form?.removeEventListener("submit", this.onSubmit)
    for (const row of this.rows) row.stop?.()
  }

  // A form does not go without what is still on its way to it: it goes as soon as that is here.
  hold(event) {
    this.held = this.isSending ? event : null
    if (!this.held) return
    event.preventDefault()
    say("ファイルが届きしだい送ります。")
  }

  release() {
    if (!this.held || this.isSending) return
    const { submitter } = this.held
    this.held = null
    if (this.rows.some((row) => row.dataset.state === "refused")) say("送れなかったファイルがあります。")
    else this.form.requestSubmit(submitter)
  }

  pick() { this.fileTarget.click() }

  picked() {
    this.attach([...this.fileTarget.files])
    this.fileTarget.value = ""
  }

  over(event) { if (event.dataTransfer?.types.includes("Files")) event.preventDefault() }

  drop(event) { this.given(event, event.dataTransfer) }

  paste(event) { this.given(event, event.clipboardData) }

  given(event, carried) {
    const files = [...(carried?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    this.attach(files)
  }

  attach(files) {
    if (!this.fileTarget.multiple) files = files.slice(-1)
    for (const file of files) {
      const row = this.newRow(file)
      this.queue = this.queue.then(() => row.isConnected && this.send(row, file))
    }
    this.changed()
  }

  async send(row, file) {
    const ending = new AbortController()
    row.stop = () => ending.abort()
    const answer = await send(file, { signal: ending.signal, told: (state) => this.show(row, file, state) })
    delete row.stop
    if (answer.id) this.kept(row, answer)
    else if (answer.message) this.refused(row, answer.message)
    this.changed()
  }

  remove(event) {
    const row = event.target.closest("li")
    row.stop?.()
    if (row.file && row.dataset.state === "sending") forgetSending(row.file)
    this.say(`${this.part(row, "name").textContent} を外しました。`)
    row.remove()
    this.changed()
    this.dispatch("removed")
  }

  again(event) {
    const row = event.target.closest("li")
    row.remove()
    this.attach([row.file])
  }

  // For a form that is sent without leaving the page.
  clear() {
    for (const row of this.rows) row.remove()
    this.changed()
  }

  get rows() { return [...this.listTarget.children].filter((row) => row.matches("li")) }

  get isSending() { return this.rows.some((row) => row.dataset.state === "sending") }

  changed() {
    this.listTarget.hidden = !this.rows.length
    this.release()
  }

  newRow(file) {
    const row = this.rowTarget.content.firstElementChild.cloneNode(true)
    if (!this.fileTarget.multiple) this.listTarget.replaceChildren()
    row.file = file
    this.part(row, "name").textContent = file.name
    this.part(row, "off").setAttribute("aria-label", `${file.name} を送るのをやめる`)
    this.part(row, "bar").max = Math.max(file.size, 1)
    this.part(row, "bar").setAttribute("aria-label", `${file.name} の送り具合`)
    if (PICTURE.test(file.type)) this.picture(row, file)
    this.listTarget.append(row)
    this.show(row, file, { arrived: 0, waiting: "順番を待っています…" })
    this.say(`${file.name} を送っています。`)
    return row
  }

  picture(row, file) {
    const shown = this.part(row, "picture"), address = URL.createObjectURL(file)
    shown.addEventListener("load", () => URL.revokeObjectURL(address), { once: true })
    shown.addEventListener("error", () => { shown.hidden = true; this.part(row, "icon").removeAttribute("hidden") }, { once: true })
    shown.src = address
    shown.hidden = false
    this.part(row, "icon").setAttribute("hidden", "")
  }

  show(row, file, { arrived, waiting }) {
    this.part(row, "bar").value = arrived
    this.part(row, "size").textContent = waiting && arrived ? `${size(arrived)}／${size(file.size)}・${waiting}` : waiting ?? `${size(arrived)}／${size(file.size)}`
  }

  kept(row, file) {
    row.dataset.state = "kept"
    row.className = "file"
    this.part(row, "bar").remove()
    this.part(row, "id").value = file.id
    this.part(row, "id").disabled = false
    this.part(row, "name").textContent = file.name
    this.part(row, "size").textContent = size(file.size)
    this.part(row, "off").setAttribute("aria-label", `${file.name} を外す`)
    this.say(`${file.name} を付けました。`)
    this.dispatch("kept")
  }

  refused(row, message) {
    row.dataset.state = "refused"
    row.className = "file refused"
    this.part(row, "bar").remove()
    this.part(row, "size").textContent = message
    this.part(row, "again").hidden = false
    this.part(row, "off").setAttribute("aria-label", `${row.file.name} を外す`)
    this.say(`${row.file.name}：${message}`)
  }

  say(words) { if (this.hasSaidTarget) this.saidTarget.textContent = words }

  part(row, name) { return row.querySelector(`[data-part=${name}]`) }
}

// As groupware/ui/words.py writes it.
function size(bytes) {
  let amount = bytes, unit = 0
  while (amount >= 1024 && unit < 3) { amount /= 1024; unit += 1 }
  return `${unit > 1 && amount < 10 ? amount.toFixed(1) : Math.round(amount)}${["バイト", "KB", "MB", "GB"][unit]}`
}
