// 「どこへ行きますか」
import { Combobox } from "ui/combobox"

export default class extends Combobox {
  static targets = ["text", "list", "none", "blank"]
  static values = { url: String, search: String }

  // Whoever was quicker than the loading of this file is not left without an answer.
  connect() { if (this.element.open) this.ask() }

  async search(text) {
    const answer = await this.fetched(this.urlValue, text)
    return answer && [...answer.jumps, ...this.everywhere(text)]
  }

  everywhere(text) {
    if (!text || !this.searchValue) return []
    return [{ label: `「${text}」をすべてからさがす`, hint: "投稿・ファイル・部屋・職員", icon: "search", url: `${this.searchValue}?q=${encodeURIComponent(text)}` }]
  }

  offer(jumps, text) {
    super.offer(jumps)
    this.noneTarget.hidden = jumps.length > 0
    this.noneTarget.textContent = jumps.length ? "" : `「${text}」は見つかりません。かなや名字の一部でもさがせます。`
  }

  row({ label, hint, icon }) {
    const row = this.blankTarget.content.firstElementChild.cloneNode(true)
    const use = row.querySelector("use")
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${icon}`))
    row.querySelector("b").textContent = label
    row.querySelector("small").textContent = hint
    return row
  }

  choose({ url }) {
    this.element.close()
    window.Turbo.visit(url)
  }

  leaveList() { return false }
}
