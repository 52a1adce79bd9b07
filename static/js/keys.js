// Keys for whoever reads many cases. The list on the page says which key goes where; every one of
// those places can be reached without a key. Nothing happens while somebody types.
const STORED = 'keys-off'
const TYPED = 'textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])'

export function listenForKeys () {
  const list = document.querySelector('.keys__list')
  if (!list) return
  offerToTurnOff(list)
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const typing = event.target.closest?.(TYPED)
    if (typing) {
      if (event.key === 'Escape') typing.blur()
      return
    }
    const row = isOff() ? null : rowOf(list, event.key)
    if (row && go(document.getElementById(row.dataset.target))) event.preventDefault()
  })
}

function rowOf (list, key) {
  return [...list.children].find((row) => row.dataset.key === key)
}

function go (place) {
  if (!place) return false
  if (place.matches('details')) {
    place.open = true
    const first = place.querySelector('textarea') || place.querySelector('summary')
    first.focus()
  } else if (place.matches('a, button, input[type=radio]')) {
    place.focus()
    place.click()
  } else {
    place.focus()
    place.scrollIntoView({ block: 'nearest' })
  }
  return true
}

function offerToTurnOff (list) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary m0'
  const say = () => { button.textContent = isOff() ? 'Turn the keys on' : 'Turn the keys off' }
  button.addEventListener('click', () => {
    keep(!isOff())
    say()
  })
  say()
  const row = document.createElement('p')
  row.append(button)
  list.after(row)
}

// A browser may refuse to keep anything: then the keys stay on.
function isOff () {
  try {
    return window.localStorage.getItem(STORED) === 'yes'
  } catch {
    return false
  }
}

function keep (off) {
  try {
    window.localStorage.setItem(STORED, off ? 'yes' : 'no')
  } catch {}
}
