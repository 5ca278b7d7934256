// Short words that go away by themselves, but not while one looks at them. One that can be undone stays longer.
import { Controller } from "@hotwired/stimulus"

const SHOWN = 7000, SHOWN_WITH_UNDO = 15000

export default class extends Controller {
  static targets = ["toast"]

  toastTargetConnected(toast) {
    const time = toast.querySelector("form, [data-undo]") ? SHOWN_WITH_UNDO : SHOWN
    const looks = { pointer: false, focus: false }
    const wait = () => {
      clearTimeout(toast.timer)
      if (!looks.pointer && !looks.focus) toast.timer = setTimeout(() => toast.remove(), time)
    }
    for (const [name, by, is] of [["pointerenter", "pointer", true], ["pointerleave", "pointer", false], ["focusin", "focus", true], ["focusout", "focus", false]]) {
      toast.addEventListener(name, () => { looks[by] = is; wait() })
    }
    wait()
  }

  // toast:show { text, undo: () => …, word: "取り消す" }
  show({ detail: { text, undo, word = "取り消す" } }) {
    const toast = document.getElementById("toast-blank").content.firstElementChild.cloneNode(true)
    toast.querySelector("span").textContent = text
    if (undo) toast.querySelector("span").after(this.undo(toast, word, undo))
    this.element.replaceChildren(toast)
  }

  undo(toast, word, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: word })
    button.dataset.undo = ""
    button.addEventListener("click", () => { toast.remove(); act() })
    return button
  }

  close({ currentTarget }) { currentTarget.closest(".toast").remove() }
}
