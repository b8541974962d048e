import { str } from '@lit/localize/internal/str-tag.js'

/** Messages that several widgets share. */
export const common = {
  'common.offline': 'The network is not available',
  'common.problem': 'Something went wrong; please try again',
  'common.retry': 'Try again',
  'common.undo': 'Undo',
  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.previousPhoto': 'Previous',
  'common.nextPhoto': 'Next',
  'photos.host.refused': 'The camera or album did not open; press again to use the browser',
  'map.broken': 'The map does not open now; the place can be used all the same.',
  'map.canvas': 'Map; arrow keys move it, plus and minus zoom',
  'map.closer': 'Zoom in',
  'map.hint': 'Drag the pin or press the map to correct the place',
  'map.pin': 'Pin; move it with the arrow keys',
  'map.pin.role': 'movable pin',
  'map.satellite': 'Satellite',
  'map.streets': 'Streets',
  'map.where': str`${0}° N, ${1}° E`,
  'map.wider': 'Zoom out',
  'kind.visit': 'Visit',
  'kind.factory': 'Factory',
  'kind.workshop': 'Workshop',
  'kind.idea': 'Idea',
  'kind.help': 'Help wanted',
}
