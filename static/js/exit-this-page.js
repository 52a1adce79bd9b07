// Quick Exit. Without this file the button is an ordinary link to the weather.
// With it the page goes blank at once, leaves nothing typed behind, and is replaced in the
// tab's history; pressing Shift three times does the same. Not Esc: other programs use it.
import { empty } from './forget-on-return.js'

const PRESSES = 3
const PATIENCE = 5000

export function listenForExit () {
  const link = document.querySelector('[data-exit]')
  if (!link) return

  document.addEventListener('click', (event) => {
    const pressed = event.target.closest?.('[data-exit]')
    if (!pressed) return
    event.preventDefault()
    leave(pressed.href)
  })
  countShifts(link)
}

function leave (address) {
  document.documentElement.classList.add('leaving')
  document.title = ' '
  document.querySelectorAll('form').forEach(empty)
  window.location.replace(address)
}

function countShifts (link) {
  const told = document.querySelector('[data-exit-told]')
  let presses = 0
  let shiftAlone = false
  let timer

  const forget = () => {
    presses = 0
    if (told) told.textContent = ''
  }

  document.addEventListener('keydown', (event) => {
    // Shift with a letter is typing, not a wish to leave.
    shiftAlone = event.key === 'Shift' && !event.repeat
    if (event.key !== 'Shift') forget()
  })
  document.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift' || !shiftAlone) return
    shiftAlone = false
    presses += 1
    clearTimeout(timer)
    if (presses === PRESSES) {
      leave(link.href)
      return
    }
    if (told) told.textContent = presses === 1 ? 'Press Shift 2 more times to leave.' : 'Press Shift 1 more time to leave.'
    timer = setTimeout(forget, PATIENCE)
  })
}
