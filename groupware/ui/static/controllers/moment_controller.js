// A moment as the server writes it (groupware.ui.words.moment), rewritten when the day in Japan changes.
import { Controller } from "@hotwired/stimulus"

const MINUTE = 60000
const PARTS = new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", year: "numeric", month: "numeric", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit", hourCycle: "h23" })

export default class extends Controller {
  static values = { short: Boolean }

  connect() {
    this.timer = setInterval(() => this.write(), MINUTE)
    this.write()
  }

  disconnect() { clearInterval(this.timer) }

  write() {
    const at = parts(new Date(this.element.dateTime)), today = parts(new Date())
    const days = (Date.UTC(today.year, today.month - 1, today.day) - Date.UTC(at.year, at.month - 1, at.day)) / 86400000
    this.element.textContent = days === 0 ? time(at) : this.shortValue ? near(at, today, days) : `${near(at, today, days)} ${time(at)}`
  }
}

function parts(date) {
  const found = Object.fromEntries(PARTS.formatToParts(date).map(({ type, value }) => [type, value]))
  return { ...found, year: Number(found.year), month: Number(found.month), day: Number(found.day) }
}

function time({ hour, minute }) { return `${Number(hour)}:${minute}` }

function near(at, today, days) {
  if (days > 0 && days < 7) return at.weekday
  return `${at.year === today.year ? "" : `${at.year}年`}${at.month}月${at.day}日`
}
