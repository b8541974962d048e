// The page's own module. It runs after the loader, which stands before it in the page.
const ready = new Promise((resolve) => dd.ready(resolve))

/** A fresh code of the app, exchanged by the page's own back end for a token. */
async function getToken() {
  await ready
  const { code } = await dd.getAuthCode({ corpId: '196729' })
  const answer = await fetch('/sign-in', { method: 'POST', body: code })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`)
  return answer.text()
}

minqing.configure({ getToken, elder: new URLSearchParams(location.search).has('elder') })

const villages = [
  { name: '大竹溪村', area: '330683100201', latitude: 29.588, longitude: 120.821 },
  { name: '东湖村', area: '330683100202', latitude: 29.61, longitude: 120.79 },
]

// Where the phone is decides which village's diaries are shown first.
await ready
const here = await dd.getLocation()
const distance = (place) => Math.hypot(place.latitude - here.latitude, place.longitude - here.longitude)
const nearest = villages.sort((a, b) => distance(a) - distance(b))[0]
document.querySelector('#where').textContent = `${nearest.name}附近`
document.querySelector('mq-diary-feed').setAttribute('area', nearest.area)
