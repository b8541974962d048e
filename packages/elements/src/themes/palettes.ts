import type { Palette } from './css.ts'

/** A ready theme: what it says in the light and in the dark. */
export interface Theme {
  /** As it is called in Chinese. */
  name: string
  light: Palette
  dark: Palette
}

/** By file name: `themes/blue.css`. The theme page starts from these, and a test measures their contrast. */
export const themes: Readonly<Record<string, Theme>> = {
  blue: {
    name: '政务蓝',
    light: {
      accent: '#1459a6',
      'on-accent': '#ffffff',
      tint: '#e7f0fb',
      surface: '#ffffff',
      sunken: '#f2f6fb',
      text: '#1a222c',
      muted: '#4f5d6d',
      line: '#d7e0eb',
      edge: '#748496',
    },
    dark: {
      accent: '#8ebcf2',
      'on-accent': '#0a2038',
      tint: '#16304b',
      surface: '#18212b',
      sunken: '#202b37',
      text: '#e5ebf2',
      muted: '#a9b6c4',
      line: '#33414f',
      edge: '#7d8c9c',
    },
  },
  red: {
    name: '党建红',
    light: {
      accent: '#b3121c',
      'on-accent': '#ffffff',
      tint: '#fcecea',
      surface: '#ffffff',
      sunken: '#faf5f3',
      text: '#251b1a',
      muted: '#655551',
      line: '#e8dcd9',
      edge: '#907f7b',
      // Not the accent's red: a button that sends and a warning must not look alike.
      danger: '#86195f',
      'danger-tint': '#faeaf4',
    },
    dark: {
      accent: '#ff9d94',
      'on-accent': '#3a0707',
      tint: '#48211f',
      surface: '#221a19',
      sunken: '#2d2321',
      text: '#f2e9e7',
      muted: '#c0afab',
      line: '#463734',
      edge: '#948480',
      danger: '#f0a3d3',
      'danger-tint': '#431a36',
    },
  },
  'high-contrast': {
    name: '高对比',
    light: {
      accent: '#003c80',
      'on-accent': '#ffffff',
      tint: '#e3efff',
      surface: '#ffffff',
      sunken: '#f5f5f5',
      text: '#000000',
      muted: '#2b2b2b',
      line: '#5c5c5c',
      edge: '#1f1f1f',
      danger: '#8a0000',
      'danger-tint': '#ffecec',
      warn: '#583100',
      'warn-tint': '#fff2d9',
    },
    dark: {
      accent: '#ffe04d',
      'on-accent': '#000000',
      tint: '#332d00',
      surface: '#000000',
      sunken: '#141414',
      text: '#ffffff',
      muted: '#e2e2e2',
      line: '#a3a3a3',
      edge: '#f2f2f2',
      danger: '#ffb3ab',
      'danger-tint': '#3d0b08',
      warn: '#ffcf70',
      'warn-tint': '#332200',
    },
  },
}
