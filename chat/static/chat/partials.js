// The server's own partials, sanitised there, become elements here: the one place where HTML comes from text.
export function elements(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return template.content
}
