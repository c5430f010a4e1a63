// The peer connection to the kiosk. The kiosk offers, this page answers; a new round is a new connection, the same
// round again is a renegotiation of the one there is (an ICE restart).

import { Decoder } from './t140.js';

const MOST_BITS = 2_000_000;

export class Peer {
  #signal;
  #tell;
  #connection = null;
  #round = 0;
  #early = [];
  #channel = null;
  #unsent = '';
  #senders = {};
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
      await this.#connection.setRemoteDescription({ type: 'offer', sdp: description.sdp });
      await this.#connection.setLocalDescription();
      const { sdp } = this.#connection.localDescription;
      this.#signal(round, { signal: 'description', description: { kind: 'answer', sdp } });
      await this.#favourFrames();
      for (const early of this.#early.splice(0)) await this.#connection.addIceCandidate(early);
    } else if (signal === 'candidate') {
      const init = {
        candidate: candidate.candidate,
        sdpMid: candidate.sdp_mid,
        sdpMLineIndex: candidate.sdp_m_line_index,
      };
      if (this.#connection?.remoteDescription && round === this.#round) {
        await this.#connection.addIceCandidate(init);
      } else {
        this.#early.push(init);
      }
    }
  }

  #open(round) {
    this.#connection?.close();
    this.#round = round;
    this.#channel = null;
    const connection = new RTCPeerConnection({ iceServers: this.ice });
    this.#connection = connection;
    const stream = new MediaStream(Object.values(this.tracks).filter(Boolean));
    for (const [kind, track] of Object.entries(this.tracks)) {
      if (track) this.#senders[kind] = connection.addTrack(track, stream);
    }
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
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
      if (track.kind === 'video' && 'jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
      remote.addTrack(track);
      this.#tell({ type: 'remote', stream: remote });
    };
    connection.ondatachannel = ({ channel }) => this.#converse(channel);
    this.#tell({ type: 'peer', state: 'connecting' });
  }

  #converse(channel) {
    if (channel.protocol !== 't140') return;
    const decoder = new Decoder();
    this.#channel = channel;
    channel.onopen = () => {
      this.#tell({ type: 'text-open', open: true });
      if (this.#unsent !== '') channel.send(this.#unsent);
      this.#unsent = '';
    };
    channel.onclose = () => this.#tell({ type: 'text-open', open: false });
    channel.onmessage = ({ data }) => {
      const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
      this.#tell({ type: 'heard', ...decoder.feed(text) });
    };
  }

  /** Says text now, or as soon as the channel is open. */
  text(text) {
    if (this.#channel?.readyState === 'open') this.#channel.send(text);
    else this.#unsent += text;
  }

  /** Sends another track of a kind from now on, without a new negotiation. */
  async replace(kind, track) {
    this.tracks[kind] = track;
    await this.#senders[kind]?.replaceTrack(track);
  }

  /** When the network is narrow, sharpness gives way and motion does not. */
  async #favourFrames() {
    const sender = this.#senders.video;
    if (!sender) return;
    const parameters = sender.getParameters();
    parameters.degradationPreference = 'maintain-framerate';
    for (const encoding of parameters.encodings) encoding.maxBitrate = MOST_BITS;
    await sender.setParameters(parameters);
  }

  close() {
    this.#connection?.close();
    this.#connection = null;
  }
}
