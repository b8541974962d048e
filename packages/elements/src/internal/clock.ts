let skew = 0

/** What has to be added to this device's clock to have the time, in milliseconds; 0 where nothing is wrong, or known. */
export const clockSkew = (): number => skew

/** All widgets of a page go by one clock, whichever server has told the time. */
export const learnSkew = (ms: number): void => {
  skew = ms
}

/** The time, milliseconds since the epoch: that of the device, corrected by what servers have told. */
export const now = (): number => Date.now() + skew

/** Whether it is so wrong that a person should hear of it: by ten minutes or more. */
export const isClockOff = (): boolean => Math.abs(skew) >= 10 * 60_000
