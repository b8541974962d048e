// Uppy's dashboard in the page, ready to take files.
import Uppy from '@uppy/core'
import Dashboard from '@uppy/dashboard'

new Uppy().use(Dashboard, { inline: true, target: '#place', width: '100%', height: 336 })
