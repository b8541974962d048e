// A small admin console: Vue 3, drawn by the browser, with widgets among its own components.
import { createApp, h, ref } from 'vue'

const menu = ['工作台', '民情日记', '民情事项', '网格', '统计', '设置']
const rows = ref(
  Array.from({ length: 12 }, (_, at) => ({ id: at + 1, name: `网格 ${at + 1}`, visits: (at * 37) % 50 })),
)
const chosen = ref(0)
const widgets = document.querySelector('#app').dataset.widgets.split(' ').filter(Boolean)

const Tile = {
  props: ['title', 'value'],
  render: ({ title, value }) => h('div', { class: 'tile' }, [h('strong', title), h('p', value)]),
}

const Table = () =>
  h('table', [
    h(
      'thead',
      h(
        'tr',
        ['编号', '名称', '本月走访'].map((title) => h('th', title)),
      ),
    ),
    h(
      'tbody',
      rows.value.map(({ id, name, visits }) =>
        h('tr', { key: id }, [h('td', id), h('td', name), h('td', visits)]),
      ),
    ),
  ])

createApp({
  render: () =>
    h('div', { class: 'console' }, [
      h(
        'nav',
        { class: 'side' },
        menu.map((title, at) =>
          h('a', { class: { on: at === chosen.value }, onClick: () => (chosen.value = at) }, title),
        ),
      ),
      h('main', { class: 'content' }, [
        h(
          'div',
          { class: 'tiles' },
          ['走访', '日记', '事项', '办结'].map((title, at) => h(Tile, { title, value: String(at * 12) })),
        ),
        ...widgets.map((tag) => h('section', { class: 'panel' }, [h(tag, { 'data-widget': '' })])),
        h(Table),
      ]),
    ]),
}).mount('#app')
