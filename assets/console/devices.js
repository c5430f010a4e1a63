// Camera and microphone of the interpreter, the privacy curtain, and the level of a voice.

import { bars } from './level.js';
import { light } from './light.js';

const CAMERA = {
  width: { ideal: 640, max: 1280 },
  height: { ideal: 480, max: 720 },
  frameRate: { ideal: 30 },
};
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

const PLACARD_FPS = 25;

export const KINDS = ['camera', 'microphone'];

export function kindOf(track) {
  return track.kind === 'video' ? 'camera' : 'microphone';
}

const TROUBLES = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  TypeError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

/**
 * Asks the browser for all kinds at once, so that a person is asked once; then for each alone, so that one that fails
 * does not cost the other. Gives the tracks, and of each kind what is wrong with it, or null. `lost(track)` tells of one
 * that was unplugged. Never throws.
 */
export async function open(kinds, lost) {
  let parts = [await ask(kinds)];
  if (parts[0].trouble && kinds.length > 1) {
    parts = [];
    for (const kind of kinds) parts.push(await ask([kind]));
  }
  const tracks = parts.flatMap((part) => part.tracks);
  for (const track of tracks) {
    if (track.kind === 'video') track.contentHint = 'motion';
    track.addEventListener('ended', () => lost(track));
  }
  return { tracks, trouble: Object.fromEntries(kinds.map((kind, index) => [kind, parts[index]?.trouble ?? null])) };
}

async function ask(kinds) {
  const constraints = {};
  if (kinds.includes('camera')) constraints.video = chosen('camera', CAMERA);
  if (kinds.includes('microphone')) constraints.audio = chosen('microphone', MICROPHONE);
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    return { tracks: stream.getTracks(), trouble: null };
  } catch (error) {
    return { tracks: [], trouble: TROUBLES[error.name] ?? 'busy' };
  }
}

function chosen(kind, constraints) {
  const device = localStorage.getItem(kind);
  return device ? { ...constraints, deviceId: { ideal: device } } : constraints;
}

export function choose(kind, device) {
  localStorage.setItem(kind, device);
}

/** Cameras and microphones by name; empty names before the browser was allowed to tell. */
export async function list() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const of = (kind) => devices.filter((device) => device.kind === kind);
  return { camera: of('videoinput'), microphone: of('audioinput') };
}

/**
 * A still picture with a sentence for the visitor, and not one pixel of the camera; as many frames as a camera has, or
 * the kiosk would take it for a slow picture.
 */
export function placard(sentence) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 480];
  const context = canvas.getContext('2d');
  const words = sentence.split(' ');
  const lines = [];
  // Few words a line, so that they can be read from across the room.
  while (words.length > 0) lines.push(words.splice(0, 2).join(' '));
  const draw = () => {
    context.fillStyle = '#24394B';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#FFFFFF';
    context.font = '600 48px Inter, sans-serif';
    context.textAlign = 'center';
    lines.forEach((line, index) => {
      const middle = canvas.height / 2 + (index - (lines.length - 1) / 2) * 64;
      context.fillText(line, canvas.width / 2, middle, canvas.width - 40);
    });
  };
  draw();
  // A canvas sends a frame only when it is drawn anew.
  const timer = setInterval(draw, 1000 / PLACARD_FPS);
  const [track] = canvas.captureStream(PLACARD_FPS).getVideoTracks();
  return {
    track,
    close() {
      clearInterval(timer);
      track.stop();
    },
  };
}

/**
 * Silence to send where there is no microphone: a kiosk that hears nothing at all takes the interpreter for gone.
 */
export function silence() {
  const context = new AudioContext();
  context.resume();
  const out = context.createMediaStreamDestination();
  // Without a source nothing at all would be sent.
  const source = new ConstantSourceNode(context, { offset: 0 });
  source.connect(out);
  source.start();
  return out.stream.getAudioTracks()[0];
}

/** Tells the light on the face (see `light`) once a second until closed. */
export function lamp(stream, tell) {
  const [width, height] = [48, 36];
  const eye = document.createElement('video');
  eye.muted = true;
  eye.srcObject = stream;
  eye.play().catch(() => {});
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const timer = setInterval(() => {
    if (eye.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    context.drawImage(eye, 0, 0, width, height);
    tell(light(context.getImageData(0, 0, width, height).data, width, height));
  }, 1000);
  return () => {
    clearInterval(timer);
    eye.srcObject = null;
  };
}

/** Tells `level` (0…5) of a stream's sound five times a second until closed. */
export function meter(stream, level) {
  if (stream.getAudioTracks().length === 0) return () => level(0);
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    level(bars(Math.sqrt(power)));
  }, 200);
  return () => {
    clearInterval(timer);
    context.close();
  };
}
