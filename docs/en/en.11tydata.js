export default { lang: 'en' }
