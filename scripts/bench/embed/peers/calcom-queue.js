// What Cal.com's snippet leaves in the page for the embed to find: calls that wait for it.
const cal = (...call) => void cal.q.push(call)
Object.assign(cal, { q: [], ns: {} })
window.Cal = cal
