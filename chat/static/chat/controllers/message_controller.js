// What one does with a message: stamps, replies, corrections, taking back, setting the badge back.
import { Controller } from "@hotwired/stimulus"
import { ask } from "ui/asking"
import { say } from "ui/saying"

const STAMPS = ["承知", "感謝", "よい案", "完了", "了解", "お疲れさま"]

export default class extends Controller {
  static values = { me: Number, manager: Boolean, offers: Array, chips: Object }

  connect() {
    this.onKey = (event) => this.key(event)
    this.onClick = (event) => !event.target.closest(".pop, [aria-haspopup]") && this.close()
    this.element.addEventListener("keydown", this.onKey)
    document.addEventListener("click", this.onClick)
  }

  // What a message carries of other features (「M03」) stands below it, once.
  chipsValueChanged(chips) {
    Object.entries(chips).forEach(([id, each]) => {
      const foot = this.element.querySelector(`article[data-id="${id}"] .foot`)
      if (!foot || foot.querySelector(".chip-l")) return
      const line = foot.appendChild(document.createElement("span"))
      line.className = "chip-l"
      each.forEach(([label, title, url]) => {
        const chip = line.appendChild(document.createElement("a"))
        Object.assign(chip, { className: "tag", href: url, title })
        chip.appendChild(document.createElement("b")).textContent = label
      })
    })
  }

  disconnect() {
    this.element.removeEventListener("keydown", this.onKey)
    document.removeEventListener("click", this.onClick)
  }

  // ── keyboard: up and down walk through the messages, r answers, e corrects ──
  key(event) {
    if (event.key === "Escape" && this.element.querySelector(".pop")) return this.close(true)
    const article = event.target.closest("article[data-seq]")
    if (event.target.matches(".log") && event.key === "ArrowUp") return this.step(event, null, -1)
    if (!article || event.target !== article || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "ArrowUp") this.step(event, article, -1)
    else if (event.key === "ArrowDown") this.step(event, article, 1)
    else if (event.key === "r") { event.preventDefault(); this.answer(article) }
    else if (event.key === "e" && this.mine(article)) { event.preventDefault(); this.correct(article) }
  }

  step(event, article, by) {
    const articles = [...this.element.querySelectorAll("article[data-seq]")]
    const next = article ? articles[articles.indexOf(article) + by] : articles.at(-1)
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  // ── stamps ──
  stamp({ currentTarget }) {
    this.press(article(currentTarget), currentTarget.dataset.stamp, currentTarget.getAttribute("aria-pressed") !== "true")
  }

  choose({ currentTarget }) {
    const at = article(currentTarget)
    this.pop(currentTarget, STAMPS.map((stamp) => [stamp, () => this.press(at, stamp, true), "stamp"]), "印")
  }

  press(at, stamp, pressed) { return this.post(at, "stamps", { stamp, pressed }) }

  // ── the rest ──
  reply({ currentTarget }) { this.answer(article(currentTarget)) }

  answer(at) {
    this.dispatch("reply", { target: window, prefix: "chat", detail: { id: Number(at.dataset.id), name: at.querySelector(".who b").textContent } })
  }

  more({ currentTarget }) {
    const at = article(currentTarget)
    const acts = [["ここから未読にする", () => this.unread(at)], ["この投稿へのリンクを写す", () => this.copy(at)]]
    this.offersValue.forEach(([label, , url]) => acts.push([label, () => window.Turbo.visit(url + at.dataset.id)]))
    if (this.mine(at)) acts.unshift(["直す", () => this.correct(at)])
    if (this.mine(at) || this.managerValue) acts.push(["取り消す", () => this.remove(at)])
    this.pop(currentTarget, acts, "この投稿への操作")
  }

  async unread(at) {
    const room = location.pathname.match(/rooms\/(\d+)/)[1]
    const seq = Number(at.dataset.seq)
    this.dispatch("unread", { target: window, prefix: "chat", detail: { seq } })
    const reply = await fetch(`/chat/rooms/${room}/unread`, json({ seq })).catch(() => null)
    if (reply?.ok) return say("ここから未読にしました。部屋を離れるまで、このまま保ちます。")
    this.dispatch("unread", { target: window, prefix: "chat", detail: { seq: null } })
    say("未読に戻せませんでした。もう一度お試しください。")
  }

  async copy(at) {
    const url = new URL(at.querySelector(".at-time").href).href
    await navigator.clipboard?.writeText(url).catch(() => null)
    say("リンクを写しました。")
  }

  async remove(at) {
    if (await ask("この投稿を取り消します。部屋には「取り消されました」と残ります。", { word: "取り消す" })) this.post(at, "removal", {})
  }

  async correct(at) {
    const reply = await fetch(`/chat/messages/${at.dataset.id}/source`, { headers: { Accept: "application/json" } }).catch(() => null)
    if (!reply?.ok) return say("いまは直せません。")
    const { text, revision } = await reply.json()
    this.editor(this.element.querySelector(`#${at.id}`), text, revision)      // it may have changed on the way
  }

  editor(at, text, revision) {
    const said = at?.querySelector(".said")
    if (!said || at.querySelector(".correcting")) return
    const form = document.createElement("form")
    form.className = "correcting"
    const area = Object.assign(document.createElement("textarea"), { value: text, rows: Math.min(12, text.split("\n").length + 1), className: "input" })
    area.setAttribute("aria-label", "投稿を直す")
    const note = Object.assign(document.createElement("p"), { className: "refused", hidden: true })
    const save = button("直す", "btn primary", "submit"), off = button("やめる", "btn", "button")
    const leave = () => { form.remove(); said.hidden = false; at.focus(); this.free(at) }
    off.addEventListener("click", leave)
    form.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return
      if (event.key === "Escape") leave()
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit() }
    })
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      const answer = await this.post(at, "text", { text: area.value, revision }, true)
      if (answer.ok) return form.isConnected && leave()
      note.hidden = false
      note.textContent = answer.message ?? "接続が切れています。書いたものは残っています。"
    })
    form.append(area, note, save, off)
    said.hidden = true
    said.after(form)
    area.focus()
  }

  mine(at) { return Number(at.dataset.author) === this.meValue }

  async post(at, what, data, quiet = false) {
    const reply = await fetch(`/chat/messages/${at.dataset.id}/${what}`, json(data)).catch(() => null)
    const answer = await reply?.json().catch(() => ({})) ?? {}
    if (!reply?.ok && !quiet) say(answer.message ?? "接続が切れています。もう一度お試しください。")
    return { ...answer, ok: Boolean(reply?.ok) }
  }

  // ── small menu ──
  pop(opener, acts, label) {
    const open = opener.getAttribute("aria-expanded") === "true"
    this.close()
    if (open) return
    const list = document.createElement("ul")
    list.className = "pop"
    list.setAttribute("role", "menu")
    list.setAttribute("aria-label", label)
    list.append(...acts.map(([text, act, kind]) => this.item(text, act, kind)))
    list.addEventListener("keydown", (event) => walk(event, list))
    opener.setAttribute("aria-expanded", "true")
    this.opener = opener
    opener.after(list)
    list.classList.toggle("up", below(list))
    list.querySelector("button").focus()
  }

  item(text, act, kind) {
    const line = document.createElement("li")
    line.setAttribute("role", "none")
    const one = button(text, kind ? `btn ${kind}` : "btn bare", "button")
    one.setAttribute("role", "menuitem")
    one.addEventListener("click", () => { this.close(true); act() })
    line.append(one)
    return line
  }

  close(back = false) {
    const list = this.element.querySelector(".pop"), at = list && article(list)
    list?.remove()
    this.opener?.setAttribute("aria-expanded", "false")
    if (back) this.opener?.focus()
    this.opener = null
    if (at) queueMicrotask(() => this.free(at))      // unless another one opens there now
  }

  free(at) { this.dispatch("free", { target: at, prefix: "chat" }) }
}

// Whether it hangs over the edge of what can be seen of the talk.
function below(list) {
  const seen = list.closest(".log")?.getBoundingClientRect()
  return Boolean(seen) && list.getBoundingClientRect().bottom > seen.bottom
}

function article(element) { return element.closest("article[data-seq]") }

function button(text, className, type) { return Object.assign(document.createElement("button"), { textContent: text, className, type }) }

function json(data) {
  return { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(data) }
}

function walk(event, list) {
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return
  const buttons = [...list.querySelectorAll("button")]
  const next = buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)
  buttons.at(next % buttons.length).focus()
  event.preventDefault()
}
