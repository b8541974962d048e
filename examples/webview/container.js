// Stands in for the work app: the bridge that it puts into its WebView before the page runs. Calls answer later, as
// those of a real bridge do, and are noted in `dd.calls`.
window.dd = (function () {
  const calls = []
  function later(name, answer) {
    calls.push(name)
    return new Promise((resolve) => setTimeout(() => resolve(answer()), 50))
  }
  const code = () =>
    'code-' +
    [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return {
    calls,
    ready: (run) => setTimeout(run, 10),
    getAuthCode: ({ corpId }) => later('getAuthCode ' + corpId, () => ({ code: code() })),
    getLocation: () => later('getLocation', () => ({ latitude: 29.5883, longitude: 120.8214, accuracy: 30 })),
  }
})()
