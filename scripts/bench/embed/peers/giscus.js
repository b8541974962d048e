// A comment box of giscus, as its readme has it. What is in its frame comes from giscus.app.
import 'giscus'

const widget = document.createElement('giscus-widget')
const attributes = {
  repo: 'giscus/giscus',
  repoid: 'R',
  category: 'General',
  categoryid: 'C',
  mapping: 'pathname',
}
for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value)
document.querySelector('#place').append(widget)
