export default {
  layout: 'component.njk',
  tags: 'components',
  wide: true,
  styles: ['text', 'site', 'live'],
  scripts: ['demo/page'],
}
