// The portal's own buttons drive the feed through its public properties, as any host may.
const feed = document.querySelector('mq-diary-feed')
const tiles = [...document.querySelectorAll('.tile')]

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
