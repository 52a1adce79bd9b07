// Handing on a page. Without this file there is a link that writes an email, and the browser's own
// menu prints. With it there are buttons: what this browser cannot do stays hidden.
const COPIED = 'Copied.'
const NOT_COPIED = 'This did not work. Copy the address at the top of your browser.'

export function offerSharing () {
  document.querySelectorAll('[data-share]').forEach((place) => {
    const told = place.querySelector('[data-share-told]')
    const ways = {
      device: navigator.share && (() => shareBy(place.dataset)),
      copy: navigator.clipboard && (() => copy(place.dataset.share, told)),
      paper: () => window.print()
    }
    place.querySelectorAll('[data-share-by]').forEach((button) => {
      const way = ways[button.dataset.shareBy]
      if (!way) return
      button.hidden = false
      button.addEventListener('click', way)
    })
  })
}

async function shareBy ({ share, shareName }) {
  try {
    await navigator.share({ title: shareName, url: share })
  } catch {
    // Somebody who thinks better of it has not made a mistake.
  }
}

async function copy (address, told) {
  try {
    await navigator.clipboard.writeText(address)
    told.textContent = COPIED
  } catch {
    told.textContent = NOT_COPIED
  }
}
