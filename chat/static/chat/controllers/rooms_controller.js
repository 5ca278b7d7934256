// The list of rooms: badges, last lines, the filter; and the right column.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"
import { elements } from "chat/partials"
import { told } from "chat/told"

export default class extends Controller {
  static targets = ["list", "room", "panel", "all", "unread", "unreadRooms"]
  static values = { open: Number, listUrl: String }

  connect() {
    told.listen(this.me)
    this.offs = [
      live.on("chat.change", (change) => this.changed(change)),
      live.on("chat.badge", (badge) => this.badge(badge)),
      heard("chat:read", ({ detail }) => this.badge(detail)),
      live.on("chat.come", () => this.refresh()),
      live.on("chat.gone", (gone) => this.gone(gone)),
      live.onState((state) => state === "online" && this.refresh()),
    ]
    if (told.isListMissing()) this.refresh()
    else this.bringUp()
  }

  disconnect() { this.offs.forEach((off) => off()) }

  changed({ room, about }) {
    const row = this.row(room)
    if (row && about) this.refresh()
    else if (row) this.grow(row)
  }

  badge({ room, read }) {
    const row = this.row(room)
    if (!row) return
    row.dataset.read = read
    this.count(row)
  }

  // A list that knows a later message than the badge knew is younger than the badge.
  bringUp() {
    for (const row of this.roomTargets.filter((each) => told.has(Number(each.dataset.room)))) {
      const { badge } = told.of(Number(row.dataset.room))
      if (badge && badge.read + badge.unread >= Number(row.dataset.seq)) row.dataset.read = badge.read
      this.grow(row)
    }
  }

  grow(row) {
    const { seq, change, line, own } = told.of(Number(row.dataset.room)), had = Number(row.dataset.seq)
    if (own > had) row.dataset.read = Math.max(Number(row.dataset.read), own)
    if (change > Number(row.dataset.change)) {
      row.dataset.change = change
      row.querySelector("[data-line]").textContent = line
    }
    if (seq > had) {
      row.dataset.seq = seq
      this.toTop(row)
    }
    this.count(row)
  }

  gone({ room }) {
    if (room === this.openValue) window.Turbo.visit("/chat")
    else this.refresh()
  }

  async refresh() {
    if (this.fetching) { this.again = true; return }
    this.fetching = true
    try {
      await this.fetchList()
    } finally {
      this.fetching = false
      if (this.again) { this.again = false; this.refresh() }
    }
  }

  async fetchList() {
    told.listIsFetched()
    const reply = await fetch(this.listUrlValue, { headers: { "X-Requested-With": "fetch" } }).catch(() => null)
    if (!reply?.ok || reply.redirected) return told.listIsOld()
    window.Turbo.morphChildren(this.listTarget, elements(await reply.text()))      // what is pressed or focused just now stays the same element
    this.bringUp()
    if (this.onlyUnread) this.unread()
    this.total()
  }

  all() { this.filter(false) }
  unread() { this.filter(true) }

  filter(only) {
    this.onlyUnread = only
    this.allTarget.setAttribute("aria-pressed", String(!only))
    this.unreadTarget.setAttribute("aria-pressed", String(only))
    for (const row of this.roomTargets) row.parentElement.hidden = only && !row.classList.contains("unr") && !row.hasAttribute("aria-current")
    for (const section of this.listTarget.querySelectorAll(".rooms-s")) section.hidden = !section.querySelector("li:not([hidden])")
  }

  showPanel() { this.panelTarget.hidden = false }

  closePanel() {
    this.panelTarget.hidden = true
    this.panelTarget.removeAttribute("src")
    this.element.classList.remove("has-panel")
    document.getElementById("compose")?.focus()
  }

  replyTo({ currentTarget: { dataset: { id, name } } }) {
    this.dispatch("reply", { target: window, prefix: "chat", detail: { id: Number(id), name } })
  }

  panelTargetConnected(panel) {
    panel.addEventListener("turbo:before-fetch-request", () => this.openPanel(panel))
    panel.addEventListener("turbo:frame-load", () => this.enterPanel(panel))
  }

  // Whoever was quicker than the panel keeps the place.
  enterPanel(panel) {
    const heading = panel.querySelector("h2")
    heading?.setAttribute("tabindex", "-1")
    if (!panel.contains(document.activeElement)) heading?.focus()
  }

  openPanel(panel) {
    panel.hidden = false
    this.element.classList.add("has-panel")
  }

  row(room) { return this.roomTargets.find((row) => Number(row.dataset.room) === room) }

  // Moved, where the browser can, and not taken out and put back: whoever has it under the hand keeps it.
  toTop(row) {
    const item = row.parentElement, list = item.parentElement, first = list.firstElementChild
    if (item !== first) (list.moveBefore ?? list.insertBefore).call(list, item, first)
  }

  count(row) {
    const unread = Math.max(0, Number(row.dataset.seq) - Number(row.dataset.read))
    row.classList.toggle("unr", unread > 0)
    row.querySelector("[data-count]").hidden = unread === 0
    row.querySelector("[data-number]").textContent = unread
    this.total()
  }

  total() {
    const rows = this.roomTargets.filter((row) => row.classList.contains("unr"))
    const sum = rows.reduce((total, row) => total + Number(row.querySelector("[data-number]").textContent), 0)
    this.unreadRoomsTarget.textContent = rows.length
    this.dispatch("badge", { target: window, prefix: "nav", detail: { endpoint: "chat.index", count: sum } })
  }

  get me() { return Number(document.body.dataset.me) }
}

function heard(name, act) {
  addEventListener(name, act)
  return () => removeEventListener(name, act)
}
