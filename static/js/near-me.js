// “Near me”. The browser says where it is to this page alone: the nearest name of the council's list
// is found here and written into the box. The position itself is kept nowhere and sent nowhere.
const FAR = 20
const MILES_PER_DEGREE = 69.09
const WAIT = { enableHighAccuracy: false, maximumAge: 300000, timeout: 15000 }

export function offerNearMe () {
  document.querySelectorAll('[data-near-me]').forEach((group) => {
    const box = group.querySelector('input')
    if (!box || !navigator.geolocation) return
    const said = document.createElement('span')
    said.className = 'near-me__said'
    said.setAttribute('role', 'status')
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'near-me'
    button.textContent = 'Near me'
    button.addEventListener('click', () => findOut(group.dataset.nearMe, box, said))
    group.append(button, said)
  })
}

function findOut (address, box, said) {
  said.textContent = 'Looking for the nearest place…'
  navigator.geolocation.getCurrentPosition(
    async ({ coords }) => {
      const here = [coords.latitude, coords.longitude]
      const places = await placesAt(address)
      if (!places) {
        said.textContent = 'We could not look it up. Type a postcode or a place.'
        return
      }
      const [name, miles] = nearest(places, here)
      if (miles > FAR) {
        said.textContent = 'You seem to be a long way from here. Type a postcode or a place.'
        return
      }
      box.value = name
      box.focus()
      said.textContent = `The nearest place we know is ${name}. Your device told us nothing else.`
    },
    (problem) => { said.textContent = sayWhy(problem) },
    WAIT
  )
}

function sayWhy ({ code }) {
  if (code === 1) return 'Your browser did not let us ask where you are. Type a postcode or a place.'
  return 'Your device cannot say where it is now. Type a postcode or a place.'
}

// The list is the same for everybody and is kept by the browser: asking for it gives nothing away.
async function placesAt (address) {
  try {
    const answer = await window.fetch(address)
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

function nearest (places, [latitude, longitude]) {
  const narrowing = Math.cos(latitude * Math.PI / 180)
  const far = ([, north, east]) => MILES_PER_DEGREE * Math.hypot(north - latitude, (east - longitude) * narrowing)
  const best = places.reduce((one, other) => far(other) < far(one) ? other : one)
  return [best[0], far(best)]
}
