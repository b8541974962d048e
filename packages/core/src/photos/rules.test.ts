import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diaryLimits } from '../diaries/rules.ts'
import { photoLimits, photoSizes } from './rules.ts'

describe('photo rules', () => {
  test('[P2] admit what phones take and refuse what would fill the memory', () => {
    const phone48Megapixels = 8064 * 6048
    assert.ok(photoLimits.pixels > phone48Megapixels)
    assert.ok(photoLimits.pixels < 30_000 * 30_000)
    assert.ok(photoLimits.bytes < 200 * 1024 * 1024)
  })

  test('[P2] allow as many photos as a diary holds', () => {
    assert.equal(photoLimits.perDiary, diaryLimits.photos)
  })

  test('[P3] keep a thumbnail that is smaller than the photo, and both within what WebP can hold', () => {
    assert.ok(photoSizes.thumb < photoSizes.full)
    assert.ok(photoSizes.full <= 16_383)
  })
})
