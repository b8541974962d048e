// A calendar of Cal.com in the page, with the placeholder that it draws. What is in its frame comes from cal.com.
import './calcom-queue.js'
import '@calcom/embed-core'

window.Cal('init', { origin: 'https://app.cal.com' })
window.Cal('inline', { elementOrSelector: '#place', calLink: 'free/30min' })
