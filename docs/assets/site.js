// What every page has: colors, elder mode, copying of code. Widgets on the page follow both switches.
const root = document.documentElement
const english = root.lang === 'en'
const tags = root.dataset.tags.split(' ').join()

const remember = (key, value) => {
  try {
    if (value) localStorage.setItem(key, value)
    else localStorage.removeItem(key)
  } catch {
    // The choice holds for this page only.
  }
}

const isDark = () =>
  root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches

function tellWidgets() {
  for (const widget of document.querySelectorAll(tags)) {
    // The theme page's examples have switches of their own.
    if (widget.closest('[data-own-look]')) continue
    widget.toggleAttribute('elder', root.dataset.elder !== undefined)
    if (root.dataset.theme) widget.setAttribute('theme', root.dataset.theme)
    else widget.removeAttribute('theme')
  }
  for (const frame of document.querySelectorAll('iframe')) {
    frame.contentWindow?.postMessage({ type: 'mq-site-look' }, location.origin)
  }
}

function press() {
  for (const button of document.querySelectorAll('[data-toggle]')) {
    const on = button.dataset.toggle === 'theme' ? isDark() : root.dataset.elder !== undefined
    button.setAttribute('aria-pressed', String(on))
  }
  tellWidgets()
}

for (const button of document.querySelectorAll('[data-toggle]')) {
  button.addEventListener('click', () => {
    if (button.dataset.toggle === 'theme') {
      root.dataset.theme = isDark() ? 'light' : 'dark'
      remember('mq-site-theme', root.dataset.theme)
    } else if (root.dataset.elder === undefined) {
      root.dataset.elder = ''
      remember('mq-site-elder', '1')
    } else {
      delete root.dataset.elder
      remember('mq-site-elder', '')
    }
    press()
  })
}

for (const block of document.querySelectorAll('pre > code')) {
  const pre = block.parentElement
  const frame = document.createElement('div')
  frame.className = 'copyable'
  pre.replaceWith(frame)
  const copy = document.createElement('button')
  copy.className = 'copy no-print'
  copy.type = 'button'
  copy.textContent = english ? 'Copy' : '复制'
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(block.textContent)
      copy.textContent = english ? 'Copied' : '已复制'
    } catch {
      // Refused, or a page without https, which has no clipboard: marked, it is one key away.
      getSelection().selectAllChildren(block)
      copy.textContent = english ? 'Press Ctrl+C' : '已选中，请按 Ctrl+C'
    }
    setTimeout(() => (copy.textContent = english ? 'Copy' : '复制'), 2000)
  })
  frame.append(pre, copy)
}

// A page inside another one of ours (two windows side by side) follows the outer one's switches.
addEventListener('message', (event) => {
  if (event.origin !== location.origin || event.data?.type !== 'mq-site-look') return
  const outer = window.parent.document.documentElement.dataset
  if (outer.theme) root.dataset.theme = outer.theme
  else delete root.dataset.theme
  if (outer.elder === undefined) delete root.dataset.elder
  else root.dataset.elder = ''
  press()
})

press()
