// Ready-made words. Without this file they are read and copied. With it each has a button that puts
// them into the box: in place of nothing, or below what is there. What was typed is never replaced.
export function offerReadyWords () {
  document.querySelectorAll('[data-ready-words]').forEach((list) => {
    const box = document.getElementById(list.dataset.readyWords)
    if (!box) return
    list.querySelectorAll('[data-text]').forEach((text) => {
      const title = text.parentElement.querySelector('b').textContent
      text.after(buttonFor(box, text.textContent, title, list))
    })
  })
}

function buttonFor (box, words, title, list) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary m0'
  button.append('Put in the box')
  const more = document.createElement('span')
  more.className = 'vh'
  more.textContent = `: ${title}`
  button.append(more)
  button.addEventListener('click', () => {
    const typed = box.value.trimEnd()
    box.value = typed ? `${typed}\n\n${words}` : words
    // Whoever counts letters hears of it as of typing.
    box.dispatchEvent(new Event('input', { bubbles: true }))
    box.dispatchEvent(new Event('keyup', { bubbles: true }))
    list.open = false
    box.focus()
  })
  return button
}
