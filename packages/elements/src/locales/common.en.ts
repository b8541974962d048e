/** Messages that several widgets share. */
export const common = {
  'common.retry': 'Try again',
  'common.undo': 'Undo',
  'common.remove': 'Remove',
  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'kind.visit': 'Visit',
  'kind.factory': 'Factory',
  'kind.workshop': 'Workshop',
  'kind.idea': 'Idea',
  'kind.help': 'Help wanted',
}
