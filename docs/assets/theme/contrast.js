// How far two colors differ, by WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
function luminance(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(front, back) {
  const [dark, bright] = [luminance(front), luminance(back)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

const rows = [...document.querySelectorAll('[data-front]')].map((row) => ({ row, ...row.dataset }))

const fails = (colors, { front, back, least }) => contrast(colors[front], colors[back]) < Number(least)

/** How many pairs of these colors are too close. */
export const failures = (colors) => rows.filter((pair) => fails(colors, pair)).length

/** Writes the table; a pair that is too close gets a sentence. */
export function showContrast(colors) {
  for (const pair of rows) {
    const { row, front, back, least } = pair
    const ratio = contrast(colors[front], colors[back])
    // rounded down: 4.49 is not enough
    row.querySelector('.ratio').textContent = `${(Math.floor(ratio * 10) / 10).toFixed(1)} : 1`
    const bad = fails(colors, pair)
    row.classList.toggle('bad', bad)
    const warning = row.querySelector('.warn')
    warning.hidden = !bad
    warning.textContent = bad
      ? `对比度低于 ${least} : 1，视力不好的人${least === '3' ? '找不到输入框' : '读不清'}。`
      : ''
  }
}
