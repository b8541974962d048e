// Runs before the first paint: the reader's choice of colors and size, remembered on this device.
;(() => {
  const root = document.documentElement
  try {
    const theme = localStorage.getItem('mq-site-theme')
    if (theme) root.dataset.theme = theme
    if (localStorage.getItem('mq-site-elder')) root.dataset.elder = ''
  } catch {
    // Storage is forbidden: the system's colors it is.
  }
})()
