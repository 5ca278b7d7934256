// What a refused form is told, without losing a letter of what was written: words above it, a mark at each field.
const SHOWN = "refusal"

export function showRefusal(form, html) {
  clearRefusal(form)
  const told = new DOMParser().parseFromString(html, "text/html").querySelector("[data-telling]")
  const fields = [...told.querySelectorAll("[data-field]")].map((line) => [line.dataset.field, line.textContent.trim()])
  const words = told.querySelector("[data-sentence]")?.textContent.trim() || told.querySelector("h1").textContent.trim()
  const summary = box(fields.length ? "入力を確かめてください" : words, fields, form)
  form.prepend(summary)
  fields.forEach(([name, sentence]) => mark(form, name, sentence))
  summary.focus()
  summary.scrollIntoView({ block: "nearest" })
}

export function clearRefusal(form) {
  for (const shown of form.querySelectorAll(`.${SHOWN}`)) shown.remove()
  for (const field of form.querySelectorAll("[data-refused]")) {
    field.removeAttribute("aria-invalid")
    field.removeAttribute("data-refused")
  }
}

function box(heading, fields, form) {
  const summary = made("div", `error-summary ${SHOWN}`)
  summary.tabIndex = -1
  summary.setAttribute("role", "alert")
  const list = made("ul")
  list.append(...fields.map(([name, sentence]) => line(sentence, field(form, name))))
  summary.append(made("h2", "", heading), ...(fields.length ? [list] : []), made("p", "", "書いたものは残っています。"))
  return summary
}

function line(sentence, field) {
  const item = made("li"), name = called(field)
  if (name && !sentence.includes(name)) sentence = `${name}：${sentence}`
  if (!field?.id) return Object.assign(item, { textContent: sentence })
  const link = made("a", "", sentence)
  link.href = `#${field.id}`
  link.addEventListener("click", (event) => { event.preventDefault(); field.focus() })
  item.append(link)
  return item
}

// What stands before the field on the screen, without its hint.
function called(field) {
  const label = ["radio", "checkbox"].includes(field?.type) ? field.closest("fieldset")?.querySelector("legend") : field?.labels?.[0]
  return label?.firstChild?.textContent.trim() ?? ""
}

function mark(form, name, sentence) {
  const there = field(form, name)
  if (!there) return
  there.setAttribute("aria-invalid", "true")
  there.dataset.refused = ""
  const words = made("p", `msg-e ${SHOWN}`, sentence)
  const place = there.closest(".field, .choices") ?? there
  if (place === there) there.after(words)
  else place.append(words)
}

function field(form, name) {
  const there = form.elements.namedItem(name)
  return there instanceof RadioNodeList ? there[0] : there ?? form.querySelector(`#f-${CSS.escape(name)}`)
}

function made(name, className = "", text = "") { return Object.assign(document.createElement(name), { className, textContent: text }) }
