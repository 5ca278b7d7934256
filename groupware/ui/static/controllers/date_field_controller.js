// The day that was understood, in 和暦, beside what was typed. Reads as groupware.kernel.dates.read_date does.
import { Controller } from "@hotwired/stimulus"

const ERAS = { 令和: 2018, R: 2018, 平成: 1988, H: 1988, 昭和: 1925, S: 1925 }
const WITH_YEAR = /^(令和|平成|昭和|[RHS])?\s*(元|\d{1,4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$/
const WITHOUT_YEAR = /^(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?$/
const IN_ONE = /^(\d{4})(\d{2})(\d{2})$/
const YEARS_AHEAD = 9       // from one 2月29日 to the next it may be eight
const WEEKDAY = /\s*\(?[月火水木金土日](?:曜日?)?\)?$/

export default class extends Controller {
  static targets = ["text", "native", "shown"]

  connect() { this.read() }

  read() {
    const typed = this.textTarget.value.trim()
    const day = understood(typed)
    this.shownTarget.classList.toggle("odd", Boolean(typed) && !day)
    this.shownTarget.textContent = day ? written(day) === typed ? "" : written(day) : typed ? "日付として読めません" : ""
    if (day) this.nativeTarget.value = iso(day)
  }

  settle() {
    const day = understood(this.textTarget.value.trim())
    if (day) this.textTarget.value = written(day)
    this.read()
  }

  pick() { this.nativeTarget.showPicker?.() }

  picked() {
    if (!this.nativeTarget.value) return
    this.textTarget.value = written(new Date(`${this.nativeTarget.value}T00:00:00`))
    this.read()
    this.textTarget.dispatchEvent(new Event("change", { bubbles: true }))
  }
}

function understood(typed) {
  const words = typed.normalize("NFKC").toUpperCase().replace(WEEKDAY, "")
  let found
  if ((found = words.match(WITH_YEAR))) return real((ERAS[found[1]] ?? 0) + (found[2] === "元" ? 1 : Number(found[2])), found[3], found[4])
  if ((found = words.match(IN_ONE))) return real(found[1], found[2], found[3])
  if ((found = words.match(WITHOUT_YEAR))) return next(found[1], found[2])
  return null
}

function next(month, day) {
  const now = new Date()
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  const years = Array.from({ length: YEARS_AHEAD }, (_, ahead) => real(today.getFullYear() + ahead, month, day))
  return years.find((found) => found >= today) ?? null
}

function real(year, month, day) {
  const date = new Date(Number(year), Number(month) - 1, Number(day))
  return Number(year) > 99 && date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) ? date : null
}

function written(date) {
  const reiwa = date.getFullYear() - 2018
  const year = date >= new Date(2019, 4, 1) ? `令和${reiwa === 1 ? "元" : reiwa}年` : `${date.getFullYear()}年`
  return `${year}${date.getMonth() + 1}月${date.getDate()}日（${"日月火水木金土"[date.getDay()]}）`
}

function iso(date) { return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}` }
