// Leads through the steps, and says which windows listen: the three that were used last, and after something was done
// all others for a moment, two at a time.
const sections = [...document.querySelectorAll('[data-window]')]
const links = [...document.querySelectorAll('[data-step]')]
const second = 1000
const frameOf = (section) => section.querySelector('iframe')

let used = sections.slice(0, 3)

function turn(section, listen) {
  frameOf(section).contentWindow?.postMessage({ type: 'mq-demo-turn', listen }, location.origin)
}

function use(section) {
  if (used[0] === section) return
  used = [section, ...used.filter((one) => one !== section)].slice(0, 3)
  for (const one of sections) turn(one, used.includes(one))
}

let looking = false
let again = false
/** Gives the windows that do not listen a moment each. */
async function lookAround() {
  again = true
  if (looking) return
  looking = true
  while (again) {
    again = false
    const others = sections.filter((section) => !used.includes(section))
    for (let at = 0; at < others.length; at += 2) {
      const two = others.slice(at, at + 2)
      for (const section of two) turn(section, true)
      await new Promise((resolve) => setTimeout(resolve, 2.5 * second))
      for (const section of two) turn(section, used.includes(section))
    }
  }
  looking = false
}

addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin) return
  const section = sections.find((one) => frameOf(one).contentWindow === source)
  if (!section) return
  if (data?.type === 'mq-demo-used') use(section)
  if (data?.type === 'mq-demo-did') void lookAround()
})

for (const section of sections) {
  frameOf(section).addEventListener('load', () => turn(section, used.includes(section)))
  turn(section, used.includes(section))
}

function show(link) {
  for (const one of links) {
    if (one === link) one.setAttribute('aria-current', 'step')
    else one.removeAttribute('aria-current')
  }
  const section = sections.find(({ dataset }) => dataset.window === link.dataset.at)
  for (const one of sections) one.toggleAttribute('data-current', one === section)
  for (const line of document.querySelectorAll('[data-do]')) {
    line.toggleAttribute('data-now', line.dataset.do === link.dataset.step)
  }
  use(section)
}

for (const link of links) link.addEventListener('click', () => show(link))
show(links[0])
