// What somebody typed where they told us something is gone as soon as they leave the page, however
// they leave it: whoever goes back on this device finds an empty form. What is sent has gone along
// by then.
export function forgetOnReturn () {
  const forms = document.querySelectorAll('form[data-forget]')
  if (!forms.length) return
  const forget = () => forms.forEach(empty)
  window.addEventListener('pagehide', forget)
  window.addEventListener('pageshow', (event) => {
    const [came] = performance.getEntriesByType('navigation')
    if (event.persisted || came?.type === 'back_forward') forget()
  })
}

export function empty (form) {
  for (const field of form.querySelectorAll('textarea, input:not([type="hidden"]):not([type="submit"])')) {
    field.value = ''
    field.defaultValue = ''
  }
}
