// How large the picture to the visitor is where the line is narrow. By itself a browser keeps a size for five seconds
// at its coarsest and gives up frames, and hands cannot be read of either.

/** What of 640×480 is sent, and the least rate for it, bit/s: of real signing, as a browser encodes it. */
const SIZES = [
  { by: 1, least: 260_000 },
  { by: 4 / 3, least: 130_000 },
  { by: 2, least: 0 },
];
/** Larger again only when a larger one would have done by so much for so long: every change is a whole picture. */
const ROOM = 1.25;
const PATIENCE = 4000;

const borne = (bits) => SIZES.find(({ least }) => bits >= least).by;

export const first = { by: 1, roomSince: null };

/** The next size, `{by}` times smaller, when the encoder is told to make so many bits a second. */
export function sized(size, bits, now) {
  const smaller = borne(bits);
  if (smaller > size.by) return { by: smaller, roomSince: null };
  const larger = borne(bits / ROOM);
  if (larger >= size.by) return size.roomSince === null ? size : { ...size, roomSince: null };
  if (size.roomSince === null) return { ...size, roomSince: now };
  return now - size.roomSince < PATIENCE ? size : { by: larger, roomSince: null };
}
