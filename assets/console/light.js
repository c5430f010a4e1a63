// Whether a face can be seen. Pure.

/** The middle of the picture is this much darker than its rim when the light comes from behind. */
const BEHIND = 60;
const DARK = 55;
const BRIGHT = 215;

/**
 * Judges RGBA pixels: 'dark', 'bright', 'behind' or 'good'. A face is in the middle third of the width and the upper two
 * thirds of the height.
 */
export function light(pixels, width, height) {
  const face = { sum: 0, count: 0 };
  const rim = { sum: 0, count: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const middle = x >= width / 3 && x < (2 * width) / 3 && y < (2 * height) / 3;
      const part = middle ? face : rim;
      part.sum += 0.2126 * pixels[at] + 0.7152 * pixels[at + 1] + 0.0722 * pixels[at + 2];
      part.count += 1;
    }
  }
  const inside = face.sum / face.count;
  const around = rim.sum / rim.count;
  if (around - inside > BEHIND) return 'behind';
  if (inside < DARK) return 'dark';
  return inside > BRIGHT ? 'bright' : 'good';
}
