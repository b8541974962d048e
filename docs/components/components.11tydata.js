export default {
  layout: 'component.njk',
  tags: 'components',
  wide: true,
  styles: ['site', 'live'],
  scripts: ['demo/page'],
}
