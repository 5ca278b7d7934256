// Short words to the person. say("…") is seen and heard; announce("…") is only heard. Both politely.
export function say(text, options = {}) { dispatchEvent(new CustomEvent("toast:show", { detail: { text, ...options } })) }

export function announce(text) {
  const announcer = document.getElementById("announcer")
  if (announcer) announcer.textContent = announcer.textContent === text ? `${text} ` : text
}
