import { str } from '../internal/localize.ts'

/** Messages that several widgets share. */
export const common = {
  'common.offline': 'The network is not available',
  'common.problem': 'Something went wrong; please try again',
  'common.retry': 'Try again',
  'common.brackets': str`${0} (${1})`,
  'common.colon': str`${0}: ${1}`,
  'common.undo': 'Undo',
  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.previousPhoto': 'Previous',
  'common.nextPhoto': 'Next',
  'photos.host.refused': 'The camera or album did not open; press again to use the browser',
  'kind.visit': 'Visit',
  'kind.factory': 'Factory',
  'kind.workshop': 'Workshop',
  'kind.idea': 'Idea',
  'kind.help': 'Help wanted',
}
