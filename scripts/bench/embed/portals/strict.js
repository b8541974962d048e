// Nothing unsafe: nodes are made, text is text.
const list = document.querySelector('#news')
for (let at = 1; at <= 8; at++) {
  const item = document.createElement('li')
  item.textContent = `通知 ${at}`
  list.append(item)
}
document.querySelector('#menu').addEventListener('click', ({ currentTarget }) => {
  currentTarget.setAttribute('aria-expanded', String(currentTarget.getAttribute('aria-expanded') !== 'true'))
})
