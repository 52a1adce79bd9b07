// The map of results. Without this file the page has a drawing of the wards, with links into the
// list. With it the drawing becomes a map to move and zoom. Everything on it comes from the page:
// the ground from the drawing, the activities from the list. So nothing is asked of any server,
// unless the council has set one for pictures of the ground.
import L from 'leaflet'
import 'leaflet.markercluster'

const CLOSEST = 18
const FARTHEST = 9
const NAMES_FROM = 12
const NAMES = 'names'
const METRES_PER_MILE = 1609.344
const PRESS = 44
const SETTLED = 350

const place = document.querySelector('[data-live-map]')
const drawing = document.querySelector('svg.map')
if (place && drawing) start(place, drawing)

function start (container, svg) {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  container.hidden = false
  container.closest('.mapwrap').classList.add('is-live')
  const map = L.map(container, {
    attributionControl: false,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    maxZoom: CLOSEST,
    minZoom: FARTHEST,
    scrollWheelZoom: false,
    zoomAnimation: !still
  })
  const wards = wardsOf(svg)
  const spots = spotsOf(document.querySelectorAll('[data-at]'))
  const everything = spots.length ? spots.map((spot) => spot.at) : wards.flatMap((ward) => ward.edge)
  const whole = reachOf(container.dataset) || L.latLngBounds(everything)
  showNamesWhenNear(map, container)
  map.fitBounds(whole, { animate: false, maxZoom: 16, padding: [24, 24] })
  drawGround(map, wards, container.dataset.tiles)
  drawSearch(map, container.dataset)
  map.addLayer(marksOf(spots, still))
  goByKeyboard(map)
}

// The ground ---------------------------------------------------------------

// The drawing says how it was made of degrees: the same numbers lead back.
function wardsOf (svg) {
  const { west, north, across, down, margin } = svg.dataset
  return [...svg.querySelectorAll('.map-ward')].map((path) => {
    const numbers = path.getAttribute('d').match(/[\d.]+/g).map(Number)
    const edge = []
    for (let n = 0; n + 1 < numbers.length; n += 2) {
      edge.push([Number(north) - (numbers[n + 1] - margin) / down, Number(west) + (numbers[n] - margin) / across])
    }
    return { edge, name: path.dataset.name }
  })
}

function drawGround (map, wards, tiles) {
  if (tiles) L.tileLayer(tiles, { maxZoom: CLOSEST }).addTo(map)
  map.createPane(NAMES).style.zIndex = 450
  for (const { edge, name } of wards) {
    const className = tiles ? 'ground ground--on-tiles' : 'ground'
    const ward = L.polygon(edge, { className, interactive: false }).addTo(map)
    if (!tiles) nameWard(ward, name)
  }
}

function nameWard (ward, name) {
  ward.bindTooltip(name, { className: 'ward-name', direction: 'center', pane: NAMES, permanent: true })
  ward.getTooltip().getElement()?.setAttribute('aria-hidden', 'true')
}

function showNamesWhenNear (map, container) {
  map.on('zoomend', () => container.classList.toggle('is-far', map.getZoom() < NAMES_FROM))
}

function reachOf ({ from, miles }) {
  return miles ? L.latLng(pointOf(from)).toBounds(Number(miles) * METRES_PER_MILE * 2) : null
}

function drawSearch (map, { from, label, miles }) {
  if (!from) return
  const icon = L.divIcon({ className: 'you', html: '<span></span>', iconSize: [20, 20] })
  const mark = L.marker(pointOf(from), { icon, interactive: false, keyboard: false, title: label, zIndexOffset: 1000 }).addTo(map)
  mark.getElement().setAttribute('role', 'img')
  mark.getElement().setAttribute('aria-label', `You searched from ${label}`)
  if (miles) L.circle(pointOf(from), { className: 'ring', interactive: false, radius: Number(miles) * METRES_PER_MILE }).addTo(map)
}

// The marks ----------------------------------------------------------------

// What is in one place is one mark, so that no two lie on top of each other.
function spotsOf (lines) {
  const spots = new Map()
  for (const line of lines) {
    const { at, about, where } = line.dataset
    const key = `${at} ${about || ''}`
    const spot = spots.get(key) || { at: pointOf(at), about: about !== undefined, where, lines: [] }
    spot.lines.push(line)
    spots.set(key, spot)
  }
  return [...spots.values()]
}

function marksOf (spots, still) {
  const group = L.markerClusterGroup({
    animate: !still,
    disableClusteringAtZoom: CLOSEST,
    iconCreateFunction: (cluster) => {
      const finds = cluster.getAllChildMarkers().reduce((sum, one) => sum + one.options.finds, 0)
      return iconOf(String(finds), `${finds} activities close together. Zoom in`, 'spot--many')
    },
    maxClusterRadius: PRESS + 8,
    showCoverageOnHover: false,
    spiderfyOnMaxZoom: false
  })
  group.addLayers(spots.map(markOf))
  group.on('clusterkeypress', ({ layer }) => follow(group, layer))
  return group
}

function markOf (spot) {
  const finds = spot.lines.length
  const looks = [finds > 1 ? '' : 'spot--one', spot.about ? 'spot--about' : '']
  const icon = iconOf(finds > 1 ? String(finds) : '', spotName(spot), looks.join(' '))
  const marker = L.marker(spot.at, { finds, icon, riseOnHover: true })
  marker.bindPopup(() => popupOf(spot), { autoPanPaddingTopLeft: [PRESS + 20, 12], maxHeight: 280, maxWidth: 280 })
  marker.on('add', () => {
    marker.getElement().setAttribute('aria-haspopup', 'dialog')
    marker.getElement().setAttribute('aria-expanded', String(marker.isPopupOpen()))
  })
  return marker
}

function spotName ({ about, lines, where }) {
  const what = lines.length > 1 ? `${lines.length} activities` : lines[0].dataset.name
  return about ? `${what}, about here: ${where}` : `${what}, ${where}`
}

// What is seen, and beside it the name that is read out.
function iconOf (shown, name, more) {
  const [seen, read] = [document.createElement('span'), document.createElement('b')]
  seen.className = 'spot__seen'
  seen.setAttribute('aria-hidden', 'true')
  seen.textContent = shown
  read.className = 'vh'
  read.textContent = name
  const both = document.createElement('div')
  both.append(seen, read)
  return L.divIcon({ className: `spot ${more}`, html: both, iconSize: [PRESS, PRESS] })
}

// Whoever opens a cluster by keyboard goes on at the first thing that was in it.
function follow (group, cluster) {
  const [first] = cluster.getAllChildMarkers()
  const map = group._map
  map.once('moveend', () => setTimeout(() => group.getVisibleParent(first)?.getElement()?.focus(), SETTLED))
}

function popupOf ({ about, lines, where }) {
  const box = document.createElement('div')
  const name = document.createElement('p')
  name.className = 'popup__name'
  name.textContent = about ? `About here: ${where}` : where
  const list = document.createElement('ul')
  list.className = 'maps'
  for (const line of lines) {
    const copy = line.cloneNode(true)
    copy.removeAttribute('id')
    copy.removeAttribute('data-at')
    list.append(copy)
  }
  box.append(name, list)
  return box
}

// By keyboard --------------------------------------------------------------

// Enter opens, and so does Space, as on every button. Esc closes, and the focus is back on the mark.
function goByKeyboard (map) {
  const container = map.getContainer()
  container.addEventListener('keydown', (event) => {
    const mark = event.target.closest('.spot')
    if (event.key === ' ' && mark) {
      event.preventDefault()
      mark.click()
    }
    if (event.key === 'Escape') map.closePopup()
  })
  map.on('popupopen', ({ popup }) => {
    const element = popup.getElement()
    const mark = popup._source?.getElement()
    mark?.setAttribute('aria-expanded', 'true')
    element.setAttribute('role', 'dialog')
    element.setAttribute('aria-label', mark?.querySelector('b')?.textContent || '')
    element.querySelector('a')?.focus()
  })
  map.on('popupclose', ({ popup }) => {
    const mark = popup._source?.getElement()
    mark?.setAttribute('aria-expanded', 'false')
    const wasInside = popup.getElement()?.contains(document.activeElement)
    if (wasInside) mark?.focus()
  })
}

function pointOf (text) {
  return text.split(' ').map(Number)
}
