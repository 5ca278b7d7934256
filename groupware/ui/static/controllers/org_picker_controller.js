// A tree of boxes: a box stands for all below it; half is shown as half; arrows fold and unfold; names are found by typing.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["said"]

  connect() {
    for (const box of this.boxes) if (box.checked) this.spread(box)
    this.settle()
    this.onSend = ({ formData }) => this.onlyTops(formData)
    this.form?.addEventListener("formdata", this.onSend)
  }

  disconnect() { this.form?.removeEventListener("formdata", this.onSend) }

  changed({ target }) {
    if (target.type !== "checkbox") return
    this.spread(target)
    this.settle()
  }

  clicked({ target }) {
    const fold = target.closest(".fold")
    if (fold) this.fold(fold, fold.getAttribute("aria-expanded") === "true")
  }

  key(event) {
    const node = event.target.closest(".org-n")
    const fold = node?.querySelector(":scope > .fold")
    if (event.key === "ArrowRight" && fold) this.fold(fold, false)
    else if (event.key === "ArrowLeft" && fold?.getAttribute("aria-expanded") === "true") this.fold(fold, true)
    else if (event.key === "ArrowLeft") box(node?.parentElement.closest(".org-n"))?.focus()
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.step(event.target, event.key === "ArrowDown" ? 1 : -1)
    else return
    event.preventDefault()
  }

  step(from, by) {
    const seen = this.boxes.filter((each) => each.checkVisibility())
    seen[seen.indexOf(box(from.closest(".org-n"))) + by]?.focus()
  }

  filter({ target }) {
    const wanted = target.value.normalize("NFKC").trim()
    for (const node of this.nodes) node.hidden = Boolean(wanted) && !this.holds(node, wanted)
    if (wanted) for (const fold of this.element.querySelectorAll(".fold")) this.fold(fold, false)
  }

  holds(node, wanted) {
    return [node, ...node.querySelectorAll(".org-n")].some((each) => each.dataset.name.normalize("NFKC").includes(wanted))
      || Boolean(node.parentElement.closest(`.org-n[data-name*="${CSS.escape(wanted)}"]`))
  }

  fold(fold, shut) { fold.setAttribute("aria-expanded", String(!shut)) }

  spread(from) {
    for (const below of from.closest(".org-n").querySelectorAll("input[type=checkbox]")) below.checked = from.checked
  }

  // From the leaves up: all below chosen is chosen, some is half.
  settle() {
    for (const node of this.nodes.reverse()) {
      const below = [...node.querySelectorAll(":scope > ul > .org-n")].map(box)
      if (!below.length) continue
      const own = box(node)
      own.checked = below.every((each) => each.checked)
      own.indeterminate = !own.checked && below.some((each) => each.checked || each.indeterminate)
    }
    const count = this.tops.length
    this.saidTarget.textContent = count ? `${count}か所を選んでいます` : "まだ選んでいません"
  }

  onlyTops(formData) {
    const name = this.boxes[0]?.name
    formData.delete(name)
    for (const top of this.tops) formData.append(name, top.value)
  }

  get tops() { return this.boxes.filter((each) => each.checked && !box(each.closest(".org-n").parentElement.closest(".org-n"))?.checked) }
  get boxes() { return [...this.element.querySelectorAll("input[type=checkbox]")] }
  get nodes() { return [...this.element.querySelectorAll(".org-n")] }
  get form() { return this.element.closest("form") }
}

function box(node) { return node?.querySelector(":scope > .choice input") }
