// 「確かめてください」: before what cannot be undone. ask("…", { word: "取り消す", name: "市民課" }) answers true or false.
const part = (name) => document.getElementById(name)

export function ask(words, { word = "進める", name = "" } = {}) {
  const dialog = part("asking"), field = part("asking-i"), yes = part("asking-y")
  part("asking-t").textContent = words
  yes.textContent = word
  part("asking-name").hidden = !name
  document.querySelector("label[for=asking-i]").textContent = `確かめるため「${name}」と入れてください`
  field.value = ""
  const check = () => { yes.disabled = Boolean(name) && field.value.trim() !== name }
  field.oninput = check
  check()
  dialog.returnValue = ""
  dialog.showModal()
  return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true }))
}
