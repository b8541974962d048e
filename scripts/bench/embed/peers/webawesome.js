// A form of Web Awesome: about what the diary's composer shows.
import '@awesome.me/webawesome/dist/components/button/button.js'
import '@awesome.me/webawesome/dist/components/card/card.js'
import '@awesome.me/webawesome/dist/components/input/input.js'
import '@awesome.me/webawesome/dist/components/switch/switch.js'
import '@awesome.me/webawesome/dist/components/textarea/textarea.js'

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}
const kinds = ['走访', '工厂', '车间', '金点子', '求助'].map((kind) =>
  make('wa-button', { appearance: 'outlined' }, kind),
)
document
  .querySelector('#place')
  .append(
    make(
      'wa-card',
      {},
      make('div', {}, ...kinds),
      make('wa-textarea', { rows: '5', placeholder: '写下今天走访了解到的情况…' }),
      make('wa-input', { placeholder: '走访对象' }),
      make('wa-switch', {}, '同时上报为事项'),
      make('wa-button', { variant: 'brand' }, '发布'),
    ),
  )
