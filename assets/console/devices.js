// Camera and microphone of the interpreter, the privacy curtain, and the level of a voice.

import { say } from './words.js';

const CAMERA = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 30 },
};
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** Asks the browser for camera and microphone, then for the microphone alone. Never throws. */
export async function open({ camera = true } = {}) {
  const wanted = camera ? [{ video: chosen('camera', CAMERA), audio: chosen('microphone', MICROPHONE) }] : [];
  wanted.push({ audio: chosen('microphone', MICROPHONE) });
  let trouble = null;
  for (const constraints of wanted) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      for (const track of stream.getVideoTracks()) track.contentHint = 'motion';
      return { stream, trouble };
    } catch (error) {
      trouble ??= error.name === 'NotAllowedError' ? 'refused' : error.name === 'NotFoundError' ? 'missing' : 'busy';
    }
  }
  return { stream: new MediaStream(), trouble };
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
  const devices = await navigator.mediaDevices.enumerateDevices();
  const of = (kind) => devices.filter((device) => device.kind === kind);
  return { camera: of('videoinput'), microphone: of('audioinput') };
}

/** A still picture that says the interpreter has covered the camera; slow frames keep the connection visibly alive. */
export function curtain() {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 480];
  const context = canvas.getContext('2d');
  const draw = () => {
    context.fillStyle = '#24394B';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#FFFFFF';
    context.font = '600 34px Inter, sans-serif';
    context.textAlign = 'center';
    context.fillText(say('curtain-for-visitor'), canvas.width / 2, canvas.height / 2);
  };
  draw();
  // A canvas sends a frame only when it is drawn anew.
  const timer = setInterval(draw, 200);
  const [track] = canvas.captureStream(5).getVideoTracks();
  return {
    track,
    close() {
      clearInterval(timer);
      track.stop();
    },
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
    // −50 dB is silence in a room, −14 dB a raised voice.
    level(Math.max(0, Math.min(5, Math.ceil((10 * Math.log10(power + 1e-9) + 50) / 7.2))));
  }, 200);
  return () => {
    clearInterval(timer);
    context.close();
  };
}
