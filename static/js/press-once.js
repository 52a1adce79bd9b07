// A second press of a send button within two seconds is a trembling hand, not a second wish.
const PAUSE = 2000

export function refuseSecondPress () {
  let sentAt = 0
  let sentForm = null
  document.addEventListener('submit', (event) => {
    const again = event.target === sentForm && event.timeStamp - sentAt < PAUSE
    if (again) {
      event.preventDefault()
      return
    }
    sentForm = event.target
    sentAt = event.timeStamp
  })
}
