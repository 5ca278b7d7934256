// Runs before anything else of a page: a shortcut pressed while the rest is on its way, and answered by nobody, is pressed again when the page is ready.
(() => {
  const pressed = []
  const ready = () => "ready" in document.documentElement.dataset

  addEventListener("keydown", (event) => {
    if (ready() || !event.isTrusted || !(event.ctrlKey || event.metaKey)) return
    setTimeout(() => {
      if (!event.defaultPrevented) pressed.push(event)
      if (ready()) again()
    })
  })
  addEventListener("ui:ready", again)

  function again() {
    for (const { target, key, ctrlKey, metaKey } of pressed.splice(0)) {
      const there = target.isConnected ? target : document.body
      there.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, metaKey, bubbles: true, cancelable: true }))
    }
  }
})()
