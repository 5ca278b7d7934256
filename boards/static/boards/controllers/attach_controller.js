// Files go up at once, one after another; the form names them by their ids. Until it is sent they are their uploader's alone.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["file", "list", "said"]

  picked() {
    this.send([...this.fileTarget.files])
    this.fileTarget.value = ""
  }

  over(event) { if (event.dataTransfer?.types.includes("Files")) event.preventDefault() }

  drop(event) {
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    this.send([...event.dataTransfer.files])
  }

  remove(event) { event.target.closest("li").remove() }

  async send(files) {
    for (const file of files) {
      const row = document.createElement("li")
      row.textContent = `${file.name} を送っています…`
      this.listTarget.append(row)
      const answer = await this.upload(file)
      if (answer.id) this.kept(row, answer)
      else { row.className = "refused"; row.textContent = `${file.name}：${answer.message ?? "送れませんでした。もう一度付けてください。"}` }
      this.saidTarget.textContent = row.textContent
    }
  }

  async upload(file) {
    const body = new FormData()
    body.append("file", file, file.name)
    const reply = await fetch("/files", { method: "POST", headers: { Accept: "application/json" }, body }).catch(() => null)
    return reply ? reply.json().catch(() => ({})) : { message: "接続が切れました。つながってから、もう一度付けてください。" }
  }

  kept(row, file) {
    const id = document.createElement("input"), name = document.createElement("span"), off = document.createElement("button")
    Object.assign(id, { type: "hidden", name: "files", value: file.id })
    name.textContent = file.name
    Object.assign(off, { type: "button", className: "iconbtn", textContent: "×" })
    off.setAttribute("aria-label", `${file.name} を外す`)
    off.dataset.action = "attach#remove"
    row.replaceChildren(id, name, off)
  }
}
