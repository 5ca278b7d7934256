// A notice that reaches somebody who looks elsewhere: by the browser's own Notification, without a word of the content, by one tab of a browser.
import { announce } from "ui/saying"

export const QUIET = "notifications.quiet"      // said by somebody for this browser
let mine = false

// The tab that holds the lock rings; when it is closed, the next one does.
export function takeTurn() {
  if (takeTurn.asked) return
  takeTurn.asked = true
  navigator.locks?.request("notifications.ring", () => { mine = true; return new Promise(() => {}) })
}

export function ring({ id, reason, count, alarm }) {
  const words = `${alarm ? "【災害】" : ""}${count > 1 ? `お知らせが${count}件あります` : reason}`
  announce(`お知らせが届きました。${words}`)
  if (!mine || !mayRing() || (document.hasFocus() && !alarm)) return
  const shown = new Notification("つながる", { body: words, tag: "tsunagaru", renotify: true, requireInteraction: alarm })
  shown.onclick = () => {
    window.focus()
    window.Turbo.visit(id ? `/notifications/${id}` : "/notifications")
    shown.close()
  }
}

function mayRing() { return "Notification" in window && Notification.permission === "granted" && !localStorage.getItem(QUIET) }
