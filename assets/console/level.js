// How loud a voice looks. Pure.

/** 0…5 bars of a linear loudness, 0…1: −50 dB is silence in a room, −14 dB a raised voice. */
export function bars(loudness) {
  return Math.max(0, Math.min(5, Math.ceil((20 * Math.log10(loudness + 1e-9) + 50) / 7.2)));
}
