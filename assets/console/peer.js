// The peer connection to the kiosk. The kiosk offers, this page answers; a new round is a new connection, the same
// round again is a renegotiation of the one there is (an ICE restart).

import { CHANNEL, Incoming } from './document.js';
import { hurries, paced } from './pace.js';
import { first as whole, sized } from './size.js';
import { Decoder } from './t140.js';

/** Of 640×480, nobody sees more; and parity for what a radio loses must fit beside it. */
const MOST_BITS = 1_500_000;
/** How often the size is fitted to the line… */
const FIT_EVERY = 50;
/** …once so many frames have been sent: before that the browser guesses, and low. */
const MEASURED_AFTER = 60;
/** More candidates than any network has; a bound against a peer that floods. */
const MOST_EARLY = 64;

export class Peer {
  #signal;
  #tell;
  #connection = null;
  #round = 0;
  #early = [];
  #channel = null;
  #papers = null;
  #unsent = '';
  #size = whole;
  #fitting = null;
  #offer = null;
  #hurries = false;
  /** Signals are taken one after another: an answer takes time, and candidates must not overtake it. */
  #queue = Promise.resolve();

  /** `signal(round, signal)` says one to the kiosk; `tell(event)` tells the page. `tracks` are sent from the start. */
  constructor(signal, tell, tracks, ice) {
    this.#signal = signal;
    this.#tell = tell;
    this.tracks = tracks;
    this.ice = ice;
  }

  get connection() {
    return this.#connection;
  }

  /** Whether there is a connection that works or may still come to work. */
  get alive() {
    return this.#connection !== null && !['failed', 'closed'].includes(this.#connection.connectionState);
  }

  take(message) {
    this.#queue = this.#queue.then(() => this.#take(message)).catch((error) => console.warn(error.name));
  }

  async #take({ round, signal, description, candidate }) {
    if (round < this.#round) return;
    if (signal === 'description') {
      if (description.kind !== 'offer') return;
      if (round > this.#round) this.#open(round);
      this.#offer = description.sdp;
      await this.#hear();
      await this.#send();
      await this.#connection.setLocalDescription();
      const { sdp } = this.#connection.localDescription;
      this.#signal(round, { signal: 'description', description: { kind: 'answer', sdp } });
      for (const early of this.#early.splice(0)) {
        if (early.round === round) await this.#add(early.init);
        else if (early.round > round) this.#early.push(early);
      }
      await this.#favourFrames();
    } else if (signal === 'candidate') {
      const init = {
        candidate: candidate.candidate,
        sdpMid: candidate.sdp_mid,
        sdpMLineIndex: candidate.sdp_m_line_index,
      };
      if (this.#connection?.remoteDescription && round === this.#round) await this.#add(init);
      else if (this.#early.length < MOST_EARLY) this.#early.push({ round, init });
    }
  }

  /** Takes the kiosk's offer, with the voice as quick as the line bears. */
  #hear() {
    return this.#connection.setRemoteDescription({ type: 'offer', sdp: paced(this.#offer, this.#hurries) });
  }

  async #add(init) {
    try {
      await this.#connection.addIceCandidate(init);
    } catch (error) {
      // A candidate of a kind this browser cannot use is no reason to lose the others.
      console.warn(error.name);
    }
  }

  /**
   * Puts own tracks onto what the kiosk offered: both ways even without a track, so that one may come later; but not where
   * the kiosk only sends. At once, because a first picture waits for it.
   */
  async #send() {
    const put = ({ currentDirection, receiver, sender }) => {
      const track = currentDirection === 'recvonly' ? null : (this.tracks[receiver.track.kind] ?? null);
      return sender.track === track ? null : sender.replaceTrack(track);
    };
    const transceivers = this.#connection?.getTransceivers() ?? [];
    for (const transceiver of transceivers) transceiver.direction = 'sendrecv';
    await Promise.all(transceivers.map(put));
  }

  #open(round) {
    clearInterval(this.#fitting);
    this.#connection?.close();
    this.#round = round;
    this.#size = whole;
    this.#hurries = false;
    this.#channel = null;
    this.#papers = null;
    const connection = new RTCPeerConnection({ iceServers: this.ice });
    this.#connection = connection;
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate) return;
      this.#signal(round, {
        signal: 'candidate',
        candidate: {
          candidate: candidate.candidate,
          sdp_mid: candidate.sdpMid,
          sdp_m_line_index: candidate.sdpMLineIndex,
        },
      });
    };
    connection.onconnectionstatechange = () => {
      const { connectionState } = connection;
      if (connection !== this.#connection) return;
      if (connectionState === 'connected') this.#tell({ type: 'peer', state: 'connected' });
      if (connectionState === 'disconnected') this.#tell({ type: 'peer', state: 'broken' });
      if (connectionState === 'failed') this.#tell({ type: 'peer', state: 'failed' });
    };
    const remote = new MediaStream();
    connection.ontrack = ({ track, receiver }) => {
      // The least waiting the browser allows: hands are worth more than smoothness.
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
      remote.addTrack(track);
      this.#tell({ type: 'remote', stream: remote });
    };
    connection.ondatachannel = ({ channel }) => {
      if (channel.protocol === 't140') this.#converse(channel);
      if (channel.protocol === CHANNEL) this.#look(channel);
    };
    this.#tell({ type: 'peer', state: 'connecting' });
  }

  /** The visitor's paper. Of a connection that was left nothing is heard any more. */
  #look(channel) {
    const incoming = new Incoming();
    this.#papers = channel;
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }) => {
      const event = incoming.feed(data);
      if (event && channel === this.#papers) this.#tell(event);
    };
  }

  /** Says something about the visitor's paper. */
  paper(message) {
    if (this.#papers?.readyState === 'open') this.#papers.send(JSON.stringify(message));
  }

  #converse(channel) {
    const decoder = new Decoder();
    this.#channel = channel;
    channel.onopen = () => {
      this.#tell({ type: 'text-open', open: true });
      this.text('');
    };
    channel.onclose = () => this.#tell({ type: 'text-open', open: false });
    channel.onmessage = ({ data }) => {
      const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
      this.#tell({ type: 'heard', ...decoder.feed(text) });
    };
  }

  /** Says text now, or as soon as the channel takes it. */
  text(text) {
    this.#unsent += text;
    if (this.#unsent === '' || this.#channel?.readyState !== 'open') return;
    try {
      this.#channel.send(this.#unsent);
      this.#unsent = '';
    } catch (error) {
      // Its buffer is full: what was typed goes out with what is typed next.
      console.warn(error.name);
    }
  }

  /** Sends these tracks, `{video, audio}`, from now on, without a new negotiation. */
  replace(tracks) {
    this.tracks = tracks;
    this.#queue = this.#queue.then(() => this.#send()).catch((error) => console.warn(error.name));
  }

  /** The loudness of the visitor's side now, 0…1. */
  get loudness() {
    const receiver = this.#connection?.getReceivers().find(({ track }) => track.kind === 'audio');
    return receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }

  /** When the network is narrow, sharpness gives way and motion does not. */
  async #favourFrames() {
    const pictures = ({ receiver, currentDirection }) =>
      receiver.track.kind === 'video' && currentDirection.startsWith('send');
    const { sender } = this.#connection.getTransceivers().find(pictures) ?? {};
    if (!sender) return;
    await this.#shape(sender);
    clearInterval(this.#fitting);
    this.#fitting = setInterval(() => this.#fit(sender).catch((error) => console.warn(error.name)), FIT_EVERY);
  }

  async #shape(sender) {
    const parameters = sender.getParameters();
    parameters.degradationPreference = 'maintain-framerate';
    for (const encoding of parameters.encodings) {
      encoding.maxBitrate = MOST_BITS;
      encoding.scaleResolutionDownBy = this.#size.by;
    }
    await sender.setParameters(parameters);
  }

  async #fit(sender) {
    const connection = this.#connection;
    const stats = [...(await sender.getStats()).values()].find(({ type }) => type === 'outbound-rtp');
    // What another line bore says nothing of this one.
    if (connection !== this.#connection) return;
    if (!stats?.targetBitrate || stats.framesSent < MEASURED_AFTER) return;
    const { by } = this.#size;
    this.#size = sized(this.#size, stats.targetBitrate, performance.now());
    if (this.#size.by !== by) await this.#shape(sender);
    this.#pace(stats.targetBitrate);
  }

  /** The kiosk is not told: to it nothing changes but how often packets come. */
  #pace(bits) {
    const quick = hurries(this.#hurries, bits);
    if (quick === this.#hurries) return;
    this.#hurries = quick;
    const connection = this.#connection;
    const again = async () => {
      if (connection !== this.#connection) return;
      await this.#hear();
      await connection.setLocalDescription();
    };
    this.#queue = this.#queue.then(again).catch((error) => console.warn(error.name));
  }

  close() {
    clearInterval(this.#fitting);
    this.#connection?.close();
    this.#connection = null;
  }
}
