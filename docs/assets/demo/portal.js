// The portal's own parts work with the widgets through their public properties and events, as any host's may.
const feed = document.querySelector('mq-diary-feed')
const tracker = document.querySelector('mq-issue-tracker')
const tiles = [...document.querySelectorAll('.tile')]
const unread = document.querySelector('[data-unread]')

function press(chosen) {
  for (const tile of tiles) tile.setAttribute('aria-pressed', String(tile === chosen))
}

for (const tile of tiles) {
  tile.addEventListener('click', () => {
    feed.kind = tile.dataset.kind || undefined
    feed.mine = tile.dataset.mine !== undefined
    press(tile)
    document.querySelector('#feed').scrollIntoView({ block: 'start' })
  })
}
press(tiles[0])

document.addEventListener('mq-inbox-count', (event) => {
  unread.hidden = event.unread === 0
  unread.textContent = `${event.unread} 条未读`
})

// A message about an issue, and a diary that has become one, open it in the tracker of this page.
function show(event) {
  if (event.target === tracker || !tracker.isConnected) return
  event.preventDefault()
  tracker.issue = event.issue
  document.querySelector('#issues').scrollIntoView({ block: 'start' })
}
document.addEventListener('mq-issue-open', show)
