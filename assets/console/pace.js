// How long a packet of this side's voice is: by itself a browser waits until it has 20 ms to send.

/** The picture's rate, bit/s, from which a line has the 23 kbit/s to spare that shorter packets cost, and below which not. */
const WIDE = 900_000;
const NARROW = 600_000;

/** Whether the voice hurries, as it did or did not before, where the encoder is told to make so many bits a second. */
export const hurries = (hurried, bits) => bits >= (hurried ? NARROW : WIDE);

/** The kiosk's offer as it is to be read: a browser sends what it is asked for, and the kiosk takes any length. */
export const paced = (offer, quick) => (quick ? offer.replace(/^(m=audio [^]*?)(?=^a=)/m, '$1a=ptime:10\r\n') : offer);
